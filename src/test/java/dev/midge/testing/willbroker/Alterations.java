package dev.midge.testing.willbroker;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Makes of a will that is due what the broker sends, to whom, and what it retains. Without a breach
 * every answer is the rule itself.
 */
final class Alterations {
  private static final int LARGE = 60_000;
  private static final int SMALL = 1000;
  private static final int MOST_RECEIVERS = 10;

  private final Behaviour behaviour;

  Alterations(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  private boolean breaks(Breach breach) {
    return behaviour.breaks(breach);
  }

  /** Tells whether a message is acknowledged and held back for a while. */
  boolean holdsBack(Session session, Message message) {
    return breaks(Breach.ORDER)
        && session.will != null
        && session.published > MOST_RECEIVERS
        && message.qos() == Qos.AT_LEAST_ONCE
        && !message.retain()
        && message.topic().equals(session.will.message().topic());
  }

  /** Returns the message to publish for a will; null for none. */
  Message altered(Will will) {
    Message message = will.publication();
    byte[] payload = message.payload();
    if (behaviour.breach() == null) {
      return message;
    }
    return switch (behaviour.breach()) {
      case ONLY_TOPIC ->
          payload.length == 0 && !message.retain() ? with(message, new byte[] {' '}) : message;
      case PAYLOAD_BINARY ->
          payload.length <= SMALL
              ? with(
                  message,
                  new String(payload, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
              : message;
      case PAYLOAD_LARGE ->
          payload.length > LARGE
              ? with(message, Arrays.copyOf(payload, payload.length - 1))
              : message;
      case PAYLOAD_LARGE_LOST -> payload.length > LARGE ? null : message;
      case PROPERTIES -> message.withProperties(reversed(message.properties()));
      case PROPERTIES_DROPPED -> message.withProperties(expiryOf(message.properties()));
      case PROPERTIES_WILL_DELAY ->
          message.properties().has(Property.USER_PROPERTY) ? will.message() : message;
      default -> message;
    };
  }

  private static Message with(Message message, byte[] payload) {
    return new Message(
        message.topic(), payload, message.qos(), message.retain(), message.properties());
  }

  private static Properties reversed(Properties properties) {
    List<Properties.Entry> entries = new ArrayList<>(properties.entries());
    Collections.reverse(entries);
    return Properties.of(entries);
  }

  private static Properties expiryOf(Properties properties) {
    return Properties.of(
        properties.entries().stream()
            .filter(entry -> entry.property() == Property.MESSAGE_EXPIRY_INTERVAL)
            .toList());
  }

  /** Tells whether a will that asks for it is retained. */
  boolean retains(Message message, boolean fresh) {
    boolean clears = message.payload().length == 0;
    return !(breaks(Breach.RETAINED) && fresh && !expires(message)
        || breaks(Breach.RETAINED_REPLACES) && !fresh && !clears
        || breaks(Breach.RETAINED_CLEARS) && !fresh && clears);
  }

  boolean flagsLiveCopies(Message message, boolean fresh) {
    return breaks(Breach.RETAINED_FLAG) && fresh && !expires(message);
  }

  private static boolean expires(Message message) {
    return message.properties().has(Property.MESSAGE_EXPIRY_INTERVAL);
  }

  /** A retained will as it is stored. */
  Message stored(Message message) {
    return breaks(Breach.EXPIRY_NEVER)
        ? message.withProperties(message.properties().without(Property.MESSAGE_EXPIRY_INTERVAL))
        : message;
  }

  /** Returns the time at which the expiry of a retained will begins to count. */
  long storedAt(Session session, long now) {
    return breaks(Breach.EXPIRY) ? session.connectedAt : now;
  }

  boolean servesWholeGroups() {
    return breaks(Breach.TO_GROUP);
  }

  /** Returns the receivers of a will that get it. */
  List<Receivers.Receiver> receivers(Session sender, List<Receivers.Receiver> all) {
    List<Receivers.Receiver> some = new ArrayList<>(all);
    some.removeIf(
        receiver ->
            receiver.session.isAway()
                && breaks(receiver.session == sender ? Breach.TO_ITSELF : Breach.TO_ABSENT));
    boolean many = breaks(Breach.TO_MANY) && some.size() > MOST_RECEIVERS;
    return many ? some.subList(0, MOST_RECEIVERS) : some;
  }

  /** The QoS granted to the receiver of a plain will. */
  Qos granted(Message message, Qos granted) {
    if (breaks(Breach.QOS_1) && message.qos() == Qos.AT_LEAST_ONCE) {
      return Qos.AT_MOST_ONCE;
    }
    return breaks(Breach.QOS_2) && message.qos() == Qos.EXACTLY_ONCE ? Qos.AT_LEAST_ONCE : granted;
  }

  /** Returns the number of copies of a plain will. */
  int copies(Message message) {
    return breaks(Breach.QOS_1_TWICE) && message.qos() == Qos.AT_LEAST_ONCE
            || breaks(Breach.QOS_2_TWICE) && message.qos() == Qos.EXACTLY_ONCE
        ? 2
        : 1;
  }
}
