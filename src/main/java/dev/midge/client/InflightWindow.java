package dev.midge.client;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The messages of QoS 1 and 2 that are on their way to the broker and not delivered yet: the half
 * of the session state that the client keeps for what it sends. Only so many may fly at a time. For
 * several threads.
 */
final class InflightWindow {

  /** Far below the number of identifiers, so that none is used again while Paho remembers it. */
  private static final int MAX_WINDOW = 10_000;

  /** In milliseconds. */
  private static final long MAX_PAUSE = 32;

  private final PacketIds ids;
  private final Map<Integer, InflightMessage> flying =
      new LinkedHashMap<>(); // In order of departure.
  private final Set<Integer> released = new HashSet<>(); // By the link that carries now.
  private CompletableFuture<Void> empty = CompletableFuture.completedFuture(null);
  private Connection link;
  private int airborne;
  private int limit;
  private boolean over;

  InflightWindow(PacketIds ids) {
    this.ids = ids;
  }

  /** So many may fly at a time from now on. */
  synchronized void open(int size) {
    limit = Math.min(size, MAX_WINDOW);
    notifyAll();
  }

  /**
   * That link carries from now on.
   *
   * @return what it has to carry first, in this order
   */
  List<InflightMessage> attach(Connection carrier) {
    landAcknowledged();
    synchronized (this) {
      link = carrier;
      airborne = 0;
      notifyAll();
      return new ArrayList<>(flying.values());
    }
  }

  /** The link carries no more. */
  void detach(Connection carrier) {
    synchronized (this) {
      if (link == carrier) {
        link = null;
        released.clear();
        notifyAll();
      }
    }
    landAcknowledged();
  }

  /** The link that carries now, or null. */
  synchronized Connection carrier() {
    return link;
  }

  /** Whether {@link #depart} would have to wait. */
  synchronized boolean isFull() {
    return !over && flying.size() >= limit;
  }

  /**
   * Enters a message; waits while too many fly.
   *
   * @return null when nothing flies any more
   */
  synchronized InflightMessage depart(Message message) throws InterruptedException {
    awaitPlace();
    if (over) {
      return null;
    }
    InflightMessage flight = new InflightMessage(ids.take(), message, link);
    if (flying.isEmpty()) {
      empty = new CompletableFuture<>();
    }
    flying.put(flight.packetId(), flight);
    if (link != null) {
      airborne++;
    }
    return flight;
  }

  /**
   * Answers come one by one, and to be woken by each would cost more than to send a message: the
   * answer that leaves half of the places free wakes whoever waits, and time does where none comes.
   */
  private void awaitPlace() throws InterruptedException {
    for (long pause = 1; !over && flying.size() >= limit; pause = Math.min(2 * pause, MAX_PAUSE)) {
      wait(pause);
    }
  }

  /**
   * Waits until one of the flights from {@link #attach} may go: the broker may take fewer at a time
   * than the one before.
   *
   * @return false when the link carries no more
   */
  synchronized boolean mayFly(Connection carrier) throws InterruptedException {
    while (link == carrier && airborne >= limit) {
      wait(MAX_PAUSE);
    }
    if (link != carrier) {
      return false;
    }
    airborne++;
    return true;
  }

  /** Completes when nothing flies. */
  synchronized CompletableFuture<Void> empty() {
    return empty;
  }

  /** PUBLISH goes out, unless the link has ended: then another one has begun anew. */
  synchronized void writing(Connection carrier, InflightMessage flight) {
    if (link == carrier) {
      flight.writing(carrier);
    }
  }

  /**
   * The broker has said something about a message. What a link says late does not count: another
   * one may have begun anew. Thread that reads.
   *
   * <p>The last word does not free its place yet, for {@link Flows} have to hear it first; but if
   * the connection ends in between, it counts.
   *
   * @return null when no such message is on its way
   * @throws ConnectionFailure when that is no answer to a message of its QoS
   */
  synchronized InflightMessage answered(Connection carrier, Ack ack) throws ConnectionFailure {
    InflightMessage flight = flying.get(ack.packetId());
    if (ack.type() == PacketType.PUBCOMP
        && released.remove(ack.packetId())
        && (flight == null || !flight.received())) {
      return null;
    }
    if (flight != null && link == carrier) {
      flight.answered(ack);
    }
    return flight;
  }

  /** Returns whether a message of that identifier is on its way. */
  synchronized boolean isFlying(int packetId) {
    return flying.containsKey(packetId);
  }

  /**
   * PUBREL goes out for a message that is not on its way. Its PUBCOMP may come when the identifier
   * is in use again. Thread that reads.
   */
  synchronized void releasing(Connection carrier, int packetId) {
    if (link == carrier || link == null) {
      released.add(packetId);
    }
  }

  /** The flow of a message is complete. */
  void landed(InflightMessage flight) {
    if (remove(flight)) {
      flight.delivered().complete(flight.delivery());
      tellIfEmpty();
    }
  }

  /** The message will not go out: the broker does not take it. */
  void refused(InflightMessage flight, ConnectionFailure why) {
    if (remove(flight)) {
      flight.delivered().completeExceptionally(why);
      tellIfEmpty();
    }
  }

  private void tellIfEmpty() {
    CompletableFuture<Void> last = null;
    synchronized (this) {
      if (flying.isEmpty()) {
        last = empty;
      }
    }
    if (last != null) {
      last.complete(null);
    }
  }

  private void landAcknowledged() {
    List<InflightMessage> all;
    synchronized (this) {
      all = new ArrayList<>(flying.values());
    }
    for (InflightMessage flight : all) {
      if (flight.acknowledged()) {
        landed(flight);
      }
    }
  }

  private synchronized boolean remove(InflightMessage flight) {
    if (!flying.remove(flight.packetId(), flight)) {
      return false;
    }
    ids.release(flight.packetId());
    airborne--;
    if (flying.size() <= limit / 2) {
      notifyAll();
    }
    return true;
  }

  /**
   * Nothing flies any more.
   *
   * @param why null when that was wanted
   */
  void end(ConnectionFailure why) {
    List<InflightMessage> stranded;
    synchronized (this) {
      over = true;
      stranded = new ArrayList<>(flying.values());
      notifyAll();
    }
    for (InflightMessage flight : stranded) {
      if (why == null) {
        flight.delivered().cancel(false);
      } else {
        flight.delivered().completeExceptionally(why);
      }
    }
  }
}
