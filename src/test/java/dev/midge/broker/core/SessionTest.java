package dev.midge.broker.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.core.Rig.Party;
import dev.midge.broker.core.Rig.Wish;
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

  private static Wish client() {
    return Wish.of("c");
  }

  private boolean isPresent(Wish wish) {
    return rig.connect(wish).connack.sessionPresent();
  }

  @Test
  void withoutExpiryASessionEndsWithItsConnection() {
    rig.connect(client()).vanish();
    assertThat(isPresent(client().resume())).isFalse();
  }

  @Test
  void aSessionLivesItsIntervalAndNotLonger() {
    rig.connect(client().expiry(3600)).vanish();
    rig.time.advance(Duration.ofHours(1).minusNanos(1));
    Party back = rig.connect(client().resume().expiry(3600));
    assertThat(back.connack.sessionPresent()).isTrue();
    back.vanish();
    rig.time.advance(Duration.ofHours(1));
    assertThat(isPresent(client().resume())).isFalse();
    assertThat(rig.journal).contains("c expired");
  }

  @Test
  void theLongestIntervalButOneIsNoOverflow() {
    rig.connect(client().expiry(0xFFFFFFFEL)).vanish();
    rig.time.advance(Duration.ofSeconds(0xFFFFFFFEL).minusNanos(1));
    assertThat(isPresent(client().resume())).isTrue();
  }

  @Test
  void theLongestIntervalNeverEnds() {
    rig.connect(client().expiry(0xFFFFFFFFL)).vanish();
    rig.time.advance(Duration.ofSeconds(0x1_0000_0001L));
    assertThat(isPresent(client().resume())).isTrue();
  }

  @Test
  void theIntervalOfTheLastConnectionCounts() {
    rig.connect(client().expiry(10)).vanish();
    rig.connect(client().resume().expiry(100)).vanish();
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
    Party client = rig.connect(client());
    client.send(new Disconnect(0, Properties.of(Property.SESSION_EXPIRY_INTERVAL, 100)));
    assertThat(client.sentAwayWith()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
  }

  @Test
  void cleanStartEndsTheOldSession() {
    Party client = rig.connect(client().expiry(100));
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    client.vanish();
    Party back = rig.connect(client().expiry(100));
    assertThat(back.connack.sessionPresent()).isFalse();
    rig.connect("p").publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(back.received()).isEmpty();
  }

  @Test
  void aSessionOfMqtt3WithoutCleanSessionIsKeptForEver() {
    rig.connect(client().version(ProtocolVersion.V3_1_1).resume()).vanish();
    rig.time.advance(Duration.ofDays(10_000));
    assertThat(isPresent(client().version(ProtocolVersion.V3_1_1).resume())).isTrue();
  }

  @Test
  void mqtt31IsNeverToldOfASession() {
    Party client = rig.connect(client().version(ProtocolVersion.V3_1).resume());
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    client.vanish();
    rig.connect("p").publish("a", "x", Qos.AT_LEAST_ONCE);
    Party back = rig.connect(client().version(ProtocolVersion.V3_1).resume());
    assertThat(back.connack.sessionPresent()).isFalse();
    assertThat(back.received()).containsExactly("a x");
  }

  @Test
  void theBrokersOwnLimitCutsTheIntervalShort() {
    Rig strict = new Rig(Limits.builder().persistentClientExpiration(Duration.ofHours(1)).build());
    strict.connect(client().expiry(0xFFFFFFFFL)).vanish();
    strict.time.advance(Duration.ofHours(1));
    assertThat(strict.connect(client().resume()).connack.sessionPresent()).isFalse();
  }

  @Test
  void anotherConnectionTakesOverAndTheOldOneIsTold() {
    Party old = rig.connect(client().expiry(100));
    old.subscribe("a", Qos.AT_LEAST_ONCE);
    Party taker = rig.connect(client().resume().expiry(100));
    assertThat(old.sentAwayWith()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
    assertThat(rig.journal).containsExactly("c ended: session taken over");
    assertThat(taker.connack.sessionPresent()).isTrue();
    rig.connect("p").publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(taker.received()).containsExactly("a x");
  }

  @Test
  void anOldConnectionOfMqtt3IsJustClosedAtATakeOver() {
    Party old = rig.connect(client().version(ProtocolVersion.V3_1_1));
    rig.connect(client());
    assertThat(old.peer.isClosed()).isTrue();
    assertThat(old.peer.all()).isEmpty();
  }

  @Test
  void theEndOfAConnectionThatWasTakenOverDoesNotTouchTheNewOne() {
    Party old = rig.connect(client().expiry(10));
    Party taker = rig.connect(client().resume().expiry(10));
    old.vanish();
    rig.time.advanceSeconds(100);
    taker.subscribe("a", Qos.AT_MOST_ONCE);
    rig.connect("p").publish("a", "x", Qos.AT_MOST_ONCE);
    assertThat(taker.received()).containsExactly("a x");
  }

  @Test
  void messagesForOneWhoIsAwayWaitInTheirOrder() {
    Party client = rig.connect(client().expiry(100));
    client.subscribe("a", Qos.EXACTLY_ONCE);
    client.vanish();
    Party publisher = rig.connect("p");
    publisher.publish("a", "1", Qos.AT_LEAST_ONCE);
    publisher.publish("a", "lost", Qos.AT_MOST_ONCE);
    publisher.publish("a", "2", Qos.AT_LEAST_ONCE);
    Party back = rig.connect(client().resume().expiry(100));
    assertThat(back.received()).containsExactly("a 1", "a 2");
  }

  @Test
  void qos0MessagesWaitTooIfTheBrokerIsToldSo() {
    Rig patient = new Rig(Limits.builder().queueQos0Messages(true).build());
    Party client = patient.connect(client().expiry(100));
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    client.vanish();
    patient.connect("p").publish("a", "0", Qos.AT_MOST_ONCE);
    assertThat(patient.connect(client().resume().expiry(100)).received()).containsExactly("a 0");
  }

  @Test
  void aWrongFirstPacketEndsTheConnectionWithoutAWord() {
    Party stranger = rig.open();
    stranger.disconnect(0);
    assertThat(stranger.peer.isClosed()).isTrue();
    assertThat(stranger.peer.all()).isEmpty();
  }
}
