package dev.midge.rules;

import static dev.midge.mqtt.ProtocolVersion.V3_1;
import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/**
 * The ground of the rule tests: they speak raw MQTT to whoever listens. As they stand they are held
 * against our broker; {@link RulesWithMosquittoIT} runs the same methods against mosquitto. Which
 * test shows which rule stands in {@code rules.md}.
 */
class Rules {
  static final List<ProtocolVersion> ALL = List.of(V3_1, V3_1_1, V5);
  static final Qos QOS0 = Qos.AT_MOST_ONCE;
  static final Qos QOS1 = Qos.AT_LEAST_ONCE;
  static final Qos QOS2 = Qos.EXACTLY_ONCE;

  private Server.Kind kind = Server.MIDGE;
  private Server server;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Another kind of broker is to be tried. */
  void against(Server.Kind other) {
    kind = other;
  }

  /** Starts the broker with lines of mosquitto's configuration; without it, it has none. */
  void given(String... settings) throws IOException {
    if (server != null) {
      server.close();
    }
    server = kind.start(settings);
  }

  @AfterEach
  void closeAll() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** Ends the broker in its orderly way. */
  void stop() {
    server.close();
  }

  /** A connection without CONNECT. */
  RawClient open(ProtocolVersion version) throws IOException {
    if (server == null) {
      given();
    }
    RawClient client = RawClient.open(server.port(), version);
    opened.push(client);
    return client;
  }

  static Hello hello(ProtocolVersion version, String clientId) {
    return Hello.of(version, clientId);
  }

  RawClient join(ProtocolVersion version, String clientId) throws IOException {
    return join(hello(version, clientId));
  }

  /** Connects, and is accepted. */
  RawClient join(Hello hello) throws IOException {
    return open(hello.version()).accepted(hello.packet());
  }

  /** Connects, and takes the answer. */
  Connack knock(Hello hello) throws IOException {
    RawClient client = open(hello.version());
    client.send(hello.packet());
    return client.expect(Connack.class);
  }

  /** Connects, is refused for this reason, and the connection ends. */
  void refused(Hello hello, int reasonCode) throws IOException {
    RawClient client = open(hello.version());
    client.send(hello.packet());
    Connack connack = client.expect(Connack.class);
    assertThat(connack.reasonCode()).isEqualTo(reasonCode);
    assertThat(connack.sessionPresent()).isFalse();
    ends(client);
  }

  /** Sends these first bytes, gets these back, and the connection ends. */
  void answered(String first, String answer) throws IOException {
    RawClient client = open(V5);
    client.sendHex(first);
    client.expectHex(answer);
    ends(client);
  }

  /** Sends these first bytes, and the connection ends without a word. */
  void closed(String first) throws IOException {
    answered(first, "");
  }

  /** A connected client sends these bytes; MQTT 5 is told why, older versions are just closed. */
  void sentAway(int reasonCode, String v5, String v3) throws IOException {
    sentAwayV5(reasonCode, v5);
    closedV3(v3);
  }

  void sentAwayV5(int reasonCode, String hex) throws IOException {
    RawClient client = join(V5, "bad");
    client.sendHex(hex);
    leaves(client, reasonCode);
  }

  void closedV3(String hex) throws IOException {
    closedAfter(V3_1_1, hex);
  }

  void closedAfter(ProtocolVersion version, String hex) throws IOException {
    RawClient client = join(version, "bad");
    client.sendHex(hex);
    ends(client);
  }

  /** DISCONNECT with this reason comes, then the end. */
  void leaves(RawClient client, int reasonCode) throws IOException {
    assertThat(client.expect(Disconnect.class).reasonCode()).isEqualTo(reasonCode);
    ends(client);
  }

  /** The connection ends, and nothing comes before that. */
  void ends(RawClient client) throws IOException {
    try {
      client.expectEnd();
    } catch (SocketException e) {
      if (!kind.mayReset()) {
        throw e;
      }
    }
  }

  /** Sends a message, and sees its delivery through. */
  void say(RawClient client, String topic, String payload, Qos qos) throws IOException {
    say(client, Message.of(topic, payload.getBytes(), qos, false));
  }

  void say(RawClient client, Message message) throws IOException {
    client.publish(message);
    if (message.qos() != QOS0) {
      Ack ack = client.expect(Ack.class);
      if (message.qos() == QOS2) {
        client.send(Ack.of(PacketType.PUBREL, ack.packetId()));
        client.expect(Ack.class);
      }
    }
  }

  static Message message(String topic, String payload, Qos qos) {
    return Message.of(topic, payload.getBytes(), qos, false);
  }

  static Message retained(String topic, String payload) {
    return Message.of(topic, payload.getBytes(), QOS1, true);
  }

  /** Takes the next message, which has this payload, and acknowledges it to the end. */
  Publish take(RawClient client, String payload) throws IOException {
    Publish publish = client.expectMessage(payload);
    if (publish.message().qos() == QOS1) {
      client.send(Ack.of(PacketType.PUBACK, publish.packetId()));
    } else if (publish.message().qos() == QOS2) {
      client.send(Ack.of(PacketType.PUBREC, publish.packetId()));
      ack(client, PacketType.PUBREL, publish.packetId());
      client.send(Ack.of(PacketType.PUBCOMP, publish.packetId()));
    }
    return publish;
  }

  /** Takes the next packet, which is this acknowledgement. */
  static Ack ack(RawClient client, PacketType type, int packetId) throws IOException {
    Ack ack = client.expect(Ack.class);
    assertThat(ack.type()).isEqualTo(type);
    assertThat(ack.packetId()).isEqualTo(packetId);
    return ack;
  }

  static void ack(RawClient client, PacketType type, int packetId, int reasonCode)
      throws IOException {
    assertThat(ack(client, type, packetId).reasonCode()).isEqualTo(reasonCode);
  }

  static void subscribe(RawClient client, Subscription subscription, int identifier)
      throws IOException {
    client.send(
        new Subscribe(
            1000,
            List.of(subscription),
            identifier == 0
                ? Properties.NONE
                : Properties.of(Property.SUBSCRIPTION_IDENTIFIER, identifier)));
    client.expect(Suback.class);
  }

  /** Leaves with DISCONNECT, and waits until the broker has seen it. */
  void leave(RawClient client) throws IOException {
    client.sendHex("e000");
    ends(client);
  }
}
