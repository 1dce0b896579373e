package dev.midge.proxy.carry;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.plan.ConnectionFaults;
import dev.midge.fault.plan.Due;
import dev.midge.net.ByteChannel;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.ProxyConnection;
import dev.midge.proxy.packet.PacketReading;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The life of one connection through the proxy. {@link #run} is for a thread of its own. */
public final class Connection {
  private final LinkState state;
  private final ProxyContext around;
  private final Ends ends;
  private final Decider decider;
  private final EffectCarrier effects;
  private final Pump out;
  private final Pump in;
  private final CountDownLatch inEnded = new CountDownLatch(1);

  /**
   * @param near the client, accepted
   * @param clockChanged called when faults may be due at another time
   */
  public Connection(
      ConnectionName name, ByteChannel near, ProxyContext around, Runnable clockChanged) {
    this.around = around;
    state = new LinkState(name, around.plan().open(name.address()));
    ends = new Ends(near, state, around);
    Gate toClient = new Gate(Direction.IN, state, ends, around);
    Gate toBroker = new Gate(Direction.OUT, state, ends, around);
    decider = new Decider(state, around);
    effects = new EffectCarrier(state, ends, toClient, toBroker, around);
    PacketReading fromClient = new PacketReading(Direction.OUT);
    PacketReading fromBroker = new PacketReading(Direction.IN);
    out = pump(Direction.OUT, toBroker, fromClient, fromBroker, clockChanged);
    in = pump(Direction.IN, toClient, fromBroker, fromClient, clockChanged);
  }

  private Pump pump(
      Direction direction,
      Gate gate,
      PacketReading reading,
      PacketReading opposite,
      Runnable clockChanged) {
    PacketFlow flow =
        new PacketFlow(
            direction, state, gate, decider, effects, around, reading, opposite, clockChanged);
    return new Pump(direction, state, ends, gate, flow, around);
  }

  /**
   * Carries the connection until both directions have ended.
   *
   * @param handshake what the client's side needs before its bytes can be read, such as TLS
   */
  public void run(Handshake handshake) {
    ends.onReached(this::startIn);
    try {
      List<Due> refused = state.faults().accepted();
      if (!refused.isEmpty()) {
        refused.forEach(due -> around.plan().carriedOut(state.faults(), due));
        ends.abort();
        return;
      }
      if (!isOpened(handshake)) {
        return;
      }
      if (!decider.mayRefuse()) {
        ends.far();
      }
      out.run();
      if (ends.reached() != null) {
        inEnded.await();
      }
    } catch (IOException e) {
      // The client has been told, or has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ends.close();
      around.listener().closed(state.name());
    }
  }

  private boolean isOpened(Handshake handshake) {
    try {
      handshake.run();
      return true;
    } catch (IOException e) {
      if (!state.isOver()) { // Else it is the proxy that has hung up.
        around
            .listener()
            .notPossible(state.name(), "no handshake with the client: " + e.getMessage());
      }
      return false;
    }
  }

  /** The opening of the client's side. */
  public interface Handshake {
    void run() throws IOException;
  }

  private void startIn() {
    ProxyThread.start(
        "in " + state.name().number(),
        () -> {
          try {
            in.run();
          } finally {
            inEnded.countDown();
          }
        });
  }

  /** Returns when {@link #time} is to be called next; {@link ConnectionFaults#NEVER} for never. */
  long nextTime() {
    return state.isOver() ? ConnectionFaults.NEVER : state.faults().nextTime();
  }

  /** Carries out what is due now by the clock; it may take a while. */
  void time() {
    List<Due> dues = state.faults().time();
    if (!dues.isEmpty()) {
      ProxyThread.start("fault", () -> effects.carry(dues, Direction.IN));
    }
  }

  /**
   * Makes an effect happen now that needs no packet.
   *
   * @return false when the connection was over before
   */
  public boolean inject(Effect effect) {
    if (state.isOver()) {
      return false;
    }
    effects.carry(effect, Direction.IN);
    return true;
  }

  /** Ends both sides in order; takes some seconds at most. */
  public void close() {
    ends.close();
  }

  /** Returns whether it has ended, though a peer may not have hung up yet. */
  boolean isOver() {
    return state.isOver();
  }

  /** Returns how things are now. */
  public ProxyConnection now() {
    FarEnd far = ends.reached();
    return new ProxyConnection(
        state.name(),
        state.version(),
        state.since(),
        far == null ? null : far.url(),
        state.isConnected(),
        state.isSubscribed(),
        state.packets(Direction.IN),
        state.packets(Direction.OUT),
        state.bytes(Direction.IN),
        state.bytes(Direction.OUT));
  }
}
