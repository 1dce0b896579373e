package dev.midge.broker.core.topics;

import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.MemoryGuard;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.StateJournal;
import dev.midge.mqtt.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the messages of clients and wills: keeps those that are to be retained, and hands all
 * to the {@link Fanout}. Router thread only.
 */
public final class Dispatcher {
  private static final long MINUTE = 60_000_000_000L;

  // Nanoseconds for which expired retained messages may stay in memory; they are not delivered.
  private final long sweepInterval;
  private final Subscriptions subscriptions;
  private final Retained retained;
  private final Fanout fanout;
  private final MemoryGuard memoryGuard;
  private final Timers timers;
  private final BrokerObserver observer;
  private boolean sweepPlanned;
  private @Nullable StateJournal journal;

  public Dispatcher(
      BrokerSettings settings,
      Subscriptions subscriptions,
      Retained retained,
      Fanout fanout,
      MemoryGuard memoryGuard,
      Timers timers,
      BrokerObserver observer) {
    this.sweepInterval = Math.max(1, settings.retainExpiryInterval()) * MINUTE;
    this.subscriptions = subscriptions;
    this.retained = retained;
    this.fanout = fanout;
    this.memoryGuard = memoryGuard;
    this.timers = timers;
    this.observer = observer;
  }

  /** Tells whether a client may publish to the topic. */
  public boolean mayPublish(String topic, ClientIdentity client) {
    return isOpen(topic) && client.mayWrite(topic);
  }

  /** Has a journal told of what is retained from now on; it knows the present messages already. */
  public void journal(StateJournal newJournal) {
    journal = newJournal;
  }

  private static void tell(StateJournal journal, Publication publication, boolean replaces) {
    if (publication.payloadLength() > 0) {
      journal.retained(publication);
    } else if (replaces) {
      journal.cleared(publication.message().topic());
    }
  }

  /** Retains a message that was retained before the broker has begun. */
  public void restore(Publication publication, long now) {
    retained.restore(publication, publication.retainedNumber());
    planSweep(publication.expiresAt(), now);
  }

  /** Retains no message for a topic. */
  public void restoreCleared(String topic) {
    retained.clear(topic);
  }

  /** Tells whether any client may publish to the topic. */
  private static boolean isOpen(String topic) {
    if (!TopicLevels.isHidden(topic)) {
      return true;
    }
    boolean bridgeState =
        topic.startsWith("$SYS/broker/connection/")
            && topic.endsWith("/state")
            && TopicLevels.of(topic).size() == 5;
    return bridgeState || !TopicLevels.isBrokersOwn(topic) && !TopicLevels.isBelow(topic, "$share");
  }

  /**
   * Tells whether there is memory to retain the message; one that is no longer than the topic's
   * present one always may be.
   */
  public boolean mayRetain(Publication publication, long now) {
    if (!memoryGuard.isShort()) {
      return true; // without looking for the present one
    }
    return publication.payloadLength() <= retained.payloadLength(publication.message().topic())
        || !memoryGuard.refuses(now);
  }

  /**
   * Retains the message if it asks for that, and delivers it to all subscribers.
   *
   * @return the reason code for PUBACK; a matching subscription counts, also if No Local keeps the
   *     message from it
   */
  public int publish(Publication publication, long now) {
    observer.dispatched(
        publication.publisher().clientId(), publication.message(), publication.isWill());
    boolean retain = publication.message().retain();
    if (retain && mayRetain(publication, now)) {
      int replaced = journal == null ? 0 : retained.payloadLength(publication.message().topic());
      retained.store(publication);
      planSweep(publication.expiresAt(), now);
      if (journal != null && !TopicLevels.isBrokersOwn(publication.message().topic())) {
        tell(journal, publication, replaced > 0);
      }
    }
    int result =
        fanout.deliver(publication, subscriptions.match(publication.message().topic()), now);
    return retain && result == ReasonCode.QUOTA_EXCEEDED ? ReasonCode.SUCCESS : result;
  }

  /** Plans the next sweep: not before the first message expires, and not too often. */
  private void planSweep(long firstExpiry, long now) {
    if (!sweepPlanned && firstExpiry != Timers.NEVER) {
      sweepPlanned = true;
      timers.at(
          Math.max(firstExpiry, now + sweepInterval),
          time -> {
            sweepPlanned = false;
            planSweep(retained.sweep(time), time);
          });
    }
  }
}
