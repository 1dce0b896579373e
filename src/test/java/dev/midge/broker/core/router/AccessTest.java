package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.access.Security;
import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Access rules where messages come in and go out; the rules themselves have a test of their own.
 */
class AccessTest {
  private static final String[] RULES = {
    "user alice",
    "topic home/#",
    "topic deny home/secret",
    "topic write only/write",
    "topic read only/read",
    "topic $mine/#",
    "user bob",
    "topic read #",
    "user root",
    "topic #",
    "topic $mine/#",
    "pattern read in/%c",
    "pattern write out/%u/%c",
  };

  private final ListenerSettings open = Secured.withRules();
  private final ListenerSettings listener = Secured.withRules(RULES);
  private final Rig rig = new Rig(listener);

  private TestClient as(String user, String clientId) {
    return rig.connect(ConnectOptions.of(clientId).user(user, "x"));
  }

  /** Each topic against each way on which a message can come to a client. */
  @ParameterizedTest
  @CsvSource(
      value = {
        // user, filter, topic, may read
        "alice, home/#, home/a, true",
        "alice, #, home/a, true",
        "alice, home/+, home/secret, false",
        "alice, home/secret, home/secret, false",
        "alice, #, other, false",
        "alice, other, other, false",
        "alice, only/+, only/read, true",
        "alice, only/+, only/write, false",
        "alice, $mine/#, $mine/x, true",
        "alice, +/c, in/c, true",
        "alice, in/+, in/d, false",
        "bob, #, home/secret, true",
        "bob, $mine/#, $mine/x, false",
        "nobody, in/c, in/c, true",
        "nobody, #, home/a, false",
      })
  void aMessageComesOnlyToThoseWhoMayReadIt(
      String user, String filter, String topic, boolean mayRead) {
    TestClient root = as("root", "root");
    List<String> wanted = mayRead ? List.of(topic + " x") : List.of();

    TestClient live = as(user, "c");
    live.subscribe(filter, Qos.AT_LEAST_ONCE);
    root.publish(topic, "x", Qos.AT_LEAST_ONCE);
    assertThat(live.received()).as("live").isEqualTo(wanted);

    TestClient sharing = as(user, "c");
    sharing.subscribe("$share/g/" + filter, Qos.AT_LEAST_ONCE);
    root.publish(topic, "x", Qos.AT_LEAST_ONCE);
    assertThat(sharing.received()).as("shared").isEqualTo(wanted);

    rig.connect(
            ConnectOptions.of("w")
                .user("root", "x")
                .will(Message.of(topic, "x".getBytes(), Qos.AT_MOST_ONCE, false)))
        .drop();
    assertThat(sharing.received()).as("will").isEqualTo(wanted);

    rig.connect(ConnectOptions.of("c").user(user, "x").expiry(60))
        .subscribe(filter, Qos.AT_LEAST_ONCE);
    TestClient away = rig.connect(ConnectOptions.of("c").user(user, "x").resume().expiry(60));
    away.drop();
    root.publish(topic, "x", Qos.AT_LEAST_ONCE);
    assertThat(rig.router.session("c", rig.time.now()).waiting().queued())
        .isEqualTo(mayRead ? 1 : 0);
    TestClient back = rig.connect(ConnectOptions.of("c").user(user, "x").resume());
    assertThat(back.received()).as("queued").isEqualTo(wanted);

    root.retain(topic, "x");
    TestClient late = as(user, "c");
    late.subscribe(filter, Qos.AT_LEAST_ONCE);
    assertThat(late.received()).as("retained").isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        // user, topic, may write
        "alice, home/a, true",
        "alice, home/secret, false",
        "alice, only/write, true",
        "alice, only/read, false",
        "alice, $mine/x, true",
        "alice, $mine2/x, false",
        "alice, out/alice/c, true",
        "alice, out/bob/c, false",
        "alice, in/c, false",
        "bob, home/a, false",
        "nobody, out/nobody/c, true",
        "root, $SYS/x, false",
        "root, $share/g/x, false",
      })
  void aMessageIsTakenOnlyFromThoseWhoMayWriteIt(String user, String topic, boolean mayWrite) {
    ListenerSettings all = Secured.listener(Security.OPEN);
    TestClient watcher = rig.connect(ConnectOptions.of("watcher"), all);
    for (String filter : List.of("#", "$mine/#", "$mine2/#", "$SYS/#")) {
      watcher.subscribe(filter, Qos.EXACTLY_ONCE);
    }
    watcher.received();
    String got = topic + " x";

    for (ProtocolVersion version : ProtocolVersion.values()) {
      TestClient client = rig.connect(ConnectOptions.of("c").user(user, "x").version(version));
      int refusal = mayWrite || !version.isV5() ? 0 : ReasonCode.NOT_AUTHORIZED;
      client.publish(topic, "x", Qos.AT_MOST_ONCE);
      assertThat(client.peer.all()).isEmpty();
      int one = client.publish(topic, "x", Qos.AT_LEAST_ONCE);
      int two = client.publish(topic, "x", Qos.EXACTLY_ONCE);
      assertThat(client.peer.all())
          .containsExactly(
              Ack.of(PacketType.PUBACK, one, refusal), Ack.of(PacketType.PUBREC, two, refusal));
      client.ack(PacketType.PUBREL, two);
      assertThat(client.peer.all()).containsExactly(Ack.of(PacketType.PUBCOMP, two));
      assertThat(client.peer.isClosed()).isFalse();
      assertThat(watcher.received()).isEqualTo(mayWrite ? List.of(got, got, got) : List.of());
    }

    rig.connect(
            ConnectOptions.of("c")
                .user(user, "x")
                .will(Message.of(topic, "x".getBytes(), Qos.AT_LEAST_ONCE, true)))
        .drop();
    assertThat(watcher.received()).as("will").isEqualTo(mayWrite ? List.of(got) : List.of());
    assertThat(rig.router.retained.isEmpty()).as("retained").isEqualTo(!mayWrite);
  }

  @Test
  void aClientThatMayNotReadLearnsNothing() {
    TestClient root = as("root", "root");
    root.retain("home/secret", "x");
    TestClient client = as("alice", "c");
    client.subscribe("home/secret", Qos.EXACTLY_ONCE);

    root.publish("home/secret", "y", Qos.EXACTLY_ONCE);
    int counted = root.publish("home/secret", "y", Qos.AT_LEAST_ONCE);
    assertThat(client.peer.all()).isEmpty();
    assertThat(root.peer.all())
        .last()
        .isEqualTo(Ack.of(PacketType.PUBACK, counted, ReasonCode.SUCCESS));
  }

  @Test
  void aMemberOfAGroupThatMayNotReadIsPassedOver() {
    TestClient root = as("root", "root");
    List<TestClient> members = new ArrayList<>();
    for (String user : List.of("alice", "bob", "nobody", "bob")) {
      TestClient member = as(user, "m" + members.size());
      member.subscribe("$share/g/#", Qos.AT_LEAST_ONCE);
      members.add(member);
    }
    for (int i = 0; i < 6; i++) {
      root.publish("home/secret", "" + i, Qos.AT_LEAST_ONCE);
    }

    assertThat(members.get(0).received()).isEmpty();
    assertThat(members.get(1).received()).hasSize(3);
    assertThat(members.get(2).received()).isEmpty();
    assertThat(members.get(3).received()).hasSize(3);
    assertThat(rig.events).isEmpty();
  }

  @Test
  void aGroupOfWhichNobodyMayReadIsNoFullQueue() {
    TestClient root = as("root", "root");
    as("alice", "m").subscribe("$share/g/#", Qos.AT_LEAST_ONCE);
    int packetId = root.publish("home/secret", "x", Qos.AT_LEAST_ONCE);

    assertThat(root.peer.all()).containsExactly(Ack.of(PacketType.PUBACK, packetId));
    assertThat(rig.events).isEmpty();
  }

  @Test
  void aSessionThatAnotherUserResumesKeepsWhatHeMayNotRead() {
    TestClient root = as("root", "root");
    rig.connect(ConnectOptions.of("c").user("bob", "x").expiry(60))
        .subscribe("#", Qos.EXACTLY_ONCE);
    TestClient first = rig.connect(ConnectOptions.of("c").user("bob", "x").resume().expiry(60));
    root.publish("home/secret", "sent", Qos.AT_LEAST_ONCE);
    root.publish("home/a", "sent", Qos.AT_LEAST_ONCE);
    assertThat(first.received()).containsExactly("home/secret sent", "home/a sent");
    first.drop();
    root.publish("home/secret", "queued", Qos.AT_LEAST_ONCE);
    root.publish("home/b", "queued", Qos.AT_LEAST_ONCE);

    TestClient other = rig.connect(ConnectOptions.of("c").user("alice", "x").resume().expiry(60));
    assertThat(other.received()).containsExactly("home/a sent", "home/b queued");
    other.drop();
    TestClient back = rig.connect(ConnectOptions.of("c").user("bob", "x").resume());
    assertThat(back.received()).containsExactly("home/a sent", "home/b queued");
  }

  @Test
  void aSharedMessageThatItsMemberMayNotReadAnyMoreGoesToAnother() {
    TestClient root = as("root", "root");
    rig.connect(ConnectOptions.of("c").user("bob", "x").expiry(60))
        .subscribe("$share/g/#", Qos.AT_LEAST_ONCE);
    rig.connect(ConnectOptions.of("c").user("bob", "x").resume().expiry(60)).drop();
    root.publish("home/secret", "x", Qos.AT_LEAST_ONCE);
    TestClient other = as("bob", "other");
    other.subscribe("$share/g/#", Qos.AT_LEAST_ONCE);

    assertThat(rig.connect(ConnectOptions.of("c").user("alice", "x").resume()).received())
        .isEmpty();
    assertThat(other.received()).containsExactly("home/secret x");
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true"})
  void aRetainedMessageNeedsAPublisherWhoMayStillWriteIt(boolean checked, boolean comes) {
    BrokerSettings settings = new BrokerSettings(0, -1, -1, checked, 0, null);
    Rig rig = new Rig(open, settings);
    ListenerSettings second = Secured.withRules("topic #");
    rig.connect(ConnectOptions.of("p"), second).retain("a", "x");
    TestClient reader = rig.connect(ConnectOptions.of("r"), Secured.listener(Security.OPEN));
    reader.subscribe("#", Qos.AT_MOST_ONCE);
    assertThat(reader.received()).containsExactly("a x");

    Secured.replace(second, new Security(true, null, Secured.rules("topic read #")));
    reader.subscribe("#", Qos.AT_MOST_ONCE);
    assertThat(reader.received()).isEqualTo(comes ? List.of("a x") : List.of());
  }

  @Test
  void listenersHaveRulesOfTheirOwn() {
    ListenerSettings other = Secured.withRules("topic read a", "topic write b");
    TestClient here = rig.connect(ConnectOptions.of("h"), Secured.withRules("topic #"));
    TestClient there = rig.connect(ConnectOptions.of("t"), other);
    here.subscribe("#", Qos.AT_MOST_ONCE);
    there.subscribe("#", Qos.AT_MOST_ONCE);
    for (TestClient client : List.of(here, there)) {
      client.publish("a", client.client == here.client ? "h" : "t", Qos.AT_MOST_ONCE);
      client.publish("b", client.client == here.client ? "h" : "t", Qos.AT_MOST_ONCE);
    }

    assertThat(here.received()).containsExactly("a h", "b h", "b t");
    assertThat(there.received()).containsExactly("a h");
  }

  @Test
  void aPublisherThatIsDeniedStaysConnectedAndKeepsItsAliases() {
    TestClient client = as("alice", "c");
    List<Packet> answers = new ArrayList<>();
    client.publish("home/secret", "x", Qos.AT_LEAST_ONCE);
    answers.addAll(client.peer.all());
    client.publish("home/a", "x", Qos.AT_LEAST_ONCE);
    answers.addAll(client.peer.all());

    assertThat(answers)
        .extracting(each -> ((Ack) each).reasonCode())
        .containsExactly(ReasonCode.NOT_AUTHORIZED, ReasonCode.NO_MATCHING_SUBSCRIBERS);
  }
}
