package dev.midge.broker.core.router;

import static dev.midge.mqtt.ProtocolVersion.V3_1;
import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.access.Passwords;
import dev.midge.broker.access.Security;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.ListenerRules;
import dev.midge.broker.config.ListenerRules.Identity;
import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LoginTest {
  private static final int NOT_AUTHORISED_V3 = 5;

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // anonymous allowed, passwords, user, password, let in
        "true, false, -, -, true",
        "false, false, -, -, false",
        "true, false, alice, wrong, true",
        "false, false, alice, a-word, false",
        "true, true, -, -, true",
        "false, true, -, -, false",
        "true, true, alice, a-word, true",
        "false, true, alice, a-word, true",
        "true, true, alice, b-word, false",
        "false, true, alice, b-word, false",
        "false, true, alice, -, false",
        "true, true, alice, -, false",
        "true, true, nobody, a-word, false",
        "false, true, Alice, a-word, false",
      })
  void whoIsLetIn(
      boolean anonymous, boolean passwords, String user, String password, boolean letIn) {
    Security security = new Security(anonymous, passwords ? Secured.PASSWORDS : null, null);
    for (ProtocolVersion version : ProtocolVersion.values()) {
      Rig rig = new Rig(Secured.listener(security));
      TestClient client = rig.connect(ConnectOptions.of("c").version(version).user(user, password));

      int refusal = version.isV5() ? ReasonCode.NOT_AUTHORIZED : NOT_AUTHORISED_V3;
      assertThat(client.connack.reasonCode()).isEqualTo(letIn ? 0 : refusal);
      assertThat(client.peer.isClosed()).isEqualTo(!letIn);
      assertThat(rig.events).isEqualTo(letIn ? List.of() : List.of("null ended: not authorised"));
    }
  }

  @Test
  void aPasswordWithoutUserIsThatOfAnAnonymousClient() {
    ConnectOptions options = ConnectOptions.of("c").user(null, "a-word");

    assertThat(new Rig(Secured.withPasswords()).connect(options).connack.reasonCode())
        .isEqualTo(ReasonCode.NOT_AUTHORIZED);
    assertThat(new Rig().connect(options).connack.reasonCode()).isZero();
  }

  @Test
  void aRefusedLoginNeitherTakesASessionOverNorLeavesAWill() {
    Rig rig = new Rig(Secured.withPasswords());
    TestClient watcher = rig.connect(ConnectOptions.of("w").user("bob", "b-word"));
    watcher.subscribe("#", Qos.AT_MOST_ONCE);
    TestClient old =
        rig.connect(ConnectOptions.of("c").user("alice", "a-word").will("will/old", 0));
    old.subscribe("a", Qos.AT_LEAST_ONCE);

    rig.connect(ConnectOptions.of("c").user("alice", "wrong").will("will/new", 0));

    assertThat(old.peer.isClosed()).isFalse();
    watcher.publish("a", "still there", Qos.AT_MOST_ONCE);
    assertThat(old.received()).containsExactly("a still there");
    assertThat(watcher.received()).containsExactly("a still there");
  }

  @Test
  void theOldConnectionStaysUntilThePasswordIsKnownToBeRight() {
    Rig rig = new Rig(Secured.withPasswords());
    TestClient old = rig.connect(ConnectOptions.of("c").user("alice", "a-word"));
    rig.sideWork.hold();
    TestClient next = rig.open();
    next.send(ConnectOptions.of("c").user("alice", "a-word").packet());

    assertThat(old.peer.isClosed()).isFalse();
    assertThat(next.peer.all()).isEmpty();
    rig.sideWork.release();
    assertThat(old.disconnectReason()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
    assertThat(next.peer.next()).isInstanceOf(Connack.class);
  }

  @Test
  void whatComesDuringTheLoginWaitsForItsEnd() {
    Rig rig = new Rig(Secured.withPasswords());
    rig.sideWork.hold();
    TestClient client = rig.open();
    client.send(ConnectOptions.of("c").user("alice", "a-word").packet());

    assertThat(client.client.isThrottled(rig.time.now())).isTrue();
    client.send(Ping.REQUEST);
    client.publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(client.peer.all()).isEmpty();

    rig.sideWork.release();
    assertThat(client.client.isThrottled(rig.time.now())).isFalse();
    assertThat(client.peer.all())
        .extracting(packet -> packet.type().name())
        .containsExactly("CONNACK", "PINGRESP", "PUBACK");
  }

  @Test
  void othersAreServedMeanwhile() {
    Rig rig = new Rig(Secured.withPasswords());
    TestClient served = rig.connect(ConnectOptions.of("s").user("bob", "b-word"));
    served.subscribe("a", Qos.AT_MOST_ONCE);
    rig.sideWork.hold();
    for (int i = 0; i < 300; i++) {
      rig.open().send(ConnectOptions.of("c" + i).user("alice", "a-word").packet());
    }

    served.publish("a", "x", Qos.AT_MOST_ONCE);
    assertThat(served.received()).containsExactly("a x");
    assertThat(rig.sideWork.waiting()).isEqualTo(300);
    rig.sideWork.release();
    assertThat(rig.router.sessions(rig.time.now())).hasSize(301);
  }

  @Test
  void aConnectionThatEndsDuringItsLoginBeginsNoSession() {
    Rig rig = new Rig(Secured.withPasswords());
    rig.sideWork.hold();
    TestClient gone = rig.open();
    gone.send(ConnectOptions.of("c").user("alice", "a-word").will("w", 0).packet());
    gone.drop();
    TestClient silent = rig.open();
    silent.send(ConnectOptions.of("d").user("alice", "a-word").packet());
    rig.time.advanceSeconds(60);

    assertThat(silent.peer.isClosed()).isTrue();
    assertThat(gone.client.isThrottled(rig.time.now())).isFalse();
    rig.sideWork.release();
    assertThat(gone.peer.all()).isEmpty();
    assertThat(silent.peer.all()).isEmpty();
    assertThat(rig.router.sessions(rig.time.now())).isEmpty();
  }

  @Test
  void filesThatAreReadDuringALoginCount() {
    ListenerSettings listener = Secured.withPasswords();
    Rig rig = new Rig(listener);
    rig.sideWork.hold();
    TestClient client = rig.open();
    client.send(ConnectOptions.of("c").user("alice", "a-word").packet());
    Secured.replace(listener, new Security(false, Passwords.of(Map.of("bob", "x")), null));
    rig.router.reload(rig.time.now());
    rig.sideWork.release();

    assertThat(((Connack) client.peer.next()).reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void versionsThatAreNotAcceptedAreRefusedBeforeAllElse(ProtocolVersion version) {
    Set<ProtocolVersion> others =
        version == V5 ? Set.of(V3_1, V3_1_1) : Set.of(V5, version == V3_1 ? V3_1_1 : V3_1);
    ListenerRules rules = new ListenerRules(-1, others, "", true, Identity.COMMON_NAME, List.of());
    Rig rig = new Rig(Secured.listener(rules));
    ConnectOptions options =
        ConnectOptions.of("")
            .version(version)
            .will(Message.of("w", new byte[0], Qos.EXACTLY_ONCE, true));

    assertThat(rig.connect(options).connack)
        .isEqualTo(new Connack(false, version == V5 ? 0x84 : 1, Properties.NONE));
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void theVersionIsJudgedBeforeWhatIsMalformedBehindIt(ProtocolVersion version) {
    ListenerRules none = new ListenerRules(-1, Set.of(), "", false, Identity.NONE, List.of());
    TestClient client = new Rig(Secured.listener(none)).open();
    client.client.malformed(
        new MalformedPacketException(ReasonCode.MALFORMED_PACKET, "cut short"), version, 1);

    assertThat(client.peer.all())
        .containsExactly(new Connack(false, version == V5 ? 0x84 : 1, Properties.NONE));
    assertThat(client.peer.isClosed()).isTrue();
  }

  @Test
  void eachListenerHasLimitsOfItsOwn() {
    Rig rig = new Rig();
    ListenerSettings strict =
        ListenerSettings.open(
            "1884",
            Limits.builder()
                .allowZeroLengthClientId(false)
                .maxQos(Qos.AT_MOST_ONCE)
                .maxTopicAlias(3)
                .messageSizeLimit(2)
                .build());
    ListenerSettings other =
        ListenerSettings.open("1885", Limits.builder().autoIdPrefix("x-").build());

    assertThat(rig.connect(ConnectOptions.of(""), strict).connack.reasonCode())
        .isEqualTo(ReasonCode.UNSPECIFIED_ERROR);
    Properties assigned = rig.connect(ConnectOptions.of(""), other).connack.properties();
    assertThat(assigned.text(Property.ASSIGNED_CLIENT_IDENTIFIER)).startsWith("x-");
    TestClient limited = rig.connect(ConnectOptions.of("c"), strict);
    assertThat(limited.connack.properties().number(Property.MAXIMUM_QOS, 2)).isZero();
    assertThat(limited.connack.properties().number(Property.TOPIC_ALIAS_MAXIMUM, 0)).isEqualTo(3);
    limited.subscribe("a", Qos.EXACTLY_ONCE);
    TestClient free = rig.connect("f");
    free.publish("a", "three", Qos.AT_LEAST_ONCE);
    assertThat(limited.publishes())
        .singleElement()
        .satisfies(got -> assertThat(got.message().qos()).isEqualTo(Qos.AT_MOST_ONCE));
    limited.publish("a", "thr", Qos.AT_MOST_ONCE);
    limited.publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(limited.disconnectReason()).isEqualTo(ReasonCode.QOS_NOT_SUPPORTED);
  }

  @Test
  void theUserNameMayTakeThePlaceOfTheClientIdentifier() {
    Rig rig = new Rig(Secured.listener(Secured.rules(true, Identity.NONE)));
    TestClient first = rig.connect(ConnectOptions.of("one").user("alice", "x"));
    rig.connect(ConnectOptions.of("two").user("alice", "x"));
    Connack nameless = rig.connect(ConnectOptions.of("").user("bob", "x")).connack;

    assertThat(first.disconnectReason()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
    assertThat(nameless.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER)).isEqualTo("bob");
    assertThat(rig.router.session("alice", rig.time.now())).isNotNull();
    assertThat(rig.router.session("two", rig.time.now())).isNull();
  }

  @Test
  void withoutAUserNameThereIsNoClientIdentifierThen() {
    Rig rig = new Rig(Secured.listener(Secured.rules(true, Identity.NONE)));

    assertThat(rig.connect("c").connack.reasonCode()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    assertThat(rig.connect(ConnectOptions.of("c").version(V3_1_1)).connack.reasonCode())
        .isEqualTo(NOT_AUTHORISED_V3);
  }

  @Test
  void closingDuringALoginByTheBrokerItselfIsHarmless() {
    Rig rig = new Rig(Secured.withPasswords());
    rig.sideWork.hold();
    TestClient client = rig.open();
    client.send(ConnectOptions.of("c").user("alice", "a-word").packet());
    rig.router.stop(rig.time.now());
    client.client.closed(DisconnectCause.STOPPED, rig.time.now());
    rig.sideWork.release();

    assertThat(client.peer.all().stream().filter(Publish.class::isInstance)).isEmpty();
    assertThat(rig.router.sessions(rig.time.now())).isEmpty();
  }
}
