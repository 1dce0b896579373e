package dev.midge.proxy.carry;

import dev.midge.fault.Direction;
import dev.midge.net.ByteChannel;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The two sockets of a connection, and the one place where they end. The broker is connected to
 * when it is asked for the first time. For all threads.
 */
final class Ends {
  private final ByteChannel near;
  private final LinkState state;
  private final ProxyContext around;
  private volatile Runnable onReached = () -> {};
  private final Object connecting = new Object(); // It takes a while: nobody else waits for it.
  private @Nullable FarEnd far;
  private @Nullable ClientChannel attempt;
  private boolean ended;
  private boolean inTold;
  private boolean outTold;

  /**
   * @param near the client
   */
  Ends(ByteChannel near, LinkState state, ProxyContext around) {
    this.near = near;
    this.state = state;
    this.around = around;
  }

  /** Sets who is told, once, when the broker is reached. */
  void onReached(Runnable told) {
    onReached = told;
  }

  ByteChannel near() {
    return near;
  }

  /**
   * Returns the broker.
   *
   * @throws StoppedException when there is none, and the client's connection has been reset
   */
  ByteChannel far() throws IOException {
    FarEnd reached = reached();
    if (reached != null) {
      return reached.channel();
    }
    synchronized (connecting) {
      reached = reached();
      if (reached != null) {
        return reached.channel();
      }
      if (state.isOver()) {
        throw new StoppedException();
      }
      reached = around.brokers().connect(state, around.listener(), this::attempt);
      if (reached != null) {
        keep(reached);
      }
    }
    if (reached == null) {
      around.listener().unreached(state.name());
      abort();
      throw new StoppedException();
    }
    onReached.run();
    return reached.channel();
  }

  private void attempt(ClientChannel channel) {
    synchronized (this) {
      attempt = channel;
      if (!ended) {
        return;
      }
    }
    quietly(channel::abort);
  }

  private void keep(FarEnd reached) throws StoppedException {
    synchronized (this) {
      attempt = null;
      if (!ended) {
        far = reached;
        return;
      }
    }
    quietly(reached.channel()::abort);
    throw new StoppedException();
  }

  /** Returns the broker; null before it is reached. */
  synchronized @Nullable FarEnd reached() {
    return far;
  }

  /** Returns the end that a direction comes from. */
  ByteChannel source(Direction direction) throws IOException {
    return direction == Direction.OUT ? near : far();
  }

  /** Returns the end that a direction leads to. */
  ByteChannel target(Direction direction) throws IOException {
    return direction == Direction.OUT ? far() : near;
  }

  /** Ends one direction in order (TCP: FIN). */
  void endOutput(Direction direction) throws IOException {
    if (direction == Direction.OUT && reached() == null) {
      return; // The broker has never heard of the client.
    }
    tellEnd(direction);
    target(direction).endOutput();
  }

  /** Returns whether that direction has ended in order. */
  synchronized boolean hasEnded(Direction direction) {
    return direction == Direction.IN ? inTold : outTold;
  }

  private void tellEnd(Direction direction) {
    synchronized (this) {
      boolean in = direction == Direction.IN;
      if (in ? inTold : outTold) {
        return;
      }
      inTold |= in;
      outTold |= !in;
    }
    around.listener().ended(state.name(), direction);
  }

  /** Ends both sockets in order (TCP: FIN); waits a second for a peer that does not hang up. */
  void close() {
    boolean first = state.end();
    ByteChannel broker = forGood();
    if (first) {
      tellEnd(Direction.IN);
      if (broker != null) {
        tellEnd(Direction.OUT);
      }
    }
    quietly(near::endOutput);
    if (broker == null) {
      quietly(near::close);
      return;
    }
    quietly(broker::endOutput);
    Thread other = ProxyThread.start("end", () -> quietly(broker::close));
    quietly(near::close);
    try {
      other.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Cuts both sockets (TCP: RST). */
  void abort() {
    if (state.end()) {
      around.listener().cut(state.name());
    }
    ByteChannel broker = forGood();
    quietly(near::abort);
    if (broker != null) {
      quietly(broker::abort);
    }
  }

  private @Nullable ByteChannel forGood() {
    ClientChannel vain;
    synchronized (this) {
      ended = true;
      if (far != null) {
        return far.channel();
      }
      vain = attempt;
    }
    if (vain != null) {
      quietly(vain::abort);
    }
    return null;
  }

  private interface Act {
    void run() throws IOException;
  }

  private static void quietly(Act act) {
    try {
      act.run();
    } catch (IOException gone) {
      // The peer was faster.
    }
  }
}
