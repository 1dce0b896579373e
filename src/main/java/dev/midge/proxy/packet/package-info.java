/** Bytes on their way through the proxy → packets; what faults make of a packet's bytes. Pure. */
@NullMarked
package dev.midge.proxy.packet;

import org.jspecify.annotations.NullMarked;
