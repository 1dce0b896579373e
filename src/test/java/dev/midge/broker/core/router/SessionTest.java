package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Disconnect;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final Rig rig = new Rig();

  private static ConnectOptions client() {
    return ConnectOptions.of("c");
  }

  private boolean isPresent(ConnectOptions options) {
    return rig.connect(options).connack.sessionPresent();
  }

  @Test
  void withoutExpiryASessionEndsWithItsConnection() {
    rig.connect(client()).drop();
    assertThat(isPresent(client().resume())).isFalse();
  }

  @Test
  void aSessionLivesItsIntervalAndNotLonger() {
    rig.connect(client().expiry(3600)).drop();
    rig.time.advance(Duration.ofHours(1).minusNanos(1));
    TestClient back = rig.connect(client().resume().expiry(3600));
    assertThat(back.connack.sessionPresent()).isTrue();
    back.drop();
    rig.time.advance(Duration.ofHours(1));
    assertThat(isPresent(client().resume())).isFalse();
    assertThat(rig.events).contains("c expired");
  }

  @Test
  void theLongestIntervalButOneIsNoOverflow() {
    rig.connect(client().expiry(0xFFFFFFFEL)).drop();
    rig.time.advance(Duration.ofSeconds(0xFFFFFFFEL).minusNanos(1));
    assertThat(isPresent(client().resume())).isTrue();
  }

  @Test
  void theLongestIntervalNeverEnds() {
    rig.connect(client().expiry(0xFFFFFFFFL)).drop();
    rig.time.advance(Duration.ofSeconds(0x1_0000_0001L));
    assertThat(isPresent(client().resume())).isTrue();
  }

  @Test
  void theIntervalOfTheLastConnectionCounts() {
    rig.connect(client().expiry(10)).drop();
    rig.connect(client().resume().expiry(100)).drop();
    rig.time.advanceSeconds(99);
    assertThat(isPresent(client().resume())).isTrue();
  }

  @Test
  void disconnectMayChangeTheInterval() {
    rig.connect(client().expiry(10))
        .send(new Disconnect(0, Properties.of(Property.SESSION_EXPIRY_INTERVAL, 100)));
    rig.time.advanceSeconds(99);
    assertThat(isPresent(client().resume())).isTrue();
  }

  @Test
  void disconnectMayNotRaiseTheIntervalFromZero() {
    TestClient client = rig.connect(client());
    client.send(new Disconnect(0, Properties.of(Property.SESSION_EXPIRY_INTERVAL, 100)));
    assertThat(client.disconnectReason()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
  }

  @Test
  void cleanStartEndsTheOldSession() {
    TestClient client = rig.connect(client().expiry(100));
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    client.drop();
    TestClient back = rig.connect(client().expiry(100));
    assertThat(back.connack.sessionPresent()).isFalse();
    rig.connect("p").publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(back.received()).isEmpty();
  }

  @Test
  void aSessionOfMqtt3WithoutCleanSessionIsKeptForEver() {
    rig.connect(client().version(ProtocolVersion.V3_1_1).resume()).drop();
    rig.time.advance(Duration.ofDays(10_000));
    assertThat(isPresent(client().version(ProtocolVersion.V3_1_1).resume())).isTrue();
  }

  @Test
  void mqtt31IsNeverToldOfASession() {
    TestClient client = rig.connect(client().version(ProtocolVersion.V3_1).resume());
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    client.drop();
    rig.connect("p").publish("a", "x", Qos.AT_LEAST_ONCE);
    TestClient back = rig.connect(client().version(ProtocolVersion.V3_1).resume());
    assertThat(back.connack.sessionPresent()).isFalse();
    assertThat(back.received()).containsExactly("a x");
  }

  @Test
  void theBrokersOwnLimitCutsTheIntervalShort() {
    Rig strict = new Rig(Limits.builder().persistentClientExpiration(Duration.ofHours(1)).build());
    strict.connect(client().expiry(0xFFFFFFFFL)).drop();
    strict.time.advance(Duration.ofHours(1));
    assertThat(strict.connect(client().resume()).connack.sessionPresent()).isFalse();
  }

  @Test
  void anotherConnectionTakesOverAndTheOldOneIsTold() {
    TestClient old = rig.connect(client().expiry(100));
    old.subscribe("a", Qos.AT_LEAST_ONCE);
    TestClient taker = rig.connect(client().resume().expiry(100));
    assertThat(old.disconnectReason()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
    assertThat(rig.events).containsExactly("c ended: session taken over");
    assertThat(taker.connack.sessionPresent()).isTrue();
    rig.connect("p").publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(taker.received()).containsExactly("a x");
  }

  @Test
  void anOldConnectionOfMqtt3IsJustClosedAtATakeOver() {
    TestClient old = rig.connect(client().version(ProtocolVersion.V3_1_1));
    rig.connect(client());
    assertThat(old.peer.isClosed()).isTrue();
    assertThat(old.peer.all()).isEmpty();
  }

  @Test
  void theEndOfAConnectionThatWasTakenOverDoesNotTouchTheNewOne() {
    TestClient old = rig.connect(client().expiry(10));
    TestClient taker = rig.connect(client().resume().expiry(10));
    old.drop();
    rig.time.advanceSeconds(100);
    taker.subscribe("a", Qos.AT_MOST_ONCE);
    rig.connect("p").publish("a", "x", Qos.AT_MOST_ONCE);
    assertThat(taker.received()).containsExactly("a x");
  }

  @Test
  void messagesForOneWhoIsAwayWaitInTheirOrder() {
    TestClient client = rig.connect(client().expiry(100));
    client.subscribe("a", Qos.EXACTLY_ONCE);
    client.drop();
    TestClient publisher = rig.connect("p");
    publisher.publish("a", "1", Qos.AT_LEAST_ONCE);
    publisher.publish("a", "lost", Qos.AT_MOST_ONCE);
    publisher.publish("a", "2", Qos.AT_LEAST_ONCE);
    TestClient back = rig.connect(client().resume().expiry(100));
    assertThat(back.received()).containsExactly("a 1", "a 2");
  }

  @Test
  void qos0MessagesWaitTooIfTheBrokerIsToldSo() {
    Rig patient = new Rig(Limits.builder().queueQos0Messages(true).build());
    TestClient client = patient.connect(client().expiry(100));
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    client.drop();
    patient.connect("p").publish("a", "0", Qos.AT_MOST_ONCE);
    assertThat(patient.connect(client().resume().expiry(100)).received()).containsExactly("a 0");
  }

  @Test
  void aWrongFirstPacketEndsTheConnectionWithoutAWord() {
    TestClient stranger = rig.open();
    stranger.disconnect(0);
    assertThat(stranger.peer.isClosed()).isTrue();
    assertThat(stranger.peer.all()).isEmpty();
  }
}
