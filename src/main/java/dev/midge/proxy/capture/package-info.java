/** Capture files: the bytes that the proxy passes on, as TCP connections that Wireshark opens. */
@NullMarked
package dev.midge.proxy.capture;

import org.jspecify.annotations.NullMarked;
