package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.access.Security;
import dev.midge.broker.config.Limits;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountPointTest {
  private final Rig rig = new Rig();
  private final ListenerSettings site = Secured.listener(Secured.mountedAt("site/"));
  private final TestClient whole = rig.connect("whole");

  private TestClient mounted(String clientId) {
    return rig.connect(ConnectOptions.of(clientId), site);
  }

  @Test
  void clientsBehindAMountPointSeeTheirPartOfTheTopicsWithoutItsName() {
    TestClient client = mounted("c");
    client.subscribe("#", Qos.AT_LEAST_ONCE);
    whole.subscribe("#", Qos.AT_MOST_ONCE);

    whole.publish("site/lamp", "1", Qos.AT_LEAST_ONCE);
    whole.publish("lamp", "2", Qos.AT_LEAST_ONCE);
    whole.publish("site", "3", Qos.AT_LEAST_ONCE);
    whole.publish("sites/lamp", "4", Qos.AT_LEAST_ONCE);
    client.publish("door", "5", Qos.AT_MOST_ONCE);
    client.publish("site/door", "6", Qos.AT_MOST_ONCE);

    assertThat(client.received()).containsExactly("lamp 1", "door 5", "site/door 6");
    assertThat(whole.received())
        .containsExactly(
            "site/lamp 1", "lamp 2", "site 3", "sites/lamp 4", "site/door 5", "site/site/door 6");
  }

  @Test
  void anExactFilterAndItsEndAreThoseOfTheClient() {
    TestClient client = mounted("c");
    client.subscribe("a/+", Qos.AT_MOST_ONCE);
    whole.publish("site/a/b", "1", Qos.AT_MOST_ONCE);
    client.send(new Unsubscribe(7, List.of("a/+", "site/a/+"), Properties.NONE));
    whole.publish("site/a/b", "2", Qos.AT_MOST_ONCE);

    assertThat(client.peer.all())
        .hasSize(2)
        .last()
        .isEqualTo(
            new Unsuback(
                7,
                List.of(ReasonCode.SUCCESS, ReasonCode.NO_SUBSCRIPTION_EXISTED),
                Properties.NONE));
  }

  @Test
  void theNameOfASharedSubscriptionKeepsItsPlace() {
    TestClient client = mounted("c");
    client.subscribe("$share/g/a/#", Qos.AT_MOST_ONCE);
    TestClient other = rig.connect("other");
    other.subscribe("$share/g/site/a/#", Qos.AT_MOST_ONCE);
    for (int i = 0; i < 4; i++) {
      whole.publish("site/a/b", "" + i, Qos.AT_MOST_ONCE);
    }

    assertThat(client.received()).containsExactly("a/b 0", "a/b 2");
    assertThat(other.received()).containsExactly("site/a/b 1", "site/a/b 3");
  }

  @Test
  void retainedMessagesAndWillsAreMounted() {
    whole.retain("site/a", "1");
    whole.retain("a", "2");
    rig.connect(ConnectOptions.of("w").will("gone", 0), site).drop();
    TestClient client = mounted("c");
    client.retain("b", "3");
    client.subscribe("#", Qos.AT_MOST_ONCE);

    assertThat(client.received()).containsExactly("a 1", "b 3");
    assertThat(rig.router.retained("#", null, 10, rig.time.now()))
        .extracting(Message::topic)
        .containsExactly("a", "site/a", "site/b");
    whole.subscribe("site/gone", Qos.AT_MOST_ONCE);
    rig.connect(ConnectOptions.of("w").will("gone", 0), site).drop();
    assertThat(whole.received()).containsExactly("site/gone gone");
  }

  @Test
  void topicAliasesHoldForTheTopicsThatTheClientKnows() {
    TestClient client =
        rig.connect(ConnectOptions.of("c").with(Property.TOPIC_ALIAS_MAXIMUM, 5), site);
    client.subscribe("#", Qos.AT_MOST_ONCE);
    whole.subscribe("#", Qos.AT_MOST_ONCE);
    Properties alias = Properties.of(Property.TOPIC_ALIAS, 1);
    client.publish(new Message("a", "1".getBytes(), Qos.AT_MOST_ONCE, false, alias));
    client.publish(new Message("", "2".getBytes(), Qos.AT_MOST_ONCE, false, alias));

    assertThat(whole.received()).containsExactly("site/a 1", "site/a 2");
    List<Publish> got = client.publishes();
    assertThat(got).extracting(each -> each.message().topic()).containsExactly("a", "");
    assertThat(got).extracting(each -> each.message().properties()).containsOnly(alias);
  }

  @Test
  void whatIsQueuedOrSentAgainIsWithoutTheMountPoint() {
    rig.connect(ConnectOptions.of("c").expiry(60), site).subscribe("#", Qos.AT_LEAST_ONCE);
    TestClient client = rig.connect(ConnectOptions.of("c").resume().expiry(60), site);
    whole.publish("site/a", "sent", Qos.AT_LEAST_ONCE);
    client.drop();
    whole.publish("site/a", "queued", Qos.AT_LEAST_ONCE);

    assertThat(rig.connect(ConnectOptions.of("c").resume().expiry(60), site).received())
        .containsExactly("a sent", "a queued");
  }

  @Test
  void aSessionThatIsResumedElsewhereHasNoTopicBehindAnotherMountPoint() {
    rig.connect(ConnectOptions.of("c").expiry(60), site).subscribe("#", Qos.AT_LEAST_ONCE);
    rig.connect(ConnectOptions.of("c").resume().expiry(60), site).drop();
    whole.publish("site/a", "1", Qos.AT_LEAST_ONCE);
    ListenerSettings other = Secured.listener(Secured.mountedAt("other/"));
    TestClient elsewhere = rig.connect(ConnectOptions.of("c").resume().expiry(60), other);
    whole.publish("site/a", "2", Qos.AT_LEAST_ONCE);

    assertThat(elsewhere.received()).isEmpty();
    TestClient moved = rig.connect(ConnectOptions.of("c").resume().expiry(60));
    whole.publish("site/a", "3", Qos.AT_LEAST_ONCE);
    assertThat(moved.received()).containsExactly("site/a 3");
  }

  @Test
  void accessRulesNameWholeTopics() {
    ListenerSettings ruled =
        new ListenerSettings(
            "1884",
            Limits.DEFAULT,
            Secured.mountedAt("site/"),
            new Security(true, null, Secured.rules("topic site/a", "topic write b")));
    TestClient client = rig.connect(ConnectOptions.of("c"), ruled);
    client.subscribe("#", Qos.AT_MOST_ONCE);
    client.publish("a", "1", Qos.AT_MOST_ONCE);
    client.publish("b", "2", Qos.AT_MOST_ONCE);

    assertThat(client.received()).containsExactly("a 1");
  }

  @Test
  void reservedTopicsAreOrdinaryBehindAMountPoint() {
    TestClient client = mounted("c");
    client.subscribe("$SYS/#", Qos.AT_MOST_ONCE);
    client.publish("$SYS/x", "1", Qos.AT_MOST_ONCE);

    assertThat(client.received()).containsExactly("$SYS/x 1");
  }

  @Test
  void aTopicThatIsTooLongBehindTheMountPointEndsTheConnection() {
    TestClient client = mounted("c");
    client.publish("x".repeat(65_531), "1", Qos.AT_MOST_ONCE);
    assertThat(client.disconnectReason()).isEqualTo(ReasonCode.MALFORMED_PACKET);

    String longest = "x".repeat(65_530);
    TestClient good = mounted("c");
    good.subscribe(longest, Qos.AT_MOST_ONCE);
    good.publish(longest, "1", Qos.AT_MOST_ONCE);
    assertThat(good.received()).containsExactly(longest + " 1");
    for (ProtocolVersion version : ProtocolVersion.values()) {
      ConnectOptions will = ConnectOptions.of("w").version(version).will(longest + "x", 0);
      assertThat(rig.connect(will, site).connack.reasonCode())
          .isEqualTo(version.isV5() ? ReasonCode.TOPIC_NAME_INVALID : 5);
    }
  }
}
