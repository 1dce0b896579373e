package dev.midge.broker.core;

import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All state of a broker, without I/O: whatever happens is told to it, with the time, and what is to
 * be sent goes to the {@link Peer}s. An ordinary object on ordinary maps, for one thread.
 *
 * <p>Times are nanoseconds of a clock of the caller's that never goes back and starts near zero.
 */
public final class Router {
  /** Expired retained messages are never delivered, but may lie there for so long. */
  private static final long SWEEP = 60_000_000_000L;

  final Limits limits;
  final Journal journal;
  final Timers timers;
  final Subscriptions subscriptions = new Subscriptions();
  final Retained retained = new Retained();
  final Sessions sessions;
  final Wills wills;
  final Handshake handshake;
  private Backlog behind;
  private boolean sweepPlanned;

  /**
   * @param timers run by the caller whenever something is due
   */
  public Router(Limits limits, Journal journal, Timers timers) {
    this.limits = limits;
    this.journal = journal;
    this.timers = timers;
    this.wills = new Wills(this, timers, journal);
    this.sessions = new Sessions(subscriptions, wills, timers, limits, journal);
    this.handshake = new Handshake(this);
  }

  /** A connection came in. What it sends, and its end, go to the client that is returned. */
  public Client opened(Peer peer, long now) {
    journal.opened(peer);
    return new Client(this, peer, now);
  }

  /** Something planned for later has failed: others shall not notice. */
  public void failed(RuntimeException problem) {
    journal.internalError("timer", problem);
  }

  /** The broker stops: publishes all wills that are left, then sends everybody away. */
  public void stop(long now) {
    for (Session session : sessions.all()) {
      wills.releaseAtStop(session, now);
    }
    for (Session session : sessions.all()) {
      if (session.isConnected()) {
        session.client.stopped(now);
      }
    }
  }

  /** Whether anybody may publish there at all. */
  boolean mayPublish(String topic) {
    if (!Levels.isHidden(topic)) {
      return true;
    }
    boolean bridgeState =
        topic.startsWith("$SYS/broker/connection/")
            && topic.endsWith("/state")
            && Levels.of(topic).size() == 5;
    return bridgeState || !isBelow(topic, "$SYS") && !isBelow(topic, "$share");
  }

  private static boolean isBelow(String topic, String root) {
    return topic.startsWith(root)
        && (topic.length() == root.length() || topic.charAt(root.length()) == '/');
  }

  /**
   * Keeps the message if it is to be retained, and hands it to all who want it: the one door for
   * messages of clients and for wills.
   *
   * @return whether any subscription matches, held back or not
   */
  boolean publish(Publication publication, long now) {
    if (publication.message.retain()) {
      retained.store(publication);
      planSweep(publication.expiresAt, now);
    }
    Subscriptions.Matches matches = subscriptions.match(publication.message.topic());
    List<Held> plain =
        limits.allowDuplicateMessages() ? matches.plain() : withoutDuplicates(matches.plain());
    for (int i = 0; i < plain.size(); i++) {
      deliver(publication, plain.get(i), now);
    }
    for (int i = 0; i < matches.shared().size(); i++) {
      deliver(publication, matches.shared().get(i).next(), now);
    }
    return !matches.isEmpty();
  }

  /**
   * One subscription for each client of MQTT 3, the one with the highest QoS: 3.1.1 [MQTT-3.3.5-1].
   */
  private static List<Held> withoutDuplicates(List<Held> matches) {
    Map<Session, Held> best = new HashMap<>();
    for (Held held : matches) {
      best.merge(held.session(), held, (a, b) -> b.qos().compareTo(a.qos()) > 0 ? b : a);
    }
    List<Held> kept = new ArrayList<>(matches);
    kept.removeIf(held -> !held.session().isV5 && best.get(held.session()) != held);
    return kept;
  }

  /** No sooner than the first one expires, and not too often. */
  private void planSweep(long firstExpiry, long now) {
    if (!sweepPlanned && firstExpiry != Timers.NEVER) {
      sweepPlanned = true;
      timers.at(
          Math.max(firstExpiry, now + SWEEP),
          time -> {
            sweepPlanned = false;
            planSweep(retained.sweep(time), time);
          });
    }
  }

  private void deliver(Publication publication, Held held, long now) {
    Subscription subscription = held.subscription();
    if (isOwn(publication, held)) {
      return; // [MQTT-3.8.3-3]
    }
    boolean retain = subscription.retainAsPublished() && publication.message.retain();
    deliver(publication, held, retain, now); // [MQTT-3.3.1-12] [MQTT-3.3.1-13]
  }

  private static boolean isOwn(Publication publication, Held held) {
    return held.subscription().noLocal() && held.session().clientId.equals(publication.publisher);
  }

  /** A retained message for a new subscription: it says that it is one [MQTT-3.3.1-8]. */
  void deliverRetained(Publication publication, Held held, long now) {
    if (isOwn(publication, held)) {
      return; // [MQTT-3.8.3-3]
    }
    deliver(publication, held, true, now);
  }

  private void deliver(Publication publication, Held held, boolean retain, long now) {
    Qos asked = held.subscription().qos();
    Qos qos =
        limits.upgradeOutgoingQos()
            ? asked
            : asked.min(publication.message.qos()); // [MQTT-3.8.4-8]
    Backlog backlog =
        held.session()
            .outbox
            .deliver(new Delivery(publication, qos, retain, held.identifier()), now);
    if (backlog != null
        && (behind == null || backlog.earned() > behind.earned())
        && !held.session().clientId.equals(publication.publisher)) {
      behind = backlog; // who waits for itself would not read its own acknowledgements
    }
  }

  /** Of those who fell behind with the last message, the one most worth waiting for; or null. */
  Backlog takeBehind() {
    Backlog taken = behind;
    behind = null;
    return taken;
  }
}
