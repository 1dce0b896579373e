package dev.midge.broker.core.delivery;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.Peer;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;

/**
 * Sends packets to one connected client, within the limits that its CONNECT has set, and with topic
 * aliases. Ends with the connection.
 */
public final class OutgoingPackets {
  private final Peer peer;
  private final String clientId;
  private final ProtocolVersion version;
  private final long maximumPacketSize;
  private final OutgoingAliases aliases;
  private final String mountPoint;
  private final BrokerObserver observer;
  private long sent; // packets

  /**
   * @param maximumPacketSize of the client, in bytes; {@link Long#MAX_VALUE} if it has none
   * @param maximumAliases 0 for no aliases
   * @param mountPoint that is taken off all topics; "" for none
   */
  public OutgoingPackets(
      Peer peer,
      String clientId,
      ProtocolVersion version,
      long maximumPacketSize,
      int maximumAliases,
      String mountPoint,
      BrokerObserver observer) {
    this.peer = peer;
    this.clientId = clientId;
    this.version = version;
    this.maximumPacketSize = maximumPacketSize;
    this.aliases = new OutgoingAliases(maximumAliases);
    this.mountPoint = mountPoint;
    this.observer = observer;
  }

  boolean isV5() {
    return version.isV5();
  }

  /** Sends a packet other than PUBLISH. */
  public void send(Packet packet) {
    observer.sent(clientId, packet);
    sent++;
    peer.send(packet, version);
  }

  /** Sends an acknowledgement; MQTT 3 has no reason codes in it. */
  public void ack(PacketType type, int packetId, int reasonCode) {
    send(Ack.of(type, packetId, version.isV5() ? reasonCode : 0));
  }

  /** Returns how many packets the client's socket has taken. */
  long written() {
    return sent - peer.waiting();
  }

  /** Returns how many packets the client's socket has not taken. */
  int unwritten() {
    return peer.waiting();
  }

  boolean isBusy() {
    return peer.isBusy();
  }

  /**
   * Sends a message, whose topic must be below the mount point.
   *
   * @return false if it is larger than the client accepts: then it counts as delivered
   *     [MQTT-3.1.2-24] [MQTT-3.1.2-25]
   */
  boolean publish(Delivery delivery, boolean dup, long now) {
    Publication publication = delivery.publication;
    String topic = publication.message().topic().substring(mountPoint.length());
    if (!version.isV5() || (!aliases.areUsed() && delivery.subscriptionId == 0)) {
      Publish packet =
          delivery.packetId == 0 && mountPoint.isEmpty()
              ? publication.shared(delivery.retain, now)
              : publication.packet(
                  topic,
                  delivery.qos,
                  delivery.retain,
                  publication.properties(now),
                  dup,
                  delivery.packetId);
      return publish(packet, topic);
    }

    int known = aliases.known(topic);
    int alias = known != 0 ? known : aliases.free();
    Properties properties = publication.properties(now);
    if (alias != 0) {
      properties = properties.plus(Property.TOPIC_ALIAS, alias);
    }
    if (delivery.subscriptionId != 0) {
      properties = properties.plus(Property.SUBSCRIPTION_IDENTIFIER, delivery.subscriptionId);
    }
    Publish packet =
        publication.packet(
            known != 0 ? "" : topic,
            delivery.qos,
            delivery.retain,
            properties,
            dup,
            delivery.packetId);
    boolean sent = publish(packet, topic);
    if (sent && known == 0 && alias != 0) {
      aliases.add(topic, alias);
    }
    return sent;
  }

  private boolean publish(Publish packet, String topic) {
    if (maximumPacketSize != Long.MAX_VALUE) {
      int size = PacketEncoder.size(packet, version);
      if (size > maximumPacketSize) {
        observer.tooLargeFor(clientId, size);
        return false;
      }
    }
    observer.published(clientId, packet, topic);
    sent++;
    peer.send(packet, version);
    return true;
  }
}
