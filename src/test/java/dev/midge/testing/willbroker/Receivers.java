package dev.midge.testing.willbroker;

import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds out who gets a message. Guarded by the lock of {@link BrokerState}. */
final class Receivers {
  private static final String SHARE = "$share/";

  /** One session that gets a message, with what its subscriptions grant together. */
  static final class Receiver {
    final Session session;
    final List<Long> identifiers = new ArrayList<>();
    Qos granted = Qos.AT_MOST_ONCE;
    boolean retainAsPublished;

    private Receiver(Session session) {
      this.session = session;
    }

    private void add(Session.Held held) {
      Subscription subscription = held.subscription();
      granted = subscription.qos().compareTo(granted) > 0 ? subscription.qos() : granted;
      retainAsPublished |= subscription.retainAsPublished();
      if (held.identifier() > 0) {
        identifiers.add(held.identifier()); // [MQTT-3.3.4-4]
      }
    }
  }

  private final Map<String, Integer> turns = new HashMap<>();

  /**
   * Finds those who get a message of that topic: one copy for a session with overlapping
   * subscriptions, and one more for each group whose turn has come to it.
   *
   * @param wholeGroups whether all members of a group get a copy
   */
  List<Receiver> of(
      String topic, Session sender, Collection<Session> sessions, boolean wholeGroups) {
    List<Receiver> receivers = new ArrayList<>();
    Map<String, List<Receiver>> groups = new LinkedHashMap<>();
    for (Session session : sessions) {
      Receiver plain = new Receiver(session);
      boolean matched = false;
      for (Map.Entry<String, Session.Held> entry : session.subscriptions.entrySet()) {
        String filter = entry.getKey();
        Session.Held held = entry.getValue();
        if (isShared(filter)) {
          if (Topics.matches(plain(filter), topic)) {
            Receiver member = new Receiver(session);
            member.add(held);
            groups.computeIfAbsent(filter, none -> new ArrayList<>()).add(member);
          }
        } else if (Topics.matches(filter, topic)
            && !(held.subscription().noLocal() && session == sender)) { // [MQTT-3.8.3-3]
          plain.add(held);
          matched = true;
        }
      }
      if (matched) {
        receivers.add(plain);
      }
    }
    groups.forEach(
        (group, members) ->
            receivers.addAll(wholeGroups ? members : List.of(turn(group, members))));
    return receivers;
  }

  /** A filter as it matches topics, without the name of a group. */
  static String plain(String filter) {
    return isShared(filter) ? filter.substring(filter.indexOf('/', SHARE.length()) + 1) : filter;
  }

  static boolean isShared(String filter) {
    return filter.startsWith(SHARE);
  }

  /** One after the other; those who are away only if all are. */
  private Receiver turn(String group, List<Receiver> members) { // [MQTT-4.8.2-4]
    List<Receiver> present = members.stream().filter(member -> !member.session.isAway()).toList();
    List<Receiver> choice = present.isEmpty() ? members : present;
    return choice.get(turns.merge(group, 1, Integer::sum) % choice.size());
  }
}
