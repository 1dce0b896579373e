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
  private SessionSubscription subscription;
  private List<String> last; // the topic that was looked at last; null for none
  private boolean takesNewer;

  RetainedFetch(Retained store, SessionSubscription subscription) {
    this.store = store;
    this.subscription = subscription;
    this.filter = TopicLevels.of(subscription.options().filter());
    this.newestAtStart = store.newest();
  }

  String filter() {
    return subscription.options().filter();
  }

  Qos qos() {
    return subscription.qos();
  }

  /** The subscription has got other options. */
  void subscription(SessionSubscription other) {
    subscription = other;
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
      if (isOld && !subscription.isOwn(publication)) { // [MQTT-3.8.3-3]
        return subscription.delivery(publication, true, limits); // [MQTT-3.3.1-8]
      }
    }
  }
}
