package dev.midge.testing.willbroker;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.RawClient;
import dev.midge.testing.Slow;
import dev.midge.testing.willbroker.Behaviour.Denial;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WillBrokerTest {
  private WillBroker broker;

  @AfterEach
  void close() {
    if (broker != null) {
      broker.close();
    }
  }

  @Slow("plays the drill")
  @ParameterizedTest
  @ValueSource(strings = {"5", "311", "31"})
  void theDrillFindsNothingWrongWithAnHonestBroker(String version) {
    broker = WillBroker.honest();
    MidgeRun run = MidgeRun.run("lwt", "-p", broker.port(), "-V", version);
    assertThat(run.status()).as(run.outText() + run.errText()).isZero();
  }

  @Test
  void aKeptSessionGetsAgainWhatItHasNotAcknowledged() throws IOException {
    broker = WillBroker.honest();
    RawClient client = client("kept", false);
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    client.publish("a", "one", Qos.AT_LEAST_ONCE);
    int packetId = client.expectMessage("one").packetId();
    client.reset();

    RawClient back = RawClient.open(broker.port(), V5);
    back.send(connect("kept", false));
    assertThat(back.expect(Connack.class).sessionPresent()).isTrue();
    Publish again = back.expectMessage("one");
    assertThat(again.dup()).isTrue();
    assertThat(again.packetId()).isEqualTo(packetId);
  }

  @Test
  void aMessageOfQos2IsDeliveredOnceHoweverOftenItComes() throws IOException {
    broker = WillBroker.honest();
    RawClient subscriber = RawClient.connected(broker.port(), V5, "subscriber");
    subscriber.subscribe("a", Qos.AT_MOST_ONCE);
    RawClient client = RawClient.connected(broker.port(), V5, "publisher");
    Message message = Message.of("a", "two".getBytes(), Qos.EXACTLY_ONCE, false);
    client.send(new Publish(message, false, 7));
    client.expect(Ack.class);
    client.send(new Publish(message, true, 7));
    client.expect(Ack.class);
    client.send(Ack.of(PacketType.PUBREL, 7));
    assertThat(client.expect(Ack.class).type()).isEqualTo(PacketType.PUBCOMP);
    subscriber.expectMessage("two");
    subscriber.expectNothing();
  }

  @Test
  void aTakenOverClientOfMqtt5IsTold() throws IOException {
    broker = WillBroker.honest();
    RawClient old = RawClient.connected(broker.port(), V5, "same");
    RawClient.connected(broker.port(), V5, "same");
    assertThat(old.expect(Disconnect.class).reasonCode()).isEqualTo(0x8E);
    old.expectEnd();
  }

  @Test
  void anotherKeepAliveThanAskedForIsAnnounced() throws IOException {
    broker = WillBroker.start(Behaviour.honest().serverKeepAlive(50, 40));
    RawClient client = RawClient.open(broker.port(), V5);
    client.send(RawClient.connect(V5, "long")); // 60 seconds
    Properties properties = client.expect(Connack.class).properties();
    assertThat(properties.number(Property.SERVER_KEEP_ALIVE)).hasValue(40);
  }

  @Test
  void whatIsAnnouncedStandsInConnack() throws IOException {
    broker = WillBroker.start(Behaviour.honest().announcing(Property.MAXIMUM_QOS, 1));
    RawClient client = RawClient.open(broker.port(), V5);
    client.send(RawClient.connect(V5, "any"));
    assertThat(client.expect(Connack.class).properties().number(Property.MAXIMUM_QOS)).hasValue(1);
  }

  @Test
  void aDeniedPublishIsRefusedInMqtt5AndDroppedInMqtt3() throws IOException {
    broker = WillBroker.start(Behaviour.honest().denying("secret/", Denial.PUBLISH));
    RawClient watcher = RawClient.connected(broker.port(), V5, "watcher");
    watcher.subscribe("#", Qos.AT_MOST_ONCE);
    RawClient five = RawClient.connected(broker.port(), V5, "five");
    five.publish("secret/a", "x", Qos.AT_LEAST_ONCE);
    assertThat(five.expect(Ack.class).reasonCode()).isEqualTo(0x87);
    RawClient three = RawClient.connected(broker.port(), V3_1_1, "three");
    three.publish("secret/a", "y", Qos.AT_LEAST_ONCE);
    three.expect(Ack.class);
    three.publish("open", "z", Qos.AT_MOST_ONCE);
    watcher.expectMessage("z");
  }

  @Test
  void aDeniedSubscriptionIsRefused() throws IOException {
    broker = WillBroker.start(Behaviour.honest().denying("secret/", Denial.SUBSCRIBE));
    assertThat(granted(V5, "secret/#")).isEqualTo(0x87);
    assertThat(granted(V3_1_1, "secret/#")).isEqualTo(0x80);
    assertThat(granted(V5, "open/#")).isEqualTo(2);
  }

  @Test
  void aSubscriptionThatMayNotReadIsGrantedAndNeverServed() throws IOException {
    broker = WillBroker.start(Behaviour.honest().denying("secret/", Denial.READ));
    RawClient client = RawClient.connected(broker.port(), V5, "reader");
    client.subscribe("#", Qos.AT_MOST_ONCE);
    client.publish("secret/a", "x", Qos.AT_MOST_ONCE);
    client.publish("open", "y", Qos.AT_MOST_ONCE);
    client.expectMessage("y");
  }

  @Test
  void everyConnectIsRefusedIfThatIsWanted() throws IOException {
    broker = WillBroker.start(Behaviour.honest().refusing(0x87));
    RawClient client = RawClient.open(broker.port(), V5);
    client.send(RawClient.connect(V5, "any"));
    assertThat(client.expect(Connack.class).reasonCode()).isEqualTo(0x87);
    client.expectEnd();
  }

  @Test
  void aSilentBrokerAcceptsAndSaysNothing() throws IOException {
    broker = WillBroker.start(Behaviour.honest().silentAfterAccept());
    try (Socket socket = new Socket("127.0.0.1", broker.port())) {
      socket.getOutputStream().write(new byte[] {0x10});
      broker.close();
      assertThat(ended(socket.getInputStream())).isTrue();
    }
  }

  @Test
  void aBrokerCanDieInTheMiddle() throws IOException {
    broker =
        WillBroker.start(
            Behaviour.honest().dyingAfter(packet -> packet.type() == PacketType.SUBSCRIBE));
    RawClient client = RawClient.connected(broker.port(), V5, "any");
    client.send(new Subscribe(1, List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), Properties.NONE));
    assertThatThrownBy(
            () -> {
              client.expect(Suback.class);
              client.expect(Suback.class);
            })
        .isInstanceOfAny(AssertionError.class, IOException.class);
    assertThatThrownBy(() -> RawClient.open(broker.port(), V5))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void whoIsConnectedStaysWhenNobodyIsLetInAnyMore() throws IOException {
    broker = WillBroker.honest();
    RawClient client = RawClient.connected(broker.port(), V5, "any");
    broker.stopListening();
    assertThatThrownBy(() -> RawClient.open(broker.port(), V5))
        .isInstanceOf(ConnectException.class);
    client.expectNothing();
  }

  private RawClient client(String id, boolean cleanStart) throws IOException {
    return RawClient.connected(broker.port(), connect(id, cleanStart));
  }

  private static Connect connect(String id, boolean cleanStart) {
    Properties kept = Properties.of(Property.SESSION_EXPIRY_INTERVAL, 300);
    return RawClient.connect(V5, id, cleanStart, null, kept);
  }

  private int granted(ProtocolVersion version, String filter) throws IOException {
    RawClient client = RawClient.connected(broker.port(), version, "subscriber");
    client.send(
        new Subscribe(1, List.of(Subscription.of(filter, Qos.EXACTLY_ONCE)), Properties.NONE));
    return client.expect(Suback.class).reasonCodes().get(0);
  }

  /** Tells whether the other end is gone, in whichever way. */
  private static boolean ended(InputStream in) {
    try {
      return in.read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }
}
