package dev.midge.broker.core.router;

import dev.midge.broker.core.topics.ShareName;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsubscribe;
import dev.midge.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a listener's mount point before all topics and filters that its clients send. What goes to
 * them loses it again in {@link dev.midge.broker.core.delivery.OutgoingPackets}; between the two
 * the broker knows whole topics only.
 *
 * @param prefix the mount point; "" for none
 */
record MountedPackets(String prefix) {

  /** Returns the packet as the broker handles it. */
  Packet in(Packet packet) throws ProtocolViolation {
    if (prefix.isEmpty()) {
      return packet;
    }
    if (packet instanceof Publish publish) {
      boolean hasTopic = !publish.message().topic().isEmpty(); // and no alias in its place
      return hasTopic
          ? new Publish(in(publish.message()), publish.dup(), publish.packetId())
          : packet;
    }
    if (packet instanceof Subscribe subscribe) {
      List<Subscription> subscriptions = new ArrayList<>();
      for (Subscription each : subscribe.subscriptions()) {
        subscriptions.add(
            new Subscription(
                filter(each.filter()),
                each.qos(),
                each.noLocal(),
                each.retainAsPublished(),
                each.retainHandling()));
      }
      return new Subscribe(subscribe.packetId(), subscriptions, subscribe.properties());
    }
    if (packet instanceof Unsubscribe unsubscribe) {
      List<String> filters = new ArrayList<>();
      for (String each : unsubscribe.filters()) {
        filters.add(filter(each));
      }
      return new Unsubscribe(unsubscribe.packetId(), filters, unsubscribe.properties());
    }
    return packet;
  }

  /** Returns the will as the broker handles it; its topic must not become too long. */
  @Nullable Will in(@Nullable Will will) {
    return will == null || prefix.isEmpty()
        ? will
        : new Will(to(will.message(), prefix + will.message().topic()));
  }

  private Message in(Message message) throws ProtocolViolation {
    return to(message, checked(prefix + message.topic()));
  }

  private static Message to(Message message, String topic) {
    return new Message(
        topic, message.payload(), message.qos(), message.retain(), message.properties());
  }

  /** A shared subscription's name keeps its place before the filter. */
  private String filter(String filter) throws ProtocolViolation {
    String shared = ShareName.of(filter).filter();
    String before = filter.substring(0, filter.length() - shared.length());
    return checked(before + prefix + shared);
  }

  /** Tells whether a topic can be handled with the mount point before it. */
  boolean hasRoomFor(String topic) {
    return isShort(prefix + topic);
  }

  /** Others may get the topic with the mount point, and a longer one cannot be sent. */
  private static boolean isShort(String topic) {
    return topic.length() <= Topics.MAX_LENGTH / 3 || Utf8.length(topic) <= Topics.MAX_LENGTH;
  }

  private static String checked(String topic) throws ProtocolViolation {
    if (!isShort(topic)) {
      throw new ProtocolViolation(
          ReasonCode.MALFORMED_PACKET, "topic too long behind the mount point");
    }
    return topic;
  }
}
