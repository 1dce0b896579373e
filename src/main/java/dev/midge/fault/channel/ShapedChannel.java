package dev.midge.fault.channel;

import dev.midge.fault.Direction;
import dev.midge.fault.plan.Shaping;
import dev.midge.net.BulkInputStream;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The network below a channel's layers, slower than it is, or dark for a while. Until then bytes
 * pass as they come; from then on a thread for each direction carries them. Used by {@link
 * FaultyChannel}; one thread reads, others write, any may slow it down.
 */
final class ShapedChannel implements ClientChannel {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ClientChannel below;
  private final Pacing pacing;
  private final PacedQueue inbound;
  private final PacedQueue outbound;
  private boolean writing;
  private boolean reading;

  /**
   * @param shaping says how what is written now is shaped
   */
  ShapedChannel(ClientChannel below, Function<Direction, Shaping> shaping) {
    this.below = below;
    this.pacing = new Pacing(shaping);
    this.inbound = new PacedQueue(pacing, Direction.IN);
    this.outbound = new PacedQueue(pacing, Direction.OUT);
  }

  /** Bytes are delayed, throttled or sliced from now on. */
  void begin() {
    pacing.begin();
  }

  /** Carries nothing for so long. */
  void blackout(Duration time) {
    pacing.blackout(time);
  }

  /** Holds back the bytes that come in until {@link #decided}. */
  void undecided() {
    pacing.undecided();
  }

  void decided() {
    pacing.decided();
  }

  /** Waits until everything that was written has been carried. */
  void flush() throws IOException {
    outbound.awaitEmpty();
  }

  @Override
  public void connect() throws IOException {
    below.connect();
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

  /** Ends the channel in order: what was written is carried before. */
  @Override
  public void close() throws IOException {
    try {
      flush();
    } finally {
      outbound.drop();
      try {
        below.close();
      } finally {
        inbound.drop();
      }
    }
  }

  @Override
  public void abort() throws IOException {
    outbound.drop();
    inbound.drop();
    below.abort();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "midge shaping");
    thread.setDaemon(true);
    thread.start();
  }

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
      if (!pacing.isActive()) {
        out.write(bytes, offset, length);
        return;
      }
      synchronized (ShapedChannel.this) {
        if (!writing) {
          writing = true;
          start(this::carry);
        }
      }
      outbound.put(bytes, offset, length);
    }

    private void carry() {
      try {
        for (byte[] next = outbound.take(Integer.MAX_VALUE);
            next != null;
            next = outbound.take(Integer.MAX_VALUE)) {
          out.write(next);
        }
      } catch (IOException e) {
        outbound.fail(e);
      }
    }
  }

  private final class In extends BulkInputStream {
    private static final int END = -1;

    private final InputStream in;

    In(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (!pacing.isActive()) {
        int count = END;
        IOException failure = null;
        try {
          count = in.read(bytes, offset, length);
        } catch (IOException e) {
          failure = e;
        }
        pacing.awaitDecision();
        if (!pacing.isActive()) {
          if (failure != null) {
            throw failure;
          }
          return count;
        }
        keep(bytes, offset, count, failure); // It came after the channel was slowed down.
      }
      synchronized (ShapedChannel.this) {
        if (!reading) {
          reading = true;
          start(this::carry);
        }
      }
      byte[] next = inbound.take(length);
      if (next == null) {
        return END;
      }
      System.arraycopy(next, 0, bytes, offset, next.length);
      return next.length;
    }

    private void keep(byte[] bytes, int offset, int count, @Nullable IOException failure)
        throws IOException {
      if (count != END) {
        inbound.put(bytes, offset, count);
        return;
      }
      inbound.end(failure);
      synchronized (ShapedChannel.this) {
        reading = true; // There is nothing more to carry.
      }
    }

    private void carry() {
      byte[] buffer = new byte[BUFFER_BYTES];
      try {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          pacing.awaitDecision();
          inbound.put(buffer, 0, count);
        }
        inbound.end(null);
      } catch (IOException e) {
        inbound.end(e);
      }
    }
  }
}
