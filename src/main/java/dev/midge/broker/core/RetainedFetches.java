package dev.midge.broker.core;

import dev.midge.mqtt.Qos;
import java.util.ArrayDeque;
import java.util.Deque;

/** The retained messages that one session is still to get, subscription by subscription. */
final class RetainedFetches {
  /** How many are sent in one go. */
  static final int AT_ONCE = 200;

  private final Deque<RetainedFetch> fetches = new ArrayDeque<>();

  boolean isEmpty() {
    return fetches.isEmpty();
  }

  RetainedFetch first() {
    return fetches.peekFirst();
  }

  /** Begins anew if the subscription has begun before. */
  void add(RetainedFetch fetch) {
    forget(fetch.filter());
    fetches.addLast(fetch);
  }

  /** The session does not want the filter any more. */
  void forget(String filter) {
    fetches.removeIf(fetch -> fetch.filter().equals(filter));
  }

  /** The subscription has got other options, without a wish for retained messages. */
  void replace(SessionSubscription subscription) {
    for (RetainedFetch fetch : fetches) {
      if (fetch.filter().equals(subscription.options().filter())) {
        fetch.subscription(subscription);
      }
    }
  }

  void forgetQos0() {
    fetches.removeIf(fetch -> fetch.qos() == Qos.AT_MOST_ONCE);
  }

  /** A message was not delivered live, and may be one that is retained. */
  void takeNewerToo() {
    fetches.forEach(RetainedFetch::takeNewerToo);
  }

  /** The next message; null if the first subscription has got all of them. */
  Delivery next(Limits limits, long now) {
    Delivery delivery = fetches.peekFirst().next(limits, now);
    if (delivery == null) {
      fetches.pollFirst();
    }
    return delivery;
  }
}
