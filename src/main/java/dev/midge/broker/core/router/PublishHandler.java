package dev.midge.broker.core.router;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.MemoryGuard;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.session.Qos2Receipts;
import dev.midge.broker.core.topics.Dispatcher;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;

/** Handles PUBLISH and PUBREL of clients. Router thread only. */
record PublishHandler(BrokerObserver observer, MemoryGuard memoryGuard, Dispatcher dispatcher) {
  /**
   * Payload bytes of QoS 2 that are kept for a client without Receive Maximum, which may use all
   * packet identifiers and never release one.
   */
  private static final long MAX_UNRELEASED = 48L * 1024 * 1024;

  void publish(ConnectedClient client, Publish received, long now) throws ProtocolViolation {
    Publish packet = checked(client, received);
    Message message = packet.message();
    ClientIdentity publisher = client.session().identity();
    int sizeLimit = client.limits().messageSizeLimit();
    if (sizeLimit != 0 && message.payload().length > sizeLimit) {
      observer.tooLarge(client.clientId(), packet);
      refuse(client, packet, ReasonCode.PACKET_TOO_LARGE);
      return;
    }
    if (!dispatcher.mayPublish(message.topic(), publisher)) {
      observer.denied(client.clientId(), packet);
      refuse(client, packet, ReasonCode.NOT_AUTHORIZED);
      return;
    }
    observer.received(client.clientId(), packet);
    int refusal = observer.publishing(client.clientId(), message);
    if (refusal != 0) {
      if (!client.version().isV5()) {
        // MQTT 3 has no code to refuse with: acknowledge, or close [MQTT-3.3.5-2]
        throw new ProtocolViolation(refusal, "the message is refused");
      }
      refuse(client, packet, refusal);
      return;
    }
    Publication publication = Publication.of(message, publisher, now);
    if (message.retain() && !dispatcher.mayRetain(publication, now)) {
      refuse(client, packet, ReasonCode.QUOTA_EXCEEDED);
      return;
    }
    switch (message.qos()) {
      case AT_MOST_ONCE -> dispatcher.publish(publication, now);
      case AT_LEAST_ONCE -> {
        if (client.session().qos2Receipts().released(packet.packetId()) != null) {
          observer.packetIdReused(client.clientId(), packet.packetId());
          acknowledgeWithheld(client);
        }
        int result = dispatcher.publish(publication, now);
        client.outgoing().ack(PacketType.PUBACK, packet.packetId(), result);
      }
      case EXACTLY_ONCE -> store(client, packet, publication, now);
    }
  }

  /** Returns the packet with its topic in place of an alias. */
  private Publish checked(ConnectedClient client, Publish received) throws ProtocolViolation {
    Publish packet = received;
    try {
      packet = client.aliases().withTopic(received);
      Limits limits = client.limits();
      if (packet.message().qos().compareTo(limits.maxQos()) > 0) {
        throw new ProtocolViolation(
            ReasonCode.QOS_NOT_SUPPORTED, "QoS above the maximum"); // [MQTT-3.2.2-11]
      }
      if (packet.message().retain() && !limits.retainAvailable()) {
        throw new ProtocolViolation(ReasonCode.RETAIN_NOT_SUPPORTED, "retain is not available");
      }
      return packet;
    } catch (ProtocolViolation e) {
      observer.forbidden(client.clientId(), packet);
      throw e;
    }
  }

  private void store(ConnectedClient client, Publish packet, Publication publication, long now)
      throws ProtocolViolation {
    Limits limits = client.limits();
    Qos2Receipts receipts = client.session().qos2Receipts();
    if (receipts.isNew(packet.packetId()) && memoryGuard.refuses(now)) {
      refuse(client, packet, ReasonCode.QUOTA_EXCEEDED);
      return;
    }
    if (receipts.arrived(packet.packetId(), publication) == Qos2Receipts.Arrival.REPLACED) {
      observer.packetIdReused(client.clientId(), packet.packetId());
    }
    boolean v5 = client.version().isV5();
    if (v5 && receipts.unacknowledged() > limits.inflight()) {
      receipts.released(packet.packetId());
      throw new ProtocolViolation(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "receive maximum exceeded");
    }
    boolean limitedByCount = v5 && limits.inflight() < 65535;
    if (!limitedByCount && receipts.bytes() > MAX_UNRELEASED) {
      receipts.released(packet.packetId());
      throw new ProtocolViolation(ReasonCode.QUOTA_EXCEEDED, "too much QoS 2 without PUBREL");
    }
    if (!receipts.isWithheld(packet.packetId())) {
      client.outgoing().ack(PacketType.PUBREC, packet.packetId(), ReasonCode.SUCCESS);
    }
    acknowledgeWithheld(client); // a replaced message may have made room
  }

  private static void acknowledgeWithheld(ConnectedClient client) {
    Qos2Receipts receipts = client.session().qos2Receipts();
    int packetId;
    while ((packetId = receipts.nextWithheld()) != 0) {
      client.outgoing().ack(PacketType.PUBREC, packetId, ReasonCode.SUCCESS);
    }
  }

  /** Handles PUBREL, at which a QoS 2 message is delivered [MQTT-4.3.3-12]. */
  void pubrel(ConnectedClient client, Ack packet, long now) {
    observer.received(client.clientId(), packet);
    Publication publication = client.session().qos2Receipts().released(packet.packetId());
    if (publication != null) {
      dispatcher.publish(publication, now);
    }
    client.outgoing().ack(PacketType.PUBCOMP, packet.packetId(), ReasonCode.SUCCESS);
    acknowledgeWithheld(client);
  }

  /** Acknowledges a message that is not published; MQTT 3 has no reason codes to say so. */
  private static void refuse(ConnectedClient client, Publish packet, int reasonCode) {
    Qos qos = packet.message().qos();
    if (qos != Qos.AT_MOST_ONCE) {
      PacketType type = qos == Qos.AT_LEAST_ONCE ? PacketType.PUBACK : PacketType.PUBREC;
      client.outgoing().ack(type, packet.packetId(), reasonCode);
    }
  }
}
