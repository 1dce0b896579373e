package dev.midge.broker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker with limits, its log, and the clients that tests of them need. */
final class LimitedBroker implements AutoCloseable {
  final List<String> log = new CopyOnWriteArrayList<>();
  private final Broker broker;

  private LimitedBroker(BrokerConfig config) throws IOException {
    broker =
        Broker.start(
            new BrokerConfig(
                    config.ports(),
                    event -> log.add(event.text()),
                    false,
                    config.limits(),
                    config.listeners())
                .withSettings(config.settings()));
  }

  static LimitedBroker start(BrokerConfig config) throws IOException {
    return new LimitedBroker(config);
  }

  static LimitedBroker start(Limits.Builder limits) throws IOException {
    return start(BrokerConfig.onFreePort().withLimits(limits.build()));
  }

  int port() {
    return broker.port();
  }

  /** Returns the port of that listener. */
  int port(int number) {
    return broker.ports().get(number);
  }

  RawClient client(ProtocolVersion version, String id) throws IOException {
    return RawClient.connected(port(), version, id);
  }

  /** Returns a client of MQTT 5. */
  RawClient client(String id) throws IOException {
    return client(ProtocolVersion.V5, id);
  }

  /** Returns the CONNECT of a client of MQTT 5 whose session is kept for an hour. */
  static Connect kept(String id) {
    return RawClient.connect(
        ProtocolVersion.V5, id, false, null, Properties.of(Property.SESSION_EXPIRY_INTERVAL, 3600));
  }

  /** Has the broker keep a session that has subscribed to {@code t/#}, and whose client is away. */
  void keepAbsent(String id, Qos qos) throws IOException {
    try (RawClient absent = RawClient.connected(port(), kept(id))) {
      absent.subscribe("t/#", qos);
      absent.send(Disconnect.NORMAL);
      absent.expectEnd();
    }
  }

  /** Returns the answer to a CONNECT, and ends the connection. */
  Connack answer(Connect connect) throws IOException {
    try (RawClient client = RawClient.open(port(), connect.version())) {
      client.send(connect);
      return client.expect(Connack.class);
    }
  }

  static Connect withWill(ProtocolVersion version, Message will) {
    return RawClient.connect(version, "dying", true, new Will(will), Properties.NONE);
  }

  static Connect withKeepAlive(ProtocolVersion version, int seconds) {
    return new Connect(version, true, seconds, "c", null, null, null, Properties.NONE);
  }

  /** Publishes with QoS 1 to {@code t/1}, and takes each PUBACK. */
  static void publishAcknowledged(RawClient publisher, String... payloads) throws IOException {
    for (String payload : payloads) {
      publisher.publish("t/1", payload, Qos.AT_LEAST_ONCE);
      publisher.expect(Ack.class);
    }
  }

  /** Takes a message, and acknowledges it. */
  static void take(RawClient subscriber, String payload) throws IOException {
    int packetId = subscriber.expectMessage(payload).packetId();
    subscriber.send(Ack.of(PacketType.PUBACK, packetId));
  }

  /** Takes DISCONNECT with that reason, and the end; before MQTT 5 the end alone. */
  static void expectDisconnect(RawClient client, ProtocolVersion version, int reasonCode)
      throws IOException {
    if (version.isV5()) {
      assertThat(client.expect(Disconnect.class).reasonCode()).isEqualTo(reasonCode);
    }
    client.expectEnd();
  }

  @Override
  public void close() {
    broker.close();
  }
}
