package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WillsTest {
  private final Rig rig = new Rig();
  private final TestClient watcher = rig.watcher();

  private static ConnectOptions client() {
    return ConnectOptions.of("c");
  }

  @Test
  void aWillIsPublishedWhenTheConnectionIsClosedWithoutDisconnect() {
    rig.connect(client().will("s/1", 0)).drop();
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void aWillIsPublishedWhenTheConnectionIsTorn() {
    TestClient client = rig.connect(client().will("s/1", 0));
    client.client.closed(DisconnectCause.network("Connection reset by peer"), rig.time.now());
    assertThat(watcher.received()).containsExactly("s/1 gone");
    assertThat(rig.events)
        .containsExactly("c ended: bad socket read/write: Connection reset by peer");
  }

  @Test
  void aNormalDisconnectThrowsTheWillAway() {
    rig.connect(client().will("s/1", 0)).disconnect(ReasonCode.NORMAL_DISCONNECTION);
    rig.time.advanceSeconds(100);
    assertThat(watcher.received()).isEmpty();
  }

  @Test
  void aDisconnectForAnErrorAsksForTheWill() {
    for (int reason :
        new int[] {0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98}) {
      TestClient client = rig.connect(client().will("s/1", 0));
      client.disconnect(reason);
      assertThat(client.peer.isClosed()).isTrue();
      assertThat(client.peer.all()).isEmpty();
      assertThat(watcher.received()).containsExactly("s/1 gone");
    }
  }

  @Test
  void aReasonThatNoClientMayGiveIsAnErrorAndReleasesTheWill() {
    Set<Integer> mayBeGiven =
        Set.of(0, 4, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99);
    Set<Integer> others = Set.of(0x01, 0x02, 0x10, 0x11, 0x18, 0x19); // of other packets
    Message will = Message.of("s/1", "gone".getBytes(), Qos.AT_MOST_ONCE, false);
    for (int reason = 0; reason < 256; reason++) {
      if (mayBeGiven.contains(reason)) {
        continue;
      }
      TestClient client = rig.connect(client().will(will));
      client.disconnect(reason);
      boolean defined = reason >= 0x80 && reason <= 0xa2 || others.contains(reason);
      assertThat(client.disconnectReason())
          .as("%x", reason)
          .isEqualTo(defined ? ReasonCode.PROTOCOL_ERROR : ReasonCode.MALFORMED_PACKET);
      assertThat(watcher.received()).containsExactly("s/1 gone");
    }
  }

  @Test
  void aDisconnectThatEndsTheSessionDoesNotWaitForTheDelay() {
    TestClient client = rig.connect(client().expiry(60).will("s/1", 30));
    client.send(
        new Disconnect(
            ReasonCode.DISCONNECT_WITH_WILL_MESSAGE,
            Properties.of(Property.SESSION_EXPIRY_INTERVAL, 0)));
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  /** The old connection's own session decides, in each version; the new one's wishes do not. */
  @Test
  void whatBecomesOfAWillAtATakeOver() {
    for (long delay : new long[] {0, 20}) {
      for (long expiry : new long[] {0, 300}) {
        for (boolean cleanStart : new boolean[] {false, true}) {
          for (long newExpiry : new long[] {0, 300}) {
            rig.connect(client().expiry(expiry).will("s/1", delay));
            ConnectOptions taker = (cleanStart ? client() : client().resume()).expiry(newExpiry);
            TestClient second = rig.connect(taker);
            boolean dropped = delay > 0 && expiry > 0 && !cleanStart;
            String what = delay + " " + expiry + " " + cleanStart + " " + newExpiry;
            assertThat(second.connack.sessionPresent())
                .as(what)
                .isEqualTo(expiry > 0 && !cleanStart);
            assertThat(watcher.received()).as(what).hasSize(dropped ? 0 : 1);
            second.disconnect(ReasonCode.NORMAL_DISCONNECTION);
            rig.time.advanceSeconds(1000);
            assertThat(watcher.received()).as(what).isEmpty();
          }
        }
      }
    }
  }

  @Test
  void whatBecomesOfAWillOfMqtt3AtATakeOver() {
    for (ProtocolVersion version : List.of(ProtocolVersion.V3_1, ProtocolVersion.V3_1_1)) {
      for (boolean clean : new boolean[] {false, true}) {
        for (boolean newClean : new boolean[] {false, true}) {
          ConnectOptions options = client().version(version).will("s/1", 0);
          rig.connect(clean ? options : options.resume());
          ConnectOptions taker = client().version(version);
          rig.connect(newClean ? taker : taker.resume());
          assertThat(watcher.received()).containsExactly("s/1 gone");
          rig.connect(taker).drop();
        }
      }
    }
  }

  @Test
  void aSessionThatCleanStartEndsGetsNoPartOfItsWill() {
    TestClient old = rig.connect(client().expiry(60).will("s/1", 0));
    old.subscribe("$share/g/s/#", Qos.AT_LEAST_ONCE);
    TestClient other = rig.connect("other");
    other.subscribe("$share/g/s/#", Qos.AT_LEAST_ONCE);
    rig.connect(client());
    assertThat(other.received()).containsExactly("s/1 gone");
  }

  /** In whatever QoS: a will of QoS 0 does not overtake messages that still wait for their turn. */
  @Test
  void aWillOvertakesNothingThatItsClientHasPublished() {
    for (Qos qos : Qos.values()) {
      TestClient slow = rig.connect(ConnectOptions.of("slow").with(Property.RECEIVE_MAXIMUM, 1));
      slow.subscribe("s/#", Qos.AT_LEAST_ONCE);
      TestClient client =
          rig.connect(client().will(Message.of("s/1", "gone".getBytes(), qos, false)));
      for (int i = 0; i < 3; i++) {
        client.publish("s/1", "m" + i, Qos.AT_LEAST_ONCE);
      }
      client.drop();
      List<String> got = new ArrayList<>();
      for (List<Publish> next = slow.publishes(); !next.isEmpty(); next = slow.publishes()) {
        for (Publish each : next) {
          got.add(new String(each.message().payload()));
          if (each.packetId() != 0) {
            slow.ack(PacketType.PUBACK, each.packetId());
          }
        }
      }
      assertThat(got).containsExactly("m0", "m1", "m2", "gone");
      slow.disconnect(ReasonCode.NORMAL_DISCONNECTION);
    }
  }

  @Test
  void theJournalSaysWhyAWillIsThrownAway() {
    rig.connect(client().will("s/1", 0)).disconnect(ReasonCode.NORMAL_DISCONNECTION);
    rig.connect(client().expiry(60).will("s/1", 5)).drop();
    rig.connect(client().resume().expiry(60).will("s/1", 7));
    rig.connect(client().resume().expiry(60).will("$SYS/x", 0)).drop();
    assertThat(rig.events)
        .filteredOn(line -> line.startsWith("will"))
        .containsExactly(
            "will of c discarded: client said DISCONNECT",
            "will of c discarded: client resumed its session within the will's delay of 5 s",
            "will of c discarded: client resumed its session within the will's delay of 7 s",
            "will of c discarded: the client may not publish to '$SYS/x'");
  }

  @Test
  void disconnectWithWillMessageAsksForIt() {
    rig.connect(client().will("s/1", 0)).disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE);
    assertThat(watcher.received()).containsExactly("s/1 gone");
    assertThat(rig.events).containsExactly("c ended: ");
  }

  @Test
  void disconnectWithWillMessageStillWaitsForTheDelay() {
    rig.connect(client().expiry(60).will("s/1", 5))
        .disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE);
    assertThat(watcher.received()).isEmpty();
    rig.time.advanceSeconds(5);
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void aProtocolErrorReleasesTheWill() {
    TestClient client = rig.connect(client().will("s/1", 0));
    client.publish(
        new Message(
            "", new byte[0], Qos.AT_MOST_ONCE, false, Properties.of(Property.TOPIC_ALIAS, 3)));
    assertThat(client.disconnectReason()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void aMalformedPacketReleasesTheWill() {
    TestClient client = rig.connect(client().will("s/1", 0));
    client.client.malformed(
        new MalformedPacketException(ReasonCode.MALFORMED_PACKET, "QoS 3"),
        ProtocolVersion.V5,
        rig.time.now());
    assertThat(client.disconnectReason()).isEqualTo(ReasonCode.MALFORMED_PACKET);
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void aSecondConnectReleasesTheWill() {
    TestClient client = rig.connect(client().will("s/1", 0));
    client.send(client().packet());
    assertThat(client.peer.isClosed()).isTrue();
    assertThat(client.peer.all()).isEmpty();
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void theKeepAliveTimeOutReleasesTheWill() {
    rig.connect(client().keepAlive(10).will("s/1", 0));
    rig.time.advance(Duration.ofSeconds(15).minusNanos(1));
    assertThat(watcher.received()).isEmpty();
    rig.time.advance(Duration.ofNanos(1));
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void aWillWaitsForItsDelayToTheNanosecond() {
    rig.connect(client().expiry(60).will("s/1", 5)).drop();
    rig.time.advance(Duration.ofSeconds(5).minusNanos(1));
    assertThat(watcher.received()).isEmpty();
    rig.time.advance(Duration.ofNanos(1));
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void theEndOfTheSessionCutsTheDelayShort() {
    rig.connect(client().expiry(3).will("s/1", 5)).drop();
    rig.time.advance(Duration.ofSeconds(3).minusNanos(1));
    assertThat(watcher.received()).isEmpty();
    rig.time.advance(Duration.ofNanos(1));
    assertThat(watcher.received()).containsExactly("s/1 gone");
    rig.time.advanceSeconds(10);
    assertThat(watcher.received()).isEmpty();
  }

  @Test
  void withoutSessionExpiryADelayedWillGoesOutAtOnce() {
    rig.connect(client().will("s/1", 5)).drop();
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void theLongestDelayInASessionThatNeverEndsIsNoOverflow() {
    rig.connect(client().expiry(0xFFFFFFFFL).will("s/1", 0xFFFFFFFFL)).drop();
    rig.time.advance(Duration.ofDays(365));
    assertThat(watcher.received()).isEmpty();
    rig.time.advance(Duration.ofSeconds(0xFFFFFFFFL));
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void theExpiryInDisconnectDecidesHowLongAWillMayWait() {
    TestClient client = rig.connect(client().expiry(60).will("s/1", 30));
    client.send(
        new Disconnect(
            ReasonCode.DISCONNECT_WITH_WILL_MESSAGE,
            Properties.of(Property.SESSION_EXPIRY_INTERVAL, 2)));
    rig.time.advance(Duration.ofMillis(1999));
    assertThat(watcher.received()).isEmpty();
    rig.time.advance(Duration.ofMillis(1));
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void comingBackInTimeWithCleanStart0DropsTheWill() {
    rig.connect(client().expiry(60).will("s/1", 5)).drop();
    rig.time.advanceSeconds(4);
    TestClient back = rig.connect(client().resume().expiry(60));
    assertThat(back.connack.sessionPresent()).isTrue();
    rig.time.advanceSeconds(100);
    assertThat(watcher.received()).isEmpty();
  }

  @Test
  void comingBackWithCleanStart1EndsTheSessionAndSendsTheWill() {
    rig.connect(client().expiry(60).will("s/1", 5)).drop();
    rig.time.advanceSeconds(1);
    rig.connect(client());
    assertThat(watcher.received()).containsExactly("s/1 gone");
    rig.time.advanceSeconds(100);
    assertThat(watcher.received()).isEmpty();
  }

  @Test
  void aRefusedConnectDoesNotDropTheWaitingWill() {
    rig.connect(client().expiry(60).will("s/1", 5)).drop();
    TestClient refused = rig.open();
    refused.send(client().resume().with(Property.AUTHENTICATION_METHOD, 0).packet());
    rig.time.advanceSeconds(5);
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void theNewConnectionHasAWillOfItsOwn() {
    rig.connect(client().expiry(60).will("s/old", 5)).drop();
    rig.connect(client().resume().expiry(60).will("s/new", 5)).drop();
    rig.time.advanceSeconds(5);
    assertThat(watcher.received()).containsExactly("s/new gone");
  }

  @Test
  void aTakeOverWithCleanStart0OfAKeptSessionDropsTheWillThatWouldHaveWaited() {
    TestClient old = rig.connect(client().expiry(60).will("s/1", 5));
    rig.connect(client().resume().expiry(60));
    assertThat(old.disconnectReason()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
    rig.time.advanceSeconds(100);
    assertThat(watcher.received()).isEmpty();
  }

  @Test
  void aTakeOverWithCleanStart0OfAKeptSessionSendsAWillWithoutDelay() {
    TestClient old = rig.connect(client().expiry(60).will("s/1", 0));
    TestClient taker = rig.connect(client().resume().expiry(60));
    assertThat(taker.connack.sessionPresent()).isTrue();
    assertThat(old.disconnectReason()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
    assertThat(watcher.received()).containsExactly("s/1 gone");
    rig.time.advanceSeconds(100);
    assertThat(watcher.received()).isEmpty();
  }

  @Test
  void theTakerFindsTheWillOfTheOldConnectionInTheSessionThatGoesOn() {
    TestClient old = rig.connect(client().expiry(60).will("s/1", 0));
    old.subscribe("s/#", Qos.AT_LEAST_ONCE);
    TestClient taker = rig.connect(client().resume().expiry(60));
    assertThat(old.received()).isEmpty();
    assertThat(taker.received()).containsExactly("s/1 gone");
  }

  @Test
  void aTakeOverWithCleanStart1SendsTheWillAtOnce() {
    rig.connect(client().expiry(60).will("s/1", 5));
    rig.connect(client());
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void aTakeOverOfASessionThatIsNotKeptSendsTheWillAtOnce() {
    rig.connect(client().will("s/1", 5));
    rig.connect(client().resume());
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void aTakeOverOfACleanSessionOfMqtt3SendsTheWill() {
    rig.connect(client().version(ProtocolVersion.V3_1_1).will("s/1", 0));
    rig.connect(client().version(ProtocolVersion.V3_1_1).resume());
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void aTakeOverOfAKeptSessionOfMqtt3SendsTheWillToo() {
    rig.connect(client().version(ProtocolVersion.V3_1_1).resume().will("s/1", 0));
    rig.connect(client().version(ProtocolVersion.V3_1_1).resume());
    assertThat(watcher.received()).containsExactly("s/1 gone");
  }

  @Test
  void aClientDoesNotGetItsOwnWillInASessionThatEnds() {
    TestClient client = rig.connect(client().will("s/1", 0));
    client.subscribe("s/#", Qos.AT_LEAST_ONCE);
    client.drop();
    assertThat(client.received()).isEmpty();
  }

  @Test
  void aClientFindsItsOwnWillInItsKeptSession() {
    TestClient client = rig.connect(client().expiry(60).will("s/1", 0));
    client.subscribe("s/#", Qos.AT_LEAST_ONCE);
    client.drop();
    assertThat(rig.connect(client().resume().expiry(60)).received()).containsExactly("s/1 gone");
  }

  @Test
  void noLocalHoldsTheOwnWillBack() {
    TestClient client = rig.connect(client().expiry(60).will("s/1", 0));
    client.subscribe(new Subscription("s/#", Qos.AT_LEAST_ONCE, true, false, 0), 0);
    client.drop();
    assertThat(rig.connect(client().resume().expiry(60)).received()).isEmpty();
  }

  @Test
  void aWillTakesAllItsPropertiesAlongButTheDelay() {
    Properties properties =
        Properties.builder()
            .add(Property.PAYLOAD_FORMAT_INDICATOR, 1)
            .add(Property.WILL_DELAY_INTERVAL, 1)
            .userProperty("b", "2")
            .add(Property.CONTENT_TYPE, "text/plain")
            .userProperty("a", "1")
            .add(Property.RESPONSE_TOPIC, "r/t")
            .add(Property.CORRELATION_DATA, new byte[] {1, 2})
            .build();
    rig.connect(
            client()
                .expiry(60)
                .will(new Message("s/1", new byte[] {9}, Qos.EXACTLY_ONCE, false, properties)))
        .drop();
    rig.time.advanceSeconds(1);
    Publish will = watcher.publishes().get(0);
    assertThat(will.message().properties())
        .isEqualTo(properties.without(Property.WILL_DELAY_INTERVAL));
    assertThat(will.message().qos()).isEqualTo(Qos.EXACTLY_ONCE);
  }

  @Test
  void theExpiryOfAWillCountsFromItsPublication() {
    TestClient away = rig.connect(ConnectOptions.of("away").expiry(600));
    away.subscribe("s/#", Qos.AT_LEAST_ONCE);
    away.drop();
    Properties properties =
        Properties.builder()
            .add(Property.WILL_DELAY_INTERVAL, 20)
            .add(Property.MESSAGE_EXPIRY_INTERVAL, 10)
            .build();
    Message will = new Message("s/1", new byte[0], Qos.AT_LEAST_ONCE, false, properties);
    rig.connect(client().expiry(60).will(will)).drop();
    rig.time.advanceSeconds(20);
    Publish live = watcher.publishes().get(0);
    assertThat(live.message().properties().number(Property.MESSAGE_EXPIRY_INTERVAL)).hasValue(10);
    rig.time.advanceSeconds(4);
    TestClient back = rig.connect(ConnectOptions.of("away").resume().expiry(600));
    Publish queued = back.publishes().get(0);
    assertThat(queued.message().properties().number(Property.MESSAGE_EXPIRY_INTERVAL)).hasValue(6);
  }

  @Test
  void aRetainedWillStays() {
    rig.connect(client().will(Message.of("s/1", "gone".getBytes(), Qos.AT_LEAST_ONCE, true)))
        .drop();
    TestClient late = rig.connect("late");
    late.subscribe("s/1", Qos.AT_LEAST_ONCE);
    assertThat(late.publishes()).singleElement().matches(each -> each.message().retain());
  }

  @Test
  void anEmptyRetainedWillClears() {
    TestClient client =
        rig.connect(client().will(Message.of("s/1", new byte[0], Qos.AT_MOST_ONCE, true)));
    client.retain("s/1", "online");
    client.drop();
    TestClient late = rig.connect("late");
    late.subscribe("s/1", Qos.AT_LEAST_ONCE);
    assertThat(late.received()).isEmpty();
    assertThat(watcher.received()).containsExactly("s/1 online", "s/1 ");
  }

  @Test
  void atTheBrokersStopAllWillsGoOutAndThenTheClientsAreSentAway() {
    rig.connect(client().will("s/live", 0));
    rig.connect(ConnectOptions.of("d").expiry(600).will("s/delayed", 300)).drop();
    rig.router.stop(rig.time.now());
    assertThat(watcher.peer.isClosed()).isTrue();
    assertThat(watcher.received()).containsExactlyInAnyOrder("s/live gone", "s/delayed gone");
  }

  @Test
  void aWillForATopicOfTheBrokersOwnIsNotPublished() {
    watcher.subscribe("$SYS/#", Qos.AT_MOST_ONCE);
    rig.connect(client().will("$SYS/x", 0)).drop();
    assertThat(watcher.received()).isEmpty();
  }
}
