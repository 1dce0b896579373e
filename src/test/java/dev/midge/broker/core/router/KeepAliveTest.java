package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private static final Duration NANO = Duration.ofNanos(1);
  private final Rig rig = new Rig();

  @Test
  void oneAndAHalfTimesTheIntervalOfSilenceEndTheConnection() {
    TestClient client = rig.connect(ConnectOptions.of("c").keepAlive(1));
    rig.time.advance(Duration.ofMillis(1500).minus(NANO));
    assertThat(client.peer.isClosed()).isFalse();
    rig.time.advance(NANO);
    assertThat(client.disconnectReason()).isEqualTo(ReasonCode.KEEP_ALIVE_TIMEOUT);
    assertThat(rig.events).containsExactly("c ended: exceeded timeout");
  }

  @Test
  void everyPacketStartsTheTimeAnew() {
    TestClient client = rig.connect(ConnectOptions.of("c").keepAlive(10));
    for (int i = 0; i < 100; i++) {
      rig.time.advanceSeconds(14);
      client.send(Ping.REQUEST);
      assertThat(client.peer.next()).isEqualTo(Ping.RESPONSE);
    }
    rig.time.advance(Duration.ofSeconds(15).minus(NANO));
    assertThat(client.peer.isClosed()).isFalse();
    rig.time.advance(NANO);
    assertThat(client.peer.isClosed()).isTrue();
  }

  @Test
  void partsOfALargePacketAreSignsOfLifeAndPartsOfASmallOneAreNot() {
    TestClient client = rig.connect(ConnectOptions.of("c").keepAlive(2));
    for (int missing = 60_000; missing > 1000; missing -= 10_000) {
      rig.time.advanceSeconds(2);
      client.client.partArrived(missing, rig.time.now());
    }
    rig.time.advanceSeconds(2);
    client.client.partArrived(1001, rig.time.now());
    rig.time.advanceSeconds(2);
    client.client.partArrived(1000, rig.time.now());
    assertThat(client.peer.isClosed()).isFalse();
    rig.time.advanceSeconds(1);
    assertThat(client.disconnectReason()).isEqualTo(ReasonCode.KEEP_ALIVE_TIMEOUT);
  }

  @Test
  void noPartOfAConnectBuysTime() {
    TestClient stranger = rig.open();
    rig.time.advanceSeconds(29);
    stranger.client.partArrived(60_000, rig.time.now());
    rig.time.advanceSeconds(1);
    assertThat(stranger.peer.isClosed()).isTrue();
  }

  @Test
  void whatIsSentToAClientIsNoSignOfItsLife() {
    TestClient publisher = rig.connect("p");
    for (Qos qos : Qos.values()) {
      TestClient client = rig.connect(ConnectOptions.of("c").keepAlive(10));
      client.subscribe("a", qos);
      for (int second = 1; second < 15; second++) {
        rig.time.advanceSeconds(1);
        publisher.publish("a", "x", qos);
        if (qos == Qos.EXACTLY_ONCE) {
          publisher.ack(PacketType.PUBREL, second);
        }
        assertThat(client.peer.isClosed()).as(second + " s").isFalse();
      }
      rig.time.advanceSeconds(1);
      assertThat(client.disconnectReason()).isEqualTo(ReasonCode.KEEP_ALIVE_TIMEOUT);
      publisher = rig.connect("p");
    }
  }

  @Test
  void zeroMeansNever() {
    TestClient client = rig.connect(ConnectOptions.of("c").keepAlive(0));
    rig.time.advance(Duration.ofDays(1000));
    assertThat(client.peer.isClosed()).isFalse();
  }

  @Test
  void theLongestIntervalIsEighteenHoursAndMore() {
    TestClient client = rig.connect(ConnectOptions.of("c").keepAlive(65535));
    rig.time.advance(Duration.ofMillis(65535 * 1500L).minus(NANO));
    assertThat(client.peer.isClosed()).isFalse();
    rig.time.advance(NANO);
    assertThat(client.peer.isClosed()).isTrue();
  }

  @Test
  void whoNeverSendsConnectIsSentAway() {
    TestClient stranger = rig.open();
    rig.time.advance(Duration.ofSeconds(30).minus(NANO));
    assertThat(stranger.peer.isClosed()).isFalse();
    rig.time.advance(NANO);
    assertThat(stranger.peer.isClosed()).isTrue();
    assertThat(stranger.peer.all()).isEmpty();
  }

  @Test
  void aClientOfMqtt3IsJustClosed() {
    TestClient client =
        rig.connect(ConnectOptions.of("c").version(ProtocolVersion.V3_1_1).keepAlive(1));
    rig.time.advanceSeconds(2);
    assertThat(client.peer.isClosed()).isTrue();
    assertThat(client.peer.all()).isEmpty();
  }

  @Test
  void theBrokersMaximumIsInForceForMqtt5AndRefusesMqtt3() {
    Rig strict = new Rig(Limits.builder().maxKeepAlive(10).build());
    TestClient v5 = strict.connect(ConnectOptions.of("c").keepAlive(0));
    assertThat(v5.connack.properties().number(Property.SERVER_KEEP_ALIVE)).hasValue(10);
    strict.time.advanceSeconds(15);
    assertThat(v5.peer.isClosed()).isTrue();

    TestClient v3 =
        strict.connect(ConnectOptions.of("d").version(ProtocolVersion.V3_1_1).keepAlive(11));
    assertThat(v3.connack).extracting(Connack::reasonCode).isEqualTo(2);
    assertThat(v3.peer.isClosed()).isTrue();
  }

  @Test
  void noTimerIsLeftWhenEverybodyIsGone() {
    rig.connect(ConnectOptions.of("c").keepAlive(10)).drop();
    rig.connect(ConnectOptions.of("d").keepAlive(10).expiry(5).will("w", 3)).drop();
    rig.time.advanceSeconds(5);
    assertThat(rig.time.timers().next()).isEqualTo(Timers.NEVER);
  }
}
