package dev.midge.fault;

import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * The network's part of a wire, which can be frozen: then the layers above it, TLS and WebSocket,
 * can neither answer a ping nor say goodbye. Used by {@link FaultyChannel}; one thread reads,
 * others write, any may freeze.
 */
final class FreezableChannel implements ClientChannel {

  /**
   * How much a frozen wire reads in order to notice that the peer has hung up. The system's own
   * buffer takes as much from a peer without anybody reading, so the peer cannot tell.
   */
  private static final int UNNOTICED_BYTES = 64 * 1024;

  /** A long write is done in pieces, so that a freeze can come in the middle of it. */
  private static final int PIECE = 64 * 1024;

  private final ClientChannel below;
  private final CompletableFuture<Void> over;
  private volatile boolean frozen;

  /**
   * @param over completed here when the peer of a frozen wire hangs up; ends the watching when it
   *     is completed by others
   */
  FreezableChannel(ClientChannel below, CompletableFuture<Void> over) {
    this.below = below;
    this.over = over;
  }

  /** From now on nothing is read or written, and the connection stays open. */
  void freeze() {
    frozen = true;
  }

  boolean isFrozen() {
    return frozen;
  }

  @Override
  public void connect() throws IOException {
    below.connect();
  }

  @Override
  public String awaited() {
    return below.awaited();
  }

  @Override
  public InputStream in() throws IOException {
    return new In(below.in());
  }

  @Override
  public OutputStream out() throws IOException {
    return new Out(below.out());
  }

  /** Ends the wire in order; a frozen one is cut, for there is nobody to say goodbye to. */
  @Override
  public void close() throws IOException {
    if (frozen) {
      below.abort();
    } else {
      below.close();
    }
  }

  @Override
  public void abort() throws IOException {
    below.abort();
  }

  /** While frozen, whoever reads is the watcher that finds out when the peer hangs up. */
  private final class In extends InputStream {

    private final InputStream in;

    In(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count;
      try {
        count = frozen ? 0 : in.read(bytes, offset, length);
      } catch (IOException e) {
        if (!frozen) {
          throw e;
        }
        over.complete(null);
        return -1;
      }
      if (frozen) {
        watch(count);
        return -1;
      }
      return count;
    }

    private void watch(int already) {
      byte[] waste = new byte[4096];
      int count = already;
      int total = 0;
      try {
        while (count >= 0 && total < UNNOTICED_BYTES) {
          total += count;
          count = in.read(waste, 0, Math.min(waste.length, Math.max(1, UNNOTICED_BYTES - total)));
        }
      } catch (IOException hungUp) {
        count = -1;
      }
      if (count < 0) {
        over.complete(null);
      } else {
        over.join();
      }
    }
  }

  /** While frozen, what is written goes nowhere. */
  private final class Out extends OutputStream {

    private final OutputStream out;

    Out(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int end = offset + length;
      for (int at = offset; at < end && !frozen; at += PIECE) {
        out.write(bytes, at, Math.min(PIECE, end - at));
      }
    }
  }
}
