package dev.midge.broker.persist;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes numbered messages with a kept session, as fast as they are acknowledged, and keeps its
 * side of the session as MQTT wants it: nothing is given up before its last acknowledgement.
 */
final class LoadPublisher {
  private static final int WINDOW = 10;

  final List<String> acknowledged = new ArrayList<>();
  private final String name;
  private final String topic;
  private final Qos qos;
  private final boolean retain;
  private final Map<Integer, Message> unacknowledged = new LinkedHashMap<>();
  private final Map<Integer, Boolean> received = new LinkedHashMap<>(); // PUBREC has come
  private int number;
  private int lastPacketId;
  private boolean connectedBefore;

  LoadPublisher(String name, String topic, Qos qos, boolean retain) {
    this.name = name;
    this.topic = topic;
    this.qos = qos;
    this.retain = retain;
  }

  int sent() {
    return number;
  }

  /** Publishes until so many were counted by all publishers, or the connection breaks. */
  void run(int port, AtomicInteger count, int until) throws IOException {
    try (RawClient client = RawClient.open(port, ProtocolVersion.V5)) {
      connect(client);
      while (count.get() < until) {
        while (unacknowledged.size() < WINDOW) {
          send(client);
        }
        handle(client, client.expect(Packet.class), count);
      }
    }
  }

  /** Has all that is left acknowledged. */
  void finish(int port) throws IOException {
    try (RawClient client = RawClient.open(port, ProtocolVersion.V5)) {
      connect(client);
      while (!unacknowledged.isEmpty()) {
        handle(client, client.expect(Packet.class), new AtomicInteger());
      }
    }
  }

  private void connect(RawClient client) throws IOException {
    client.send(
        RawClient.connect(
            ProtocolVersion.V5,
            name,
            !connectedBefore,
            null,
            Properties.of(Property.SESSION_EXPIRY_INTERVAL, 3600)));
    boolean present = client.expect(Connack.class).sessionPresent();
    if (present != connectedBefore) {
      throw new AssertionError(name + ": Session Present " + present);
    }
    connectedBefore = true;
    for (Map.Entry<Integer, Message> each : unacknowledged.entrySet()) {
      int packetId = each.getKey();
      client.send(
          received.containsKey(packetId)
              ? Ack.of(PacketType.PUBREL, packetId)
              : new Publish(each.getValue(), true, packetId));
    }
  }

  private void send(RawClient client) throws IOException {
    do {
      lastPacketId = lastPacketId % 65535 + 1;
    } while (unacknowledged.containsKey(lastPacketId));
    String payload = name + " " + ++number;
    Message message = Message.of(topic, payload.getBytes(), qos, retain);
    unacknowledged.put(lastPacketId, message);
    client.send(new Publish(message, false, lastPacketId));
  }

  private void handle(RawClient client, Packet packet, AtomicInteger count) throws IOException {
    Ack ack = (Ack) packet;
    if (ack.type() == PacketType.PUBREC) {
      received.put(ack.packetId(), true);
      client.send(Ack.of(PacketType.PUBREL, ack.packetId()));
      return;
    }
    received.remove(ack.packetId());
    Message message = unacknowledged.remove(ack.packetId());
    if (message != null) {
      acknowledged.add(new String(message.payload()));
      count.incrementAndGet();
    }
  }
}
