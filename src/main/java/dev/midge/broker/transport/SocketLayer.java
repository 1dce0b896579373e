package dev.midge.broker.transport;

import java.io.IOException;
import java.net.StandardSocketOptions;
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

  /**
   * Bytes that the system may keep of those that were written, for a peer that gets more. Left to
   * itself, the system lets them grow to megabytes and has room again when a third of that is gone:
   * a slow reader would take nothing for so long that it seems to have stopped.
   */
  private static final int SEND_BUFFER = 256 * 1024;

  /** Bytes written before which that does not matter, and costs no call. */
  private static final int LITTLE = 64 * 1024;

  private final SocketChannel channel;
  private long taken;
  private long given;

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
    if (from.length == 1 && from[0].remaining() <= PIECE) {
      return gave(channel.write(from[0])); // which costs less than a gathering write
    }
    long left = 0;
    for (ByteBuffer each : from) {
      left += each.remaining();
    }
    if (left <= PIECE) {
      return gave(channel.write(from));
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
      return gave(channel.write(from));
    } finally {
      for (int i = 0; i < from.length; i++) {
        from[i].limit(ends[i]);
      }
    }
  }

  private long gave(long count) {
    long before = given;
    given += count;
    if (before < LITTLE && given >= LITTLE) {
      boundSendBuffer();
    }
    return count;
  }

  private void boundSendBuffer() {
    try {
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
    } catch (UnsupportedOperationException | IOException e) {
      // It stays as the system has it; a peer that has gone shows at the next write.
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
