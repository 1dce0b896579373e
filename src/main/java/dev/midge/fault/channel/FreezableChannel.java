package dev.midge.fault.channel;

import dev.midge.fault.Direction;
import dev.midge.net.BulkInputStream;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The network below a channel's layers, which can be frozen: then TLS and WebSocket above it can
 * neither answer a ping nor end in order. Used by {@link FaultyChannel}; one thread reads, others
 * write, any may freeze.
 */
final class FreezableChannel implements ClientChannel {

  /**
   * Bytes that a frozen channel reads in order to notice that the peer has closed. The system's own
   * buffer takes as many without a reader, so that the peer cannot tell.
   */
  private static final int MAX_UNNOTICED = 64 * 1024;

  /** Long writes are done in pieces of so many bytes, so that a freeze can come between them. */
  private static final int PIECE = 64 * 1024;

  private final ClientChannel below;
  private final CompletableFuture<Void> over;
  private final CompletableFuture<@Nullable Void> connected = new CompletableFuture<>();
  private volatile boolean inFrozen;
  private volatile boolean outFrozen;

  /**
   * @param over completed here when the peer of a channel that is frozen in both directions closes;
   *     a frozen read ends when it is completed elsewhere
   */
  FreezableChannel(ClientChannel below, CompletableFuture<Void> over) {
    this.below = below;
    this.over = over;
  }

  /** Stops reading, writing or both; the connection stays open. */
  void freeze(Direction direction) {
    inFrozen |= direction.covers(Direction.IN);
    outFrozen |= direction.covers(Direction.OUT);
  }

  /** Returns whether nothing is read any more. */
  boolean isInFrozen() {
    return inFrozen;
  }

  /** Returns whether nothing is written any more, so that no layer above can end in order. */
  boolean isOutFrozen() {
    return outFrozen;
  }

  @Override
  public void connect() throws IOException {
    below.connect();
    connected.complete(null);
  }

  /** Completes when the network is connected; the layers on it may have much to say yet. */
  CompletableFuture<@Nullable Void> connected() {
    return connected;
  }

  @Override
  public @Nullable String awaited() {
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

  /** Ends the channel in order; one that writes no more is aborted. */
  @Override
  public void close() throws IOException {
    if (outFrozen) {
      below.abort();
    } else {
      below.close();
    }
  }

  @Override
  public void abort() throws IOException {
    below.abort();
  }

  /** While frozen, the reading thread waits until the peer closes. */
  private final class In extends BulkInputStream {

    private final InputStream in;

    In(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count;
      try {
        count = inFrozen ? 0 : in.read(bytes, offset, length);
      } catch (IOException e) {
        if (!inFrozen) {
          throw e;
        }
        ended();
        return -1;
      }
      if (inFrozen) {
        awaitEnd(count);
        return -1;
      }
      return count;
    }

    private void awaitEnd(int already) {
      byte[] waste = new byte[4096];
      int count = already;
      int total = 0;
      try {
        while (count >= 0 && total < MAX_UNNOTICED) {
          total += count;
          count = in.read(waste, 0, Math.min(waste.length, Math.max(1, MAX_UNNOTICED - total)));
        }
      } catch (IOException e) {
        count = -1;
      }
      if (count < 0) {
        ended();
      } else {
        over.join();
      }
    }

    private void ended() {
      if (outFrozen) {
        over.complete(null);
      }
    }
  }

  /** While frozen, written bytes are dropped. */
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
      for (int at = offset; at < end && !outFrozen; at += PIECE) {
        out.write(bytes, at, Math.min(PIECE, end - at));
      }
    }
  }
}
