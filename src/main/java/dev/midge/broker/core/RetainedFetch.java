package dev.midge.broker.core;

import dev.midge.mqtt.Qos;
import java.util.List;

/**
 * The retained messages on their way to a new subscription: read from the store one by one, as the
 * client takes them, so that they take no place in its queue [MQTT-3.3.1-9]. The store may change
 * meanwhile; what it holds when a topic's turn comes is sent. Belongs to an {@link Outbox}.
 */
final class RetainedFetch {
  private final Retained store;
  private final List<String> filter;
  private final long newestAtStart;
  private SessionSubscription held;
  private List<String> last; // the topic that was looked at last; null for none
  private boolean takesNewer;

  RetainedFetch(Retained store, SessionSubscription held) {
    this.store = store;
    this.held = held;
    this.filter = TopicLevels.of(held.subscription().filter());
    this.newestAtStart = store.newest();
  }

  String filter() {
    return held.subscription().filter();
  }

  Qos qos() {
    return held.qos();
  }

  /** The subscription has got other options. */
  void held(SessionSubscription other) {
    held = other;
  }

  /**
   * What is newer than the subscription was delivered live, and is not sent again; but not all of
   * it was.
   */
  void takeNewerToo() {
    takesNewer = true;
  }

  /** The next message; null if there are no more. */
  Delivery next(Limits limits, long now) {
    while (true) {
      Publication publication = store.next(filter, last, now);
      if (publication == null) {
        return null;
      }
      last = TopicLevels.of(publication.message.topic());
      boolean isOld = publication.storedAs <= newestAtStart || takesNewer;
      if (isOld && !held.isOwn(publication)) { // [MQTT-3.8.3-3]
        return held.delivery(publication, true, limits); // [MQTT-3.3.1-8]
      }
    }
  }
}
