package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.inspect.Disconnection;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final EmbeddedBroker broker = EmbeddedBroker.create();

  @AfterEach
  void close() {
    broker.close();
  }

  private RawClient client(String id) throws IOException {
    return client(id, 0, null);
  }

  private RawClient client(String id, int keepAlive, Will will) throws IOException {
    return RawClient.connected(
        broker.port(),
        new Connect(ProtocolVersion.V5, true, keepAlive, id, will, null, null, Properties.NONE));
  }

  private RawClient withWill(String id, int keepAlive) throws IOException {
    Message will =
        Message.of(
            "status/" + id, "offline".getBytes(StandardCharsets.UTF_8), Qos.AT_LEAST_ONCE, true);
    return client(id, keepAlive, new Will(will));
  }

  @Test
  void messagesAreSeenWithoutASubscriber() throws IOException {
    broker.start();
    try (RawClient client = client("dev-1")) {
      client.publish("a/b", "1", Qos.AT_LEAST_ONCE);
      client.publish("a/c", "2", Qos.AT_MOST_ONCE);
      client.publish("b", "3", Qos.AT_MOST_ONCE);

      List<SeenMessage> seen = broker.messages("a/#").await(2, SOON);

      assertThat(seen).hasToString("[a/b \"1\" (q1, from dev-1), a/c \"2\" (q0, from dev-1)]");
      assertThat(broker.messages("#").await(3, SOON).get(2).topic()).isEqualTo("b");
      assertThat(broker.messages("a/+").texts()).containsExactly("1", "2");
    }
  }

  @Test
  void aFailedWaitShowsWhatTheBrokerSaw() throws IOException {
    broker.start();
    try (RawClient client = client("dev-1")) {
      client.publish("a", "1", Qos.AT_LEAST_ONCE);
      client.expect(Ack.class);

      assertThatThrownBy(() -> broker.messages("a").await(2, Duration.ofMillis(50)))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith(
              "expected 2 messages to 'a' within 50 ms; saw\n  a \"1\" (q1, from dev-1)\n"
                  + "The broker's log:")
          .hasMessageContaining(
              "\n  Received PUBLISH from dev-1 (d0, q1, r0, m1, 'a', ... (1 bytes))");
      assertThatThrownBy(() -> broker.awaitConnected("dev-2", Duration.ofMillis(50)))
          .hasMessageStartingWith(
              "expected client dev-2 to be connected within 50 ms; connected are [dev-1], and"
                  + " these connections have ended: none");
    }
  }

  @Test
  void anAbruptEndIsSeenWithItsCauseAndItsWill() throws IOException {
    broker.start();
    RawClient client = withWill("dev-1", 0);
    broker.awaitConnected("dev-1", SOON);
    assertThat(broker.will("dev-1").orElseThrow().message().topic()).isEqualTo("status/dev-1");

    client.reset();

    assertThat(broker.awaitDisconnected("dev-1", SOON).kind()).isEqualTo(Disconnection.Kind.RESET);
    SeenMessage will = broker.messages("status/#").awaitOne(SOON);
    assertThat(will).hasToString("status/dev-1 \"offline\" (q1, retained, from dev-1, will)");
    assertThat(broker.retained("status/dev-1").orElseThrow().text()).isEqualTo("offline");
    assertThat(broker.retained("status/dev-2")).isEmpty();
  }

  @Test
  void eachWayToEndHasItsName() throws IOException {
    broker.start();
    client("fin").close();
    assertThat(broker.awaitDisconnected("fin", SOON).kind()).isEqualTo(Disconnection.Kind.FIN);
    try (RawClient client = client("bye")) {
      client.send(new Disconnect(ReasonCode.SUCCESS, Properties.NONE));
      assertThat(broker.awaitDisconnected("bye", SOON).kind())
          .isEqualTo(Disconnection.Kind.DISCONNECT);
    }
    try (RawClient client = client("error")) {
      client.send(new Disconnect(4, Properties.NONE));
      assertThat(broker.awaitDisconnected("error", SOON).kind())
          .isEqualTo(Disconnection.Kind.DISCONNECT_WITH_WILL);
    }
    try (RawClient first = client("twice");
        RawClient second = client("twice")) {
      assertThat(broker.ends("twice")).hasToString("[twice TAKEN_OVER (session taken over)]");
      assertThat(broker.connected()).containsExactly("twice");
      assertThat(first.expect(Disconnect.class).reasonCode()).isEqualTo(0x8E);
      second.publish("a", "1", Qos.AT_MOST_ONCE);
    }
    try (RawClient client = client("kicked")) {
      assertThat(broker.kick("kicked", new Effect.Reason(0x98))).isTrue();
      assertThat(client.expect(Disconnect.class).reasonCode()).isEqualTo(0x98);
      assertThat(broker.awaitDisconnected("kicked", SOON).kind())
          .isEqualTo(Disconnection.Kind.KICKED);
    }
    try (RawClient client = client("wrong")) {
      client.sendHex("00 00");
      assertThat(broker.awaitDisconnected("wrong", SOON).kind())
          .isEqualTo(Disconnection.Kind.REFUSED);
    }
    assertThat(broker.kick("nobody", Effect.RESET)).isFalse();
  }

  @Test
  void packetsOfAClientAreValues() throws IOException {
    broker.start();
    try (RawClient client = client("dev-1")) {
      client.subscribe("cmd/#", Qos.AT_LEAST_ONCE);
      broker.awaitSubscribed("dev-1", "cmd/#", SOON);
      assertThat(broker.publish("cmd/1", "go")).isTrue();
      client.expectMessage("go");
      assertThat(broker.publish("other", "go")).isFalse();

      assertThat(broker.packets("dev-1"))
          .extracting(SeenPacket::toString)
          .containsExactly(
              "CONNECT from dev-1",
              "CONNACK to dev-1",
              "SUBSCRIBE from dev-1",
              "SUBACK to dev-1",
              "PUBLISH to dev-1");
      assertThat(broker.session("dev-1").orElseThrow().subscriptions()).hasSize(1);
    }
  }

  @Test
  void anHourOfKeepAliveWillDelayAndExpiryPassesAtOnceAndInOrder() throws IOException {
    broker.drivenTime().start();
    try (RawClient watcher = client("watcher");
        RawClient slow = withWill("slow", 600);
        RawClient fast = withWill("fast", 60)) {
      watcher.subscribe("status/#", Qos.AT_MOST_ONCE);
      broker.awaitConnected("fast", SOON);

      broker.advance(Duration.ofSeconds(89));
      assertThat(broker.messages("#").all()).isEmpty();
      broker.advance(Duration.ofHours(1));

      assertThat(broker.messages("#").all())
          .extracting(SeenMessage::topic)
          .containsExactly("status/fast", "status/slow");
      assertThat(broker.awaitDisconnected("slow", SOON).kind())
          .isEqualTo(Disconnection.Kind.KEEP_ALIVE);
      assertThat(watcher.expect(Publish.class).message().topic()).isEqualTo("status/fast");
      assertThat(watcher.expect(Publish.class).message().topic()).isEqualTo("status/slow");
      assertThat(broker.connected()).as("keep alive 0").containsExactly("watcher");
      fast.expect(Disconnect.class);
      slow.expect(Disconnect.class);
    }
  }

  @Test
  void timeIsDrivenOnlyWhereThatWasAskedFor() {
    broker.start();
    assertThatThrownBy(() -> broker.advance(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the broker's time is not driven");
    assertThatThrownBy(broker::drivenTime).hasMessage("the broker has started already");
  }

  @Test
  void aFaultOfTheSetupAndOneOfLaterBothHappen() throws IOException {
    broker.fault("reset@publish-out:2 client=dev-*").start();
    try (RawClient client = client("dev-1")) {
      client.publish("a", "1", Qos.AT_MOST_ONCE);
      client.publish("a", "2", Qos.AT_MOST_ONCE);
      assertThat(broker.awaitDisconnected("dev-1", SOON).kind())
          .isEqualTo(Disconnection.Kind.KICKED);
    }
    broker.clearFaults().fault("close@publish-out:1");
    try (RawClient client = client("other")) {
      client.publish("a", "1", Qos.AT_MOST_ONCE);
      client.expectEnd();
    }
    assertThatThrownBy(() -> broker.fault("explode"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("explode");
  }

  @Test
  void refusedConnectionsAreResetUntilTheyAreAllowedAgain() throws IOException {
    broker.start().refuseConnections();
    assertThatThrownBy(() -> client("dev-1")).isInstanceOf(IOException.class);
    broker.clearFaults();
    client("dev-1").close();
  }

  @Test
  void answersAreScripted() throws IOException {
    broker.start();
    broker.onPublish("cmd/+").reply(request -> "done: " + request.text());
    broker.onPublish("secret/#").refuse(0x87);
    broker.onSubscribe("secret/#").refuse(0x87);
    try (RawClient client = client("dev-1")) {
      client.subscribe("reply", Qos.AT_MOST_ONCE);
      Properties properties =
          Properties.builder()
              .add(Property.RESPONSE_TOPIC, "reply")
              .add(Property.CORRELATION_DATA, new byte[] {7})
              .build();
      client.publish(
          new Message(
              "cmd/1", "go".getBytes(StandardCharsets.UTF_8), Qos.AT_MOST_ONCE, false, properties));
      Publish reply = client.expectMessage("done: go");
      assertThat(reply.message().properties().bytes(Property.CORRELATION_DATA)).containsExactly(7);

      client.publish("secret/1", "x", Qos.AT_LEAST_ONCE);
      assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(0x87);
      client.send(
          new Subscribe(
              9, List.of(Subscription.of("secret/#", Qos.AT_MOST_ONCE)), Properties.NONE));
      assertThat(client.expect(Suback.class).reasonCodes()).containsExactly(0x87);
      assertThat(broker.packets("dev-1"))
          .filteredOn(each -> each.packet().type() == PacketType.SUBACK)
          .hasSize(2);
    }
  }

  @Test
  void tlsTrustsItsOwnAuthorityAlone() throws IOException {
    broker.tls().start();
    assertThat(broker.uri()).hasToString("mqtts://localhost:" + broker.port());
    assertThat(broker.caFile()).content().startsWith("-----BEGIN CERTIFICATE-----");
    try (Socket socket =
        broker.sslContext().getSocketFactory().createSocket("localhost", broker.port())) {
      ((SSLSocket) socket).startHandshake();
      RawClient.over(socket, ProtocolVersion.V5)
          .accepted(RawClient.connect(ProtocolVersion.V5, "dev-1"));
      broker.awaitConnected("dev-1", SOON);
    }
  }

  @Test
  void aRestartKeepsThePort() throws IOException {
    broker.start();
    int port = broker.port();
    RawClient client = client("dev-1");
    broker.restart();
    client.expect(Disconnect.class);
    assertThat(broker.port()).isEqualTo(port);
    assertThat(broker.awaitDisconnected("dev-1", SOON).kind())
        .isEqualTo(Disconnection.Kind.STOPPED);
    client("dev-1").close();
  }

  @Test
  void aPersistentOneKeepsSessionsAndRetainedMessagesOverARestart() throws IOException {
    broker.persistent().start();
    Properties kept = Properties.of(Property.SESSION_EXPIRY_INTERVAL, 3600);
    try (RawClient client =
        RawClient.connected(
            broker.port(),
            new Connect(ProtocolVersion.V5, true, 0, "dev-1", null, null, null, kept))) {
      client.subscribe("cmd/#", Qos.AT_LEAST_ONCE);
    }
    broker.awaitDisconnected("dev-1", SOON);
    broker.publish(
        Message.of("cmd/1", "go".getBytes(StandardCharsets.UTF_8), Qos.AT_LEAST_ONCE, true));

    broker.restart();

    assertThat(broker.retained("cmd/1").orElseThrow().text()).isEqualTo("go");
    try (RawClient client =
        RawClient.connected(
            broker.port(),
            new Connect(ProtocolVersion.V5, false, 0, "dev-1", null, null, null, kept))) {
      client.expectMessage("go");
    }
  }

  @Test
  void aStrangerIsRefusedAndAUserHasItsRights() throws IOException {
    broker.user("dev-1", "secret").access("user dev-1", "topic write status/#").start();
    assertThatThrownBy(() -> client("dev-1")).isInstanceOf(AssertionError.class);
    try (RawClient client =
        RawClient.connected(
            broker.port(),
            new Connect(
                ProtocolVersion.V5,
                true,
                0,
                "dev-1",
                null,
                "dev-1",
                "secret".getBytes(StandardCharsets.UTF_8),
                Properties.NONE))) {
      client.publish("other", "1", Qos.AT_LEAST_ONCE);
      assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(0x87);
      client.publish("status/1", "1", Qos.AT_LEAST_ONCE);
      assertThat(broker.messages("#").await(1, SOON).get(0).topic()).isEqualTo("status/1");
    }
  }

  @Test
  void afterCloseThereIsNeitherBrokerNorFile() throws IOException {
    broker.tls().start();
    var file = broker.caFile();
    broker.close();
    broker.close();
    assertThat(file).doesNotExist();
    assertThatThrownBy(broker::uri).hasMessage("the broker is not running");
  }
}
