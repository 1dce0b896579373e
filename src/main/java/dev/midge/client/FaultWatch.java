package dev.midge.client;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultRules;
import dev.midge.fault.channel.FaultyChannel;
import dev.midge.fault.plan.ConnectionFaults;
import dev.midge.fault.plan.Due;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.net.Endpoint;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection for the moments of its faults. Whoever writes, reads or connects asks what
 * is due and says when it happens: what slows the channel down begins at once, and what ends the
 * connection waits for the one thread that carries it out, while nothing more is sent or handled.
 * For several threads.
 */
public final class FaultWatch {
  private final FaultPlan plan;
  private final ConnectionFaults faults;
  private final FaultyChannel channel;
  private final String name;
  private final Queue<Strike> strikes = new ArrayDeque<>();
  private Properties ofDisconnect = Properties.NONE;
  private volatile boolean striking;
  private volatile boolean struck;
  private volatile boolean spoilt;
  private volatile boolean cut;
  private volatile @Nullable Due mute;
  private volatile boolean deaf;
  private boolean closed;

  /** A fault ends the connection, and its strike is about to be added. */
  private boolean ending;

  private Runnable alarm = () -> {};

  /**
   * A fault that happens.
   *
   * @param sent the packet of the moment, if it is one that is sent: it was changed or replaced
   * @param ends whether the connection ends by it
   */
  record Strike(Due due, @Nullable PacketType sent, boolean ends) {
    boolean inPlace() {
      return sent != null;
    }

    /** Returns whether the reason is that of the packet. */
    boolean isAnswer() {
      return sent != null && due.isInPlace(sent);
    }
  }

  private FaultWatch(FaultPlan plan, ConnectionFaults faults, FaultyChannel channel, String name) {
    this.plan = plan;
    this.faults = faults;
    this.channel = channel;
    this.name = name;
  }

  /** Holds a channel, and who watches it; nobody where there are no faults. */
  record Watched(FaultyChannel channel, @Nullable FaultWatch watch) {
    static Watched to(ConnectSpec spec) {
      ClientFaults planned = spec.faults();
      Endpoint endpoint = spec.endpoint();
      if (planned == null) {
        return new Watched(new FaultyChannel(endpoint), null);
      }
      String place = endpoint.host() + (endpoint.port() > 0 ? ":" + endpoint.port() : "");
      ConnectionFaults faults = planned.plan().open(place);
      FaultyChannel channel = new FaultyChannel(endpoint, faults::shaping);
      return new Watched(channel, new FaultWatch(planned.plan(), faults, channel, planned.name()));
    }
  }

  /** A packet is about to be sent, or was read and is to be handled; returns what is due. */
  public List<Due> packet(Direction direction, Packet packet, @Nullable String topic) {
    if (packet instanceof Connect connect) {
      faults.identify(name, connect.username(), connect.version());
    }
    return faults.packet(direction, packet.type(), topic);
  }

  /** Returns how many bytes may pass until something is due. */
  public long untilBytes(Direction direction) {
    return faults.untilBytes(direction);
  }

  /** So many bytes have passed; returns what is due. */
  public List<Due> bytes(Direction direction, int count) {
    return faults.bytes(direction, count);
  }

  /**
   * Returns whether the connection ends by it.
   *
   * @param sent the packet of the moment, if it is one that is sent
   */
  public static boolean isEnd(Due due, @Nullable PacketType sent) {
    return due.planned().fault().hasAny(effect -> isEnd(effect, sent));
  }

  static boolean isEnd(Effect effect, @Nullable PacketType sent) {
    return switch (effect.kind()) {
      case CLOSE, RESET, KILL, WILL, TRUNCATE, GARBAGE, TAKEOVER -> true;
      case FREEZE -> effect.equals(Effect.FREEZE);
      case REASON -> sent == null || !FaultRules.isInPlace(effect, sent);
      default -> false;
    };
  }

  /**
   * Something due happens now: behind the packet that was sent, in place of one, or before the one
   * that was read is handled.
   *
   * @param sent the packet of the moment, if it is one that is sent; its bytes are changed already
   * @return whether the connection ends, so that nothing more is to be sent or handled
   */
  public boolean happen(List<Due> dues, @Nullable Packet sent) {
    PacketType type = sent == null ? null : sent.type();
    for (Due due : dues) {
      boolean ends = isEnd(due, type);
      if (ends && !end(sent)) {
        continue; // It has ended already, by another.
      }
      spoil(due);
      add(new Strike(due, type, ends));
    }
    return struck;
  }

  /**
   * Something due, by which the connection does not end, is to happen behind the packet that is
   * about to be written, by {@link #spoil}: it is told before what the answer brings about.
   */
  public void willHappen(Due due, Packet sent) {
    add(new Strike(due, sent.type(), false));
  }

  /** Has what comes in wait while bytes are written behind which something is due. */
  public void undecided() {
    channel.undecided();
  }

  /** Ends that wait: all that was due behind those bytes has happened. */
  public void decided() {
    channel.decided();
  }

  /** Lets that happen which {@link #willHappen} has told. */
  public void spoil(Due due) {
    for (Effect effect : due.effects()) {
      spoil(effect, due);
    }
  }

  private synchronized boolean end(@Nullable Packet sent) {
    if (struck || closed) {
      return false;
    }
    struck = true;
    ending = true;
    if (sent instanceof Disconnect disconnect) {
      ofDisconnect = disconnect.properties();
    }
    return true;
  }

  private void spoil(Effect effect, Due due) {
    boolean half = effect instanceof Effect.Freeze && !effect.equals(Effect.FREEZE);
    if (effect instanceof Effect.Freeze freeze) {
      mute = freeze.direction() == Direction.OUT ? due : mute;
      deaf |= freeze.direction() == Direction.IN;
    }
    cut |= half || effect.kind() == EffectKind.BLACKOUT;
    spoilt |=
        cut
            || effect.kind() == EffectKind.DELAY
            || effect.kind() == EffectKind.THROTTLE
            || effect.kind() == EffectKind.SLICE;
    channel.spoil(effect);
  }

  private void add(Strike strike) {
    Runnable told;
    synchronized (this) {
      strikes.add(strike);
      told = alarm;
    }
    told.run();
    synchronized (this) {
      ending &= !strike.ends();
    }
  }

  /** Has that run, which must not wait, when there is something for {@link #next}. */
  synchronized void onStrike(Runnable told) {
    alarm = told;
  }

  /** CONNACK, a success, has passed. */
  void connected() {
    happen(faults.connected(), null);
  }

  /** Standard input has ended; what is due then is left to the next connection behind the end. */
  void inputEnded() {
    if (!isOver()) {
      happen(faults.inputEnded(), null);
    }
  }

  private synchronized boolean isOver() {
    return struck || closed;
  }

  /**
   * The connection ends behind the packet that is about to be written: an answer to it, which may
   * come at once, is not to be handled.
   */
  public void strikeBehind() {
    striking = true;
  }

  /** Returns whether nothing that comes is to be handled. */
  public boolean isStriking() {
    return striking || struck;
  }

  /** Returns whether a fault ends the connection: nothing more is to be sent or handled. */
  public boolean isStruck() {
    return struck;
  }

  /** Returns whether bytes may be late or missing by a fault, which is no fault of the broker's. */
  public boolean isSpoilt() {
    return spoilt;
  }

  /** Returns whether a fault keeps bytes from the broker, so that it may give the client up. */
  boolean isCut() {
    return cut;
  }

  /** Returns what has frozen the way out, so that the client cannot end in order; null for none. */
  @Nullable Due mute() {
    return mute;
  }

  /** Returns whether a fault keeps the client from reading. */
  public boolean isDeaf() {
    return deaf;
  }

  /** Returns the properties of the DISCONNECT in whose place a fault happens. */
  synchronized Properties ofDisconnect() {
    return ofDisconnect;
  }

  /** No fault ends the connection any more; returns false when one has. */
  synchronized boolean close() {
    closed = true;
    return !struck;
  }

  /** Returns the next fault that happens, or has happened by the clock; null for none now. */
  @Nullable Strike next() {
    if (untilTime() <= 0) {
      happen(faults.time(), null);
    }
    synchronized (this) {
      return strikes.poll();
    }
  }

  /** Returns whether a strike is about to be added that ends the connection. */
  synchronized boolean isEnding() {
    return ending;
  }

  /** Returns the nanoseconds until the clock makes a fault happen; a very long time for none. */
  long untilTime() {
    if (isOver()) {
      return ConnectionFaults.NEVER;
    }
    long next = faults.nextTime();
    return next == ConnectionFaults.NEVER ? next : next - System.nanoTime();
  }

  /** Tells the plan of a fault that was carried out. */
  FaultEvent carriedOut(Due due) {
    return plan.carriedOut(faults, due);
  }
}
