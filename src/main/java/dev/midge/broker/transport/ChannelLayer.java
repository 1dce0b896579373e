package dev.midge.broker.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * What stands between a socket and the codec, and looks like the socket: TLS, WebSocket, one on the
 * other, or nothing ({@link SocketLayer}). Nothing in it waits. One per connection; broker thread
 * only.
 */
interface ChannelLayer extends GatheringByteChannel {

  /**
   * Reads what there is.
   *
   * @param into empty, 64 KiB
   * @return bytes read; 0 for none yet; -1 when the peer has ended in the layer's own orderly way
   * @throws LayerException when the peer broke the layer's rules
   * @throws IOException when the socket failed
   */
  int read(ByteBuffer into) throws IOException;

  /** Whether {@link #read} has more without the socket becoming readable. */
  boolean hasMore();

  /** Bytes that the peer has sent, as far as they were read; 0 if nobody needs to know. */
  long taken();

  /**
   * Work that takes too long for the broker's thread, for any other one to run; given out once. The
   * layer neither reads nor writes until {@link #workDone}.
   *
   * @return null for none
   */
  Runnable takeWork();

  /** The work was run, and what it has brought may be read. */
  void workDone();

  /** Writes the layer's own bytes (answers, a record half written), as far as they go. */
  void flush() throws IOException;

  /** Whether {@link #flush} has something to do when the socket has room again. */
  boolean wantsFlush();

  /** Says goodbye in the layer's own way, after all that was written. */
  void end() throws IOException;

  /** The cipher in use, as {@code TLSv1.3 cipher NAME}; null without TLS. */
  String encryption();

  @Override
  default int write(ByteBuffer from) throws IOException {
    return (int) write(new ByteBuffer[] {from});
  }

  @Override
  default long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** The connection opens and closes the socket itself. */
  @Override
  default boolean isOpen() {
    return true;
  }

  @Override
  default void close() {}
}
