/** WebSocket for both sides, client and broker: handshake and frames. */
@NullMarked
package dev.midge.net.websocket;

import org.jspecify.annotations.NullMarked;
