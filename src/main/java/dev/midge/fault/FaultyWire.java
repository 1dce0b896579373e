package dev.midge.fault;

import dev.midge.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * A wire to which a misfortune can happen. The owner of the connection calls {@link #inflict} from
 * any thread, while one thread reads and others write.
 */
public final class FaultyWire implements Wire {

  /**
   * How much a frozen wire reads in order to notice that the peer has hung up. The system's own
   * buffer takes as much from a peer without anybody reading, so the peer cannot tell.
   */
  private static final int UNNOTICED_BYTES = 64 * 1024;

  private final Wire wire;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile boolean frozen;

  public FaultyWire(Wire wire) {
    this.wire = wire;
  }

  /**
   * Does that to the wire, which is then of no more use.
   *
   * @param effect {@link Effect#CLOSE}, {@link Effect#RESET} or {@link Effect#FREEZE}
   */
  public void inflict(Effect effect) throws IOException {
    switch (effect) {
      case CLOSE -> wire.close();
      case RESET -> wire.abort();
      case FREEZE -> {
        frozen = true;
        return;
      }
      default -> throw new IllegalArgumentException("not done to a wire: " + effect);
    }
    over.complete(null);
  }

  /**
   * Completes when the misfortune is over: a freeze when the peer hangs up or by {@link #close}.
   */
  public CompletableFuture<Void> over() {
    return over;
  }

  @Override
  public InputStream in() throws IOException {
    return new In(wire.in());
  }

  @Override
  public OutputStream out() throws IOException {
    return new Out(wire.out());
  }

  /** Ends the wire in order; a frozen one is cut, for there is nobody to say goodbye to. */
  @Override
  public void close() throws IOException {
    if (frozen) {
      abort();
    } else {
      wire.close();
    }
  }

  @Override
  public void abort() throws IOException {
    try {
      wire.abort();
    } finally {
      over.complete(null);
    }
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
      if (!frozen) {
        out.write(bytes, offset, length);
      }
    }
  }
}
