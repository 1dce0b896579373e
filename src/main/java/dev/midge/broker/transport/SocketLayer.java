package dev.midge.broker.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The lowest layer: reads and writes the socket itself. Broker thread only. */
final class SocketLayer implements ChannelLayer {
  /**
   * Java copies out of the heap whatever is to be written, however little of it the socket takes:
   * in one piece, a long payload would be copied anew for each part of it that goes.
   */
  private static final int PIECE = 256 * 1024;

  private final SocketChannel channel;
  private long taken;

  SocketLayer(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = channel.read(into);
    taken += Math.max(0, count);
    return count;
  }

  @Override
  public long write(ByteBuffer[] from) throws IOException {
    long left = 0;
    for (ByteBuffer each : from) {
      left += each.remaining();
    }
    if (left <= PIECE) {
      return channel.write(from);
    }
    long all = 0;
    long written;
    do {
      written = writePiece(from);
      all += written;
    } while (written == PIECE && all < left);
    return all;
  }

  private long writePiece(ByteBuffer[] from) throws IOException {
    int[] ends = new int[from.length];
    int wanted = 0;
    for (int i = 0; i < from.length; i++) {
      ends[i] = from[i].limit();
      int part = Math.min(from[i].remaining(), PIECE - wanted);
      from[i].limit(from[i].position() + part);
      wanted += part;
    }
    try {
      return channel.write(from);
    } finally {
      for (int i = 0; i < from.length; i++) {
        from[i].limit(ends[i]);
      }
    }
  }

  @Override
  public boolean hasMore() {
    return false;
  }

  @Override
  public long taken() {
    return taken;
  }

  @Override
  public @Nullable Runnable takeWork() {
    return null;
  }

  @Override
  public void workDone() {}

  @Override
  public void flush() {}

  @Override
  public boolean wantsFlush() {
    return false;
  }

  @Override
  public void end() {}

  @Override
  public @Nullable TlsFacts tls() {
    return null;
  }
}
