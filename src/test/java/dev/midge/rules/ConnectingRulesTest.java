package dev.midge.rules;

import static dev.midge.mqtt.ProtocolVersion.V3_1;
import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CONNECT and CONNACK, section 4.1. */
class ConnectingRulesTest extends Rules {
  private static final String CONNECT_V5 = "10 0e 0004 4d515454 05 02 003c 00 0001 63";
  private static final String CONNECT_V311 = "10 0d 0004 4d515454 04 02 003c 0001 63";
  private static final String CONNECT_V31 = "10 0f 0006 4d5149736470 03 02 003c 0001 63";

  @Test
  void eachVersionIsAcceptedUnderItsName() throws IOException {
    for (String connect : List.of(CONNECT_V31, CONNECT_V311)) {
      RawClient client = open(V3_1_1);
      client.sendHex(connect + "c000");
      client.expectHex("20 02 00 00 d000");
    }
    assertThat(knock(hello(V5, "c")).reasonCode()).isZero();
  }

  @Test
  void theFirstPacketMustBeConnect() throws IOException {
    for (String hex : List.of("c000", "3003 000161", "e000", "8206 0001 000161 00")) {
      closed(hex);
    }
  }

  @Test
  void aSecondConnectCloses() throws IOException {
    closedAfter(V3_1, CONNECT_V31);
    closedAfter(V3_1_1, CONNECT_V311);
  }

  @Test
  void aSecondConnectOfMqtt5ClosesWithoutAWord() throws IOException {
    closedAfter(V5, CONNECT_V5);
  }

  @Test
  void connackOfMqtt3SaysNothingMore() throws IOException {
    RawClient client = open(V3_1_1);
    client.sendHex(CONNECT_V311);
    client.expectHex("20 02 00 00");
  }

  @Test
  void connackTellsTheDefaultsInOrder() throws IOException {
    RawClient client = open(V5);
    client.sendHex(CONNECT_V5);
    client.expectHex("20 0e 00 00 0b 22000a 27001e8480 210014");
  }

  @Test
  void connackTellsEveryLimitInItsPlace() throws IOException {
    given(
        "max_keepalive 30",
        "max_topic_alias 7",
        "retain_available false",
        "max_packet_size 5000",
        "max_inflight_messages 3",
        "max_qos 1",
        "auto_id_prefix x-");
    RawClient client = open(V5);
    client.send(hello(V5, "").packet());
    Connack connack = client.expect(Connack.class);
    String assigned = connack.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
    assertThat(connack.properties())
        .isEqualTo(
            Properties.builder()
                .add(Property.SERVER_KEEP_ALIVE, 30)
                .add(Property.TOPIC_ALIAS_MAXIMUM, 7)
                .add(Property.ASSIGNED_CLIENT_IDENTIFIER, assigned)
                .add(Property.RETAIN_AVAILABLE, 0)
                .add(Property.MAXIMUM_PACKET_SIZE, 5000)
                .add(Property.RECEIVE_MAXIMUM, 3)
                .add(Property.MAXIMUM_QOS, 1)
                .build());
  }

  @Test
  void connackLeavesOutWhatIsOff() throws IOException {
    given("max_topic_alias 0", "max_inflight_messages 0");
    Properties properties = knock(hello(V5, "c")).properties();
    assertThat(properties.has(Property.TOPIC_ALIAS_MAXIMUM)).isFalse();
    assertThat(properties.has(Property.RECEIVE_MAXIMUM)).isFalse();
    assertThat(properties.has(Property.SERVER_KEEP_ALIVE)).isFalse();
    assertThat(properties.has(Property.ASSIGNED_CLIENT_IDENTIFIER)).isFalse();
    assertThat(properties.has(Property.RETAIN_AVAILABLE)).isFalse();
    assertThat(properties.has(Property.MAXIMUM_QOS)).isFalse();
  }

  @Test
  void aRefusalHasTheShapeOfItsVersion() throws IOException {
    // v5: Receive Maximum 0; 3.1.1: no identifier for a session to be kept.
    answered("10 11 0004 4d515454 05 02 003c 03 210000 0001 63", "20 03 00 82 00");
    answered("10 0c 0004 4d515454 04 00 003c 0000", "20 02 00 02");
  }

  @Test
  void sessionPresentOnlyIfThereIsOneAndItIsWanted() throws IOException {
    for (ProtocolVersion version : List.of(V3_1_1, V5)) {
      String id = "p" + version;
      assertThat(knock(hello(version, id).kept()).sessionPresent()).isFalse();
      assertThat(knock(hello(version, id).kept()).sessionPresent()).isTrue();
      assertThat(knock(hello(version, id)).sessionPresent()).isFalse();
    }
  }

  @Test
  void sessionPresentIsNeverToldToMqtt31() throws IOException {
    leave(join(hello(V3_1, "c").kept()));
    assertThat(knock(hello(V3_1, "c").kept()).sessionPresent()).isFalse();
  }

  @Test
  void cleanStartEndsTheOldSession() throws IOException {
    for (ProtocolVersion version : ALL) {
      RawClient first = join(hello(version, "c").kept());
      first.subscribe("a", QOS1);
      leave(first);
      leave(join(hello(version, "c")));
      RawClient again = join(hello(version, "c").resume());
      say(join(V5, "p"), "a", "x", QOS1);
      again.expectNothing();
      leave(again);
    }
  }

  @Test
  void aCleanSessionOfMqtt3EndsWithItsConnection() throws IOException {
    RawClient first = join(V3_1_1, "c");
    first.subscribe("a", QOS1);
    leave(first);
    assertThat(knock(hello(V3_1_1, "c").resume()).sessionPresent()).isFalse();
  }

  @Test
  void aSessionOfMqtt3WithoutCleanSessionIsKept() throws IOException {
    for (ProtocolVersion version : List.of(V3_1, V3_1_1)) {
      RawClient first = join(hello(version, "c").resume());
      first.subscribe("a", QOS1);
      leave(first);
      say(join(V5, "p"), "a", "x", QOS1);
      RawClient again = join(hello(version, "c").resume());
      take(again, "x");
      leave(again);
      leave(join(hello(version, "c")));
    }
  }

  @Test
  void anEmptyIdentifierIsRefusedWhereNothingCanBeMadeOfIt() throws IOException {
    refused(hello(V3_1, ""), 0x02);
    refused(hello(V3_1_1, "").resume(), 0x02);
  }

  @Test
  void anEmptyIdentifierIsRefusedIfTheBrokerIsToldSo() throws IOException {
    given("allow_zero_length_clientid false");
    refused(hello(V3_1_1, ""), 0x02);
    refused(hello(V5, ""), 0x80);
  }

  @Test
  void anAssignedIdentifierIsMadeAndReturnedInMqtt5() throws IOException {
    join(V3_1_1, "").expectNothing();
    Connack connack = knock(hello(V5, ""));
    assertThat(connack.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER))
        .matches("auto-[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  }

  @Test
  void anAssignedIdentifierCanBeResumed() throws IOException {
    Connack connack = knock(hello(V5, "").kept());
    String id = connack.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
    assertThat(knock(hello(V5, id).kept()).sessionPresent()).isTrue();
  }

  @Test
  void identifiersMayBeAsLongAsAStringCanBe() throws IOException {
    for (ProtocolVersion version : ALL) {
      String id = version.level() + "x".repeat(65_534);
      assertThat(knock(hello(version, id)).reasonCode()).isZero();
    }
  }

  @Test
  void identifiersMayHoldAnyCharacters() throws IOException {
    for (ProtocolVersion version : ALL) {
      assertThat(knock(hello(version, "a b/+#é€😀")).reasonCode()).isZero();
    }
  }

  @Test
  void theSameIdentifierTakesOver() throws IOException {
    RawClient first = join(V3_1_1, "c");
    RawClient second = join(V3_1_1, "c");
    ends(first);
    second.expectNothing();
  }

  @Test
  void theSameIdentifierTakesOverAndMqtt5IsTold() throws IOException {
    RawClient first = join(V5, "c");
    RawClient second = join(V5, "c");
    leaves(first, 0x8e);
    second.expectNothing();
  }

  @Test
  void aLongKeepAliveIsShortenedForMqtt5() throws IOException {
    given("max_keepalive 30");
    for (int asked : List.of(0, 31, 65_535)) {
      Properties properties = knock(hello(V5, "c").keepAlive(asked)).properties();
      assertThat(properties.number(Property.SERVER_KEEP_ALIVE, -1)).isEqualTo(30);
    }
    Properties properties = knock(hello(V5, "c").keepAlive(30)).properties();
    assertThat(properties.has(Property.SERVER_KEEP_ALIVE)).isFalse();
  }

  @Test
  void aLongKeepAliveIsRefusedToMqtt3() throws IOException {
    given("max_keepalive 30");
    for (ProtocolVersion version : List.of(V3_1, V3_1_1)) {
      refused(hello(version, "c").keepAlive(0), 0x02);
      refused(hello(version, "c").keepAlive(31), 0x02);
      assertThat(knock(hello(version, "c").keepAlive(30)).reasonCode()).isZero();
    }
  }

  @Test
  void aPasswordAloneIsForMqtt5() throws IOException {
    assertThat(knock(hello(V5, "c").password(null, "secret")).reasonCode()).isZero();
  }

  @Test
  void aPasswordAloneCloses() throws IOException {
    closed("10 10 0004 4d515454 04 42 003c 0001 63 0001 70");
  }

  @Test
  void anAuthenticationMethodIsRefused() throws IOException {
    refused(
        hello(V5, "c")
            .with(Properties.builder().add(Property.AUTHENTICATION_METHOD, "SCRAM").build()),
        0x8c);
  }

  @Test
  void authenticationDataWithoutMethodIsAnError() throws IOException {
    refused(
        hello(V5, "c")
            .with(Properties.builder().add(Property.AUTHENTICATION_DATA, new byte[] {1}).build()),
        0x82);
  }

  @Test
  void maximaOfZeroAreErrors() throws IOException {
    refused(hello(V5, "c").with(Property.RECEIVE_MAXIMUM, 0), 0x82);
    refused(hello(V5, "c").with(Property.MAXIMUM_PACKET_SIZE, 0), 0x82);
  }

  @Test
  void aConnackTooLargeForTheClientIsNotSent() throws IOException {
    RawClient client = open(V5);
    client.send(hello(V5, "c").with(Property.MAXIMUM_PACKET_SIZE, 6).packet());
    ends(client);
  }

  @Test
  void aWillOfTooHighQosIsRefused() throws IOException {
    given("max_qos 0");
    refused(hello(V5, "c").will("a"), 0x9b);
  }

  @Test
  void aRetainedWillIsRefusedWhereNothingIsRetained() throws IOException {
    given("retain_available false");
    refused(hello(V5, "c").will(retained("a", "x")), 0x9a);
  }

  @Test
  void aWillThatIsTooLongIsRefused() throws IOException {
    given("message_size_limit 3");
    refused(hello(V5, "c").will("a"), 0x95);
    refused(hello(V3_1_1, "c").will("a"), 0x05);
    assertThat(knock(hello(V5, "c").will(message("a", "abc", QOS0))).reasonCode()).isZero();
  }

  @Test
  void withoutProblemInformationThereIsNone() throws IOException {
    RawClient client = join(hello(V5, "c").with(Property.REQUEST_PROBLEM_INFORMATION, 0));
    client.sendHex("3406 000124 0001 00");
    Ack pubrec = ack(client, PacketType.PUBREC, 1);
    assertThat(pubrec.properties().isEmpty()).isTrue();
    client.sendHex("8206 0002 00 000000"); // bad filter
    leaves(client, 0x81);
  }

  @Test
  void checksHaveAnOrder() throws IOException {
    // Each pair: what comes first in the order is what is told.
    closed("10 0e 0004 4d515458 06 02 003c 00 0001 63"); // name, version
    answered("10 0e 0004 4d515454 06 03 003c 00 0001 63", "20 03 00 84 00"); // version, flags
    closed("10 11 0004 4d515454 05 03 003c 03 210000 0001 63"); // flags, properties
    answered(
        "10 11 0004 4d515454 05 02 003c 03 210000 0001 ff", "20 03 00 82 00"); // properties, id
    answered("10 12 0004 4d515454 05 06 003c 00 0001 ff 00 0000 00", "20 03 00 85 00"); // id, will
  }

  @Test
  void willOptionsAreCheckedBeforeTheIdentifier() throws IOException {
    given("allow_zero_length_clientid false", "max_qos 0", "message_size_limit 3");
    refused(hello(V5, "").will(message("a", "long enough", QOS1)), 0x9b);
    refused(hello(V5, "").will(message("a", "long enough", QOS0)), 0x80);
  }

  @Test
  void aRefusedConnectDisturbsNobody() throws IOException {
    RawClient watcher = join(V5, "w");
    watcher.subscribe("s/#", QOS0);
    RawClient first = join(hello(V5, "c").will("s/old"));
    refused(hello(V5, "c").will("s/new").with(Property.RECEIVE_MAXIMUM, 0), 0x82);
    first.expectNothing();
    watcher.expectNothing();
  }

  /** Each of its subscriptions has Retain As Published and No Local. */
  @Test
  void aBridgeOfMosquittosIsAClientThatHearsNothingOfItself() throws IOException {
    RawClient other = join(V5, "o");
    say(other, retained("kept", "before"));
    for (ProtocolVersion version : List.of(V3_1, V3_1_1)) {
      Connect ordinary = hello(version, "bridge").packet();
      Connect bridge =
          new Connect(version, true, 60, "bridge", null, null, null, ordinary.properties(), true);
      RawClient client = open(version).accepted(bridge);
      client.subscribe("#", QOS1);
      assertThat(take(client, "before").message().retain()).isTrue();
      client.publish("a", "its own", QOS0);
      say(other, retained("a", "retained"));
      assertThat(take(client, "retained").message().retain()).isTrue();
      say(other, message("a", "live", QOS1));
      assertThat(take(client, "live").message().retain()).isFalse();
      client.expectNothing();
      say(other, retained("a", ""));
      take(client, "");
      leave(client);
    }
  }
}
