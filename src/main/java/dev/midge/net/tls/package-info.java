/** TLS as a layer of a channel, and the diagnosis of a handshake that failed. */
@NullMarked
package dev.midge.net.tls;

import org.jspecify.annotations.NullMarked;
