package dev.midge.broker.core;

import dev.midge.mqtt.ReasonCode;

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
  final BrokerObserver observer;
  final Timers timers;
  final Subscriptions subscriptions = new Subscriptions();
  final Retained retained = new Retained();
  final MemoryGuard memoryGuard;
  final Fanout fanout;
  final Sessions sessions;
  final Wills wills;
  final ConnectHandler connectHandler;
  private boolean sweepPlanned;

  /**
   * @param timers run by the caller whenever something is due
   */
  public Router(Limits limits, BrokerObserver observer, Timers timers, Memory memory) {
    this.limits = limits;
    this.observer = observer;
    this.timers = timers;
    this.wills = new Wills(this, timers, observer);
    this.memoryGuard = new MemoryGuard(memory, observer);
    this.fanout = new Fanout(limits);
    this.sessions = new Sessions(this);
    this.connectHandler = new ConnectHandler(this);
  }

  /** A connection came in. What it sends, and its end, go to the client that is returned. */
  public Client opened(Peer peer, long now) {
    observer.opened(peer);
    return new Client(this, peer, now);
  }

  /** Something planned for later has failed: others shall not notice. */
  public void failed(RuntimeException problem) {
    observer.internalError("timer", problem);
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
    memoryGuard.end();
  }

  /**
   * Says whether a message that is to be retained finds a place; one that frees some always does.
   */
  boolean mayRetain(Publication publication, long now) {
    return publication.payloadLength() <= retained.payloadLength(publication.message.topic())
        || !memoryGuard.refuses(now);
  }

  /** Whether anybody may publish there at all. */
  boolean mayPublish(String topic) {
    if (!TopicLevels.isHidden(topic)) {
      return true;
    }
    boolean bridgeState =
        topic.startsWith("$SYS/broker/connection/")
            && topic.endsWith("/state")
            && TopicLevels.of(topic).size() == 5;
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
   * @return as PUBACK says it; a subscription that matches counts, held back or not
   */
  int publish(Publication publication, long now) {
    if (publication.message.retain() && mayRetain(publication, now)) {
      retained.store(publication);
      planSweep(publication.expiresAt, now);
    }
    int result = fanout.deliver(publication, subscriptions.match(publication.message.topic()), now);
    boolean kept = publication.message.retain() && result == ReasonCode.QUOTA_EXCEEDED;
    return kept ? ReasonCode.SUCCESS : result;
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
}
