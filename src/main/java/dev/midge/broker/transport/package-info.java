/** Sockets, TLS and WebSocket, and packets in and out of them, on one selector thread. */
@NullMarked
package dev.midge.broker.transport;

import org.jspecify.annotations.NullMarked;
