package dev.midge.proxy.carry;

import dev.midge.fault.Direction;
import dev.midge.net.DenseReads;
import dev.midge.net.TlsRefusal;
import dev.midge.proxy.event.ProxyListener;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Carries one direction of a connection, on a thread of its own: a peer that does not read delays
 * nobody but its own counterpart. The way one end ends is passed on to the other.
 */
final class Pump {
  private static final int SMALL = 4 * 1024;

  /** Bytes that a frozen direction reads to notice the end: as many as the system would take. */
  private static final int MOST_UNNOTICED = 64 * 1024;

  private final Direction direction;
  private final LinkState state;
  private final Ends ends;
  private final Gate gate;
  private final PacketFlow flow;
  private final ProxyListener listener;
  private final Traffic traffic;
  private final DenseReads reads = new DenseReads();

  Pump(
      Direction direction,
      LinkState state,
      Ends ends,
      Gate gate,
      PacketFlow flow,
      ProxyContext around) {
    this.direction = direction;
    this.state = state;
    this.ends = ends;
    this.gate = gate;
    this.flow = flow;
    this.listener = around.listener();
    this.traffic = around.traffic();
  }

  /** Returns when the direction has ended. */
  void run() {
    boolean writing = false;
    try {
      InputStream in = ends.source(direction).in();
      byte[] buffer = new byte[SMALL];
      int kept = 0;
      while (true) {
        writing = false;
        int count = read(in, buffer, kept);
        writing = true;
        if (count < 0) {
          flow.end(buffer, kept);
          flow.release();
          end();
          return;
        }
        int end = kept + count;
        kept = flow.pass(buffer, end);
        listener.idle(state.name(), direction);
        System.arraycopy(buffer, end - kept, buffer, 0, kept);
        buffer = flow.bufferFor(buffer, end, kept);
      }
    } catch (StoppedException e) {
      flow.release();
      awaitFrozenEnd();
    } catch (IOException e) {
      flow.release();
      lost(e, writing);
    }
  }

  /**
   * Reads what is there, or waits for it. Where packets follow one another closely, others may run
   * first: what they send meanwhile is carried in the same write, and wakes its reader once.
   *
   * @return -1 at the end, be it in order or in the middle of a frame
   */
  private int read(InputStream in, byte[] buffer, int from) throws IOException {
    if (reads.areDense() || traffic.isDense()) {
      Thread.yield();
    }
    long begin = System.nanoTime();
    try {
      int count = in.read(buffer, from, buffer.length - from);
      long now = System.nanoTime();
      reads.read(begin, now);
      traffic.read(now);
      return count;
    } catch (EOFException withinFrame) {
      return -1;
    }
  }

  private void end() throws IOException {
    tellSilence();
    if (state.isResetBySender(direction)) {
      ends.abort(); // The other direction's write has got the error that belonged here.
    } else {
      gate.end();
    }
  }

  /** A broker that hangs up without a byte may want something else than plain MQTT. */
  private void tellSilence() {
    boolean asked = state.connect() != null && !state.isOver() && !ends.hasEnded(Direction.OUT);
    if (direction == Direction.IN && asked && state.bytes(Direction.IN) == 0) {
      listener.unanswered(state.name());
    }
  }

  /** A reset of the one end becomes one of the other; any other failure, an end in order. */
  private void lost(IOException e, boolean writing) {
    boolean reset = isReset(e);
    if (writing) {
      if (reset) {
        state.resetByReceiver(direction);
      }
      // Whoever reads from that end gets to its end too, behind what it sent before.
      return;
    }
    String alert = TlsRefusal.alert(e);
    if (alert == null) {
      tellSilence();
    } else {
      listener.alert(state.name(), direction, alert);
    }
    try {
      gate.settle();
      state.awaitPassage(direction);
      if (reset) {
        ends.abort();
      } else {
        gate.end();
      }
    } catch (StoppedException stopped) {
      awaitFrozenEnd();
    } catch (IOException gone) {
      // The other end has gone as well.
    }
  }

  private static boolean isReset(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = cause.getMessage();
      if (text != null && text.toLowerCase(Locale.ROOT).contains("reset")) {
        return true;
      }
    }
    return false;
  }

  /** Both directions carry nothing any more; the socket stays open until its peer gives up. */
  private void awaitFrozenEnd() {
    byte[] waste = new byte[SMALL];
    int total = 0;
    try {
      while (!state.isOver() && total < MOST_UNNOTICED) {
        int count = ends.source(direction).in().read(waste);
        if (count < 0) {
          return;
        }
        total += count;
      }
      state.awaitEnd();
    } catch (IOException gone) {
      // That is the end.
    }
  }
}
