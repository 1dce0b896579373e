package dev.midge.broker.persist;

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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes all messages with a kept session, and keeps its side of the session as MQTT wants it. */
final class LoadSubscriber {
  final List<String> received = new ArrayList<>();
  private final String name;
  private final String filter;
  private final Qos qos;
  private final Set<Integer> unreleased = new HashSet<>();
  private boolean connectedBefore;

  LoadSubscriber(String name, String filter, Qos qos) {
    this.name = name;
    this.filter = filter;
    this.qos = qos;
  }

  /** Begins the session. */
  void subscribe(int port) throws IOException {
    try (RawClient client = connect(port)) {
      client.subscribe(filter, qos);
    }
  }

  /** Takes messages until one has this payload, or the connection breaks. */
  void run(int port, String last) throws IOException {
    try (RawClient client = connect(port)) {
      while (received.isEmpty() || !received.get(received.size() - 1).equals(last)) {
        handle(client, client.expect(Packet.class));
      }
    }
  }

  private RawClient connect(int port) throws IOException {
    RawClient client = RawClient.open(port, ProtocolVersion.V5);
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
    return client;
  }

  private void handle(RawClient client, Packet packet) throws IOException {
    if (packet instanceof Ack pubrel) {
      unreleased.remove(pubrel.packetId());
      client.send(Ack.of(PacketType.PUBCOMP, pubrel.packetId()));
      return;
    }
    Publish publish = (Publish) packet;
    boolean twice = publish.message().qos() == Qos.EXACTLY_ONCE;
    if (!twice || unreleased.add(publish.packetId())) {
      received.add(new String(publish.message().payload()));
    }
    client.send(Ack.of(twice ? PacketType.PUBREC : PacketType.PUBACK, publish.packetId()));
  }
}
