package dev.midge.broker.core;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.util.HashMap;
import java.util.Map;

/** What one connection publishes: PUBLISH and PUBREL from the client. Router thread only. */
final class PublishHandler {
  /**
   * Payload bytes of QoS 2 that are kept for a client without Receive Maximum, which may use all
   * packet identifiers and never release one.
   */
  private static final long MOST_UNRELEASED = 48L * 1024 * 1024;

  private final Router router;
  private final Client client;
  private final Map<Integer, String> aliases = new HashMap<>(); // of this connection [MQTT-3.3.2-7]

  PublishHandler(Router router, Client client) {
    this.router = router;
    this.client = client;
  }

  void publish(Publish arrived, long now) {
    Publish packet = withTopic(arrived, now);
    if (packet == null) {
      return;
    }
    Message message = packet.message();
    if (message.qos().compareTo(router.limits.maxQos()) > 0) {
      client.fail(ReasonCode.QOS_NOT_SUPPORTED, "QoS above the maximum", now); // [MQTT-3.2.2-11]
      return;
    }
    if (message.retain() && !router.limits.retainAvailable()) {
      client.fail(ReasonCode.RETAIN_NOT_SUPPORTED, "retain is not available", now);
      return;
    }
    int sizeLimit = router.limits.messageSizeLimit();
    if (sizeLimit != 0 && message.payload().length > sizeLimit) {
      router.observer.tooLarge(client.clientId(), packet);
      refuse(packet, ReasonCode.PACKET_TOO_LARGE);
      return;
    }
    if (!router.mayPublish(message.topic())) {
      router.observer.denied(client.clientId(), packet);
      refuse(packet, ReasonCode.NOT_AUTHORIZED);
      return;
    }
    router.observer.received(client.clientId(), packet);
    Publication publication = Publication.of(message, client.clientId(), now);
    if (message.retain() && !router.mayRetain(publication, now)) {
      refuse(packet, ReasonCode.QUOTA_EXCEEDED);
      return;
    }
    switch (message.qos()) {
      case AT_MOST_ONCE -> router.publish(publication, now);
      case AT_LEAST_ONCE -> {
        if (client.session().qos2Receipts.released(packet.packetId()) != null) {
          router.observer.packetIdReused(client.clientId(), packet.packetId());
          startWithheld();
        }
        int result = router.publish(publication, now);
        client.outgoing().ack(PacketType.PUBACK, packet.packetId(), result);
      }
      case EXACTLY_ONCE -> store(packet, publication, now);
    }
  }

  private void store(Publish packet, Publication publication, long now) {
    Qos2Receipts receipts = client.session().qos2Receipts;
    if (receipts.isNew(packet.packetId()) && router.memoryGuard.refuses(now)) {
      refuse(packet, ReasonCode.QUOTA_EXCEEDED);
      return;
    }
    if (receipts.arrived(packet.packetId(), publication) == Qos2Receipts.Arrival.REPLACED) {
      router.observer.packetIdReused(client.clientId(), packet.packetId());
    }
    if (client.version().isV5() && receipts.unacknowledged() > router.limits.inflight()) {
      receipts.released(packet.packetId());
      client.fail(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "receive maximum exceeded", now);
      return;
    }
    boolean limitedByCount = client.version().isV5() && router.limits.inflight() < 65535;
    if (!limitedByCount && receipts.bytes() > MOST_UNRELEASED) {
      receipts.released(packet.packetId());
      client.fail(ReasonCode.QUOTA_EXCEEDED, "too much QoS 2 without PUBREL", now);
      return;
    }
    if (!receipts.isWithheld(packet.packetId())) {
      client.outgoing().ack(PacketType.PUBREC, packet.packetId(), ReasonCode.SUCCESS);
    }
    startWithheld(); // a replaced message may have made room
  }

  private void startWithheld() {
    Qos2Receipts receipts = client.session().qos2Receipts;
    int packetId;
    while ((packetId = receipts.nextWithheld()) != 0) {
      client.outgoing().ack(PacketType.PUBREC, packetId, ReasonCode.SUCCESS);
    }
  }

  /** The second half of a QoS 2 message: it goes on now [MQTT-4.3.3-12]. */
  void pubrel(Ack packet, long now) {
    router.observer.received(client.clientId(), packet);
    Publication publication = client.session().qos2Receipts.released(packet.packetId());
    if (publication != null) {
      router.publish(publication, now);
    }
    client.outgoing().ack(PacketType.PUBCOMP, packet.packetId(), ReasonCode.SUCCESS);
    startWithheld();
  }

  /** Acknowledges a message that goes nowhere; MQTT 3 has no way to say so. */
  private void refuse(Publish packet, int reasonCode) {
    if (packet.message().qos() != Qos.AT_MOST_ONCE) {
      PacketType type =
          packet.message().qos() == Qos.AT_LEAST_ONCE ? PacketType.PUBACK : PacketType.PUBREC;
      client.outgoing().ack(type, packet.packetId(), reasonCode);
    }
  }

  /** The packet with its topic in place of an alias; null if the alias is bad. */
  private Publish withTopic(Publish packet, long now) {
    Message message = packet.message();
    int alias =
        message.properties().isEmpty()
            ? 0
            : (int) message.properties().number(Property.TOPIC_ALIAS, 0);
    if (alias == 0) {
      return packet;
    }
    if (alias > router.limits.maxTopicAlias()) {
      client.fail(ReasonCode.TOPIC_ALIAS_INVALID, "topic alias above the maximum", now);
      return null;
    }
    if (!message.topic().isEmpty()) {
      aliases.put(alias, message.topic());
      return packet;
    }
    String topic = aliases.get(alias);
    if (topic == null) {
      client.fail(ReasonCode.PROTOCOL_ERROR, "unknown topic alias", now);
      return null;
    }
    Message named =
        new Message(
            topic, message.payload(), message.qos(), message.retain(), message.properties());
    return new Publish(named, packet.dup(), packet.packetId());
  }
}
