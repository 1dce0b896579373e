package dev.midge.broker.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The end of one connection: output first, so that the last packet gets through, then the peer's.
 * Broker thread only.
 */
final class ConnectionEnd {
  // After the last packet was written, the input is read and discarded up to this size: a socket
  // that is closed with unread input sends a reset, which may overtake that packet.
  private static final int MAX_DISCARDED = 16 * 1024 * 1024;

  // While a fault freezes the client's direction, up to so many bytes are read and forgotten: the
  // end of the client shows, unless it has sent more than that before.
  private static final int MAX_UNHEARD = 64 * 1024;

  private final SocketChannel channel;
  private final ConnectionOutput output;
  private boolean layerEnded;
  private boolean outputShut;
  private boolean inputEnded;
  private int discarded;

  ConnectionEnd(SocketChannel channel, ConnectionOutput output) {
    this.channel = channel;
    this.output = output;
  }

  /** Tells whether all is written, and only the peer's own end is missing. */
  boolean isOutputShut() {
    return outputShut;
  }

  /** Tells whether the peer has ended, too. */
  boolean isInputEnded() {
    return inputEnded;
  }

  /**
   * Empties the socket, so that it can be closed without a reset.
   *
   * @return false if there is so much that it is closed all the same
   */
  boolean discard(ByteBuffer buffer) throws IOException {
    read(buffer);
    return discarded <= MAX_DISCARDED;
  }

  /**
   * Reads below all layers, for the peer's end alone.
   *
   * @return true when it has come
   */
  boolean readUnheard(ByteBuffer buffer) throws IOException {
    read(buffer);
    return inputEnded;
  }

  /** Tells whether {@actions #readUnheard} may be called again. */
  boolean hearsMore() {
    return discarded < MAX_UNHEARD;
  }

  private void read(ByteBuffer buffer) throws IOException {
    int count = channel.read(buffer.clear());
    if (count < 0) {
      inputEnded = true;
    } else {
      discarded += count;
    }
    output.flushLater();
  }

  /**
   * Ends the output after the last packet, and waits for the peer to close.
   *
   * @return true if the socket is to be closed
   */
  boolean finish() {
    if (!layerEnded && output.failure() == null) {
      layerEnded = true;
      output.end();
      if (!output.isWritten()) {
        return false; // called again when the last bytes are written
      }
    }
    if (inputEnded || output.failure() != null) {
      return true;
    }
    if (!outputShut) {
      outputShut = true;
      try {
        channel.shutdownOutput();
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }
}
