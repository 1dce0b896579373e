package dev.midge.proxy.carry;

import dev.midge.fault.Direction;
import dev.midge.fault.plan.ConnectionFaults;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connect;
import dev.midge.proxy.event.ConnectionName;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Holds what the two directions of a connection have to know of one another. For all threads. */
final class LinkState {
  private static final long LONG_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final ConnectionFaults faults;
  private final Instant since = Instant.now();
  private final AtomicLong[] packets = {new AtomicLong(), new AtomicLong()};
  private final AtomicLong[] bytes = {new AtomicLong(), new AtomicLong()};
  private final boolean[] frozen = new boolean[2];
  private final boolean[] reset = new boolean[2];
  private final boolean[] held = new boolean[2];
  private volatile ConnectionName name;
  private volatile @Nullable Connect connect;
  private volatile boolean connected;
  private volatile boolean subscribed;
  private volatile boolean over;
  private volatile boolean mayWait; // A direction that nobody has ever stopped asks no lock.
  private long blackoutUntil;
  private boolean told;

  LinkState(ConnectionName name, ConnectionFaults faults) {
    this.name = name;
    this.faults = faults;
    this.blackoutUntil = System.nanoTime();
  }

  private static int index(Direction direction) {
    return direction == Direction.IN ? 0 : 1;
  }

  ConnectionName name() {
    return name;
  }

  ConnectionFaults faults() {
    return faults;
  }

  Instant since() {
    return since;
  }

  /** Notes the client's CONNECT. */
  void connect(Connect packet) {
    faults.identify(packet.clientId(), packet.username(), packet.version());
    connect = packet;
    clientId(packet.clientId());
  }

  @Nullable Connect connect() {
    return connect;
  }

  /** Notes the client identifier, which the broker may have chosen. */
  void clientId(String id) {
    if (!id.isEmpty()) {
      name = new ConnectionName(name.number(), id, name.address());
    }
  }

  /** Notes that the broker has accepted the client. */
  void connected() {
    connected = true;
  }

  boolean isConnected() {
    return connected;
  }

  /** Notes that the broker has granted a subscription. */
  void subscribed() {
    subscribed = true;
  }

  boolean isSubscribed() {
    return subscribed;
  }

  @Nullable ProtocolVersion version() {
    Connect packet = connect;
    return packet == null ? null : packet.version();
  }

  void countPacket(Direction direction) {
    packets[index(direction)].incrementAndGet();
  }

  void countBytes(Direction direction, int more) {
    bytes[index(direction)].addAndGet(more);
  }

  long packets(Direction direction) {
    return packets[index(direction)].get();
  }

  long bytes(Direction direction) {
    return bytes[index(direction)].get();
  }

  /** Returns true the first time: what is not understood is told once. */
  synchronized boolean tellOnce() {
    boolean first = !told;
    told = true;
    return first;
  }

  boolean isOver() {
    return over;
  }

  /** Ends the connection for both directions; returns false when it had ended before. */
  synchronized boolean end() {
    if (over) {
      return false;
    }
    over = true;
    notifyAll();
    return true;
  }

  /** From now on that direction carries nothing any more, or neither. */
  synchronized void freeze(Direction direction) {
    frozen[0] |= direction.covers(Direction.IN);
    frozen[1] |= direction.covers(Direction.OUT);
    mayWait = true;
    notifyAll();
  }

  synchronized boolean isFrozen(Direction direction) {
    return frozen[index(direction)];
  }

  /** For so long nothing is carried; a longer blackout that is on goes on. */
  synchronized void blackout(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    blackoutUntil = until - blackoutUntil > 0 ? until : blackoutUntil;
    mayWait = true;
  }

  /**
   * Keeps the direction opposite to that one from going on: an answer to a packet must not slip
   * through before the fault that is due right after that packet. Waits while the direction is kept
   * itself: two that kept one another would never go on.
   */
  synchronized void holdOpposite(Direction direction) throws StoppedException {
    int mine = index(direction);
    while (!over && !frozen[mine] && held[mine]) {
      await(LONG_NANOS);
    }
    held[1 - mine] = true;
    mayWait = true;
  }

  /** Lets the direction opposite to that one go on again. */
  synchronized void releaseOpposite(Direction direction) {
    held[1 - index(direction)] = false;
    notifyAll();
  }

  /** The end that this direction leads to has reset the connection. */
  synchronized void resetByReceiver(Direction direction) {
    reset[index(direction)] = true;
  }

  /** Returns whether the end that this direction comes from has reset the connection. */
  synchronized boolean isResetBySender(Direction direction) {
    return reset[1 - index(direction)];
  }

  /**
   * Waits while there is a blackout, or the direction is held.
   *
   * @throws StoppedException when the direction is frozen, or the connection is over
   */
  void awaitPassage(Direction direction) throws StoppedException {
    if (!mayWait && !over) {
      return;
    }
    synchronized (this) {
      int mine = index(direction);
      long left = blackoutUntil - System.nanoTime();
      while (!over && !frozen[mine] && (left > 0 || held[mine])) {
        await(held[mine] ? Math.max(left, LONG_NANOS) : left);
        left = blackoutUntil - System.nanoTime();
      }
      if (over || frozen[index(direction)]) {
        throw new StoppedException();
      }
    }
  }

  /**
   * Waits for so long.
   *
   * @throws StoppedException when the connection ends meanwhile
   */
  synchronized void pause(long nanos) throws StoppedException {
    long deadline = System.nanoTime() + nanos;
    long left = nanos;
    while (!over && left > 0) {
      await(left);
      left = deadline - System.nanoTime();
    }
    if (over) {
      throw new StoppedException();
    }
  }

  /** Waits until the connection is over. */
  synchronized void awaitEnd() throws StoppedException {
    while (!over) {
      await(LONG_NANOS);
    }
  }

  private synchronized void await(long nanos) throws StoppedException {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, 100_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }
}
