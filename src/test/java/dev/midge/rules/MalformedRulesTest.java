package dev.midge.rules;

import static dev.midge.mqtt.ProtocolVersion.V3_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Suback;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What no client may send, section 5, and the shapes of packets, section 4. Every packet of the
 * table of errors is tried in all its variants in {@code PacketFixturesTest}; here stands what the
 * peer gets to see.
 */
class MalformedRulesTest extends Rules {
  private static final String NAME = "0004 4d515454";

  @Test
  void aVersionNamedWronglyIsToldInItsShape() throws IOException {
    answered("10 0d " + NAME + " 03 02 003c 0001 63", "20 02 00 01");
    answered("10 0f 0006 4d5149736470 04 02 003c 0001 63", "20 02 00 01");
  }

  @Test
  void anUnknownVersionIsToldInTheShapeOfMqtt5() throws IOException {
    answered("10 0e " + NAME + " 06 02 003c 00 0001 63", "20 03 00 84 00");
    answered("10 10 0006 4d5149736470 05 02 003c 00 0001 63", "20 03 00 84 00");
  }

  @Test
  void aLevelOfOldOrWithTheBridgesBitIsToldInTheShapeOfMqtt3() throws IOException {
    for (String level : List.of("00", "01", "02", "80", "83", "85", "86", "ff")) {
      answered("10 0d " + NAME + level + " 02 003c 0001 63", "20 02 00 01");
    }
    answered("10 0f 0006 4d5149736470 84 02 003c 0001 63", "20 02 00 01");
  }

  @Test
  void whatIsNoConnectIsClosed() throws IOException {
    closed("10 0e 0004 4d515458 05 02 003c 00 0001 63"); // name
    closed("10 0f 0005 4d51545454 05 02 003c 00 0001 63"); // its length
    closed("10 0e " + NAME + " 05 03 003c 00 0001 63"); // reserved flag
    closed("10 0d " + NAME + " 04 03 003c 0001 63");
    closed("10 0e " + NAME + " 05 1e 003c 00 0001 63"); // will QoS 3
    closed("10 0e " + NAME + " 05 0a 003c 00 0001 63"); // will QoS without will
    closed("10 0e " + NAME + " 05 22 003c 00 0001 63"); // will retain without will
    closed("11 0e " + NAME + " 05 02 003c 00 0001 63"); // flags
  }

  @Test
  void aTlsHelloOnAPlainPortIsClosed() throws IOException {
    closed("160301 0005 0100000100");
  }

  @Test
  void aConnectCutShortEarlyIsClosed() throws IOException {
    closed("10 06 " + NAME);
    closed("10 07 " + NAME + " 05");
    closed("10 09 " + NAME + " 05 02 00");
    closed("10 0e " + NAME + " 05 02 003c 00 0002 63");
  }

  @Test
  void aConnectCutShortLaterIsTold() throws IOException {
    String told = "20 03 00 81 00";
    answered("10 0d " + NAME + " 05 02 003c 03 2100", told); // properties
    answered("10 0f " + NAME + " 05 06 003c 00 0001 63 00", told); // will properties
    answered("10 11 " + NAME + " 05 06 003c 00 0001 63 00 0005", told); // will topic
    answered("10 12 " + NAME + " 05 06 003c 00 0001 63 00 0001 61", told); // no payload
    answered("10 0f " + NAME + " 05 02 003c 00 0001 63 00", told); // surplus
    answered("10 14 " + NAME + " 05 06 003c 00 0001 63 00 0001 ff 0000", told); // UTF-8
  }

  @Test
  void aConnectOfMqtt3CutShortIsClosed() throws IOException {
    closed("10 0e " + NAME + " 04 02 003c 0001 63 00");
    closed("10 0d " + NAME + " 04 06 003c 0001 63");
    closed("10 12 " + NAME + " 04 06 003c 0001 63 0001 ff 0000");
    closed("10 0d " + NAME + " 04 82 003c 0001 63");
  }

  @Test
  void aWillTopicWithWildcardIsClosed() throws IOException {
    closed("10 14 " + NAME + " 05 06 003c 00 0001 63 00 0001 2b 0000");
    closed("10 12 " + NAME + " 04 06 003c 0001 63 0001 23 0000");
  }

  @Test
  void anEmptyWillTopicIsAnError() throws IOException {
    answered("10 13 " + NAME + " 05 06 003c 00 0001 63 00 0000 0000", "20 03 00 82 00");
    closed("10 11 " + NAME + " 04 06 003c 0001 63 0000 0000");
  }

  @Test
  void aBadIdentifierIsTold() throws IOException {
    answered("10 0e " + NAME + " 05 02 003c 00 0001 ff", "20 03 00 85 00");
    closed("10 0d " + NAME + " 04 02 003c 0001 ff");
  }

  @Test
  void aBadUserNameIsClosed() throws IOException {
    closed("10 11 " + NAME + " 05 82 003c 00 0001 63 0001 ff");
    closed("10 0e " + NAME + " 05 82 003c 00 0001 63");
    closed("10 0e " + NAME + " 05 42 003c 00 0001 63");
  }

  @Test
  void aMissingUserNameOfMqtt31IsIgnored() throws IOException {
    RawClient client = open(V3_1);
    client.sendHex("10 0f 0006 4d5149736470 03 c2 003c 0001 63");
    client.expectHex("20 02 00 00");
  }

  @Test
  void aConnectOver100000BytesIsClosed() throws IOException {
    closed("10 a18d06"); // announced only
  }

  @Test
  void anUnreadablePropertyBlockIsMalformed() throws IOException {
    answered("10 10 " + NAME + " 05 02 003c 02 7f00 0001 63", "20 03 00 81 00"); // unknown id
    answered("10 10 " + NAME + " 05 02 003c 02 2100 0001 63", "20 03 00 81 00"); // cut short
    sentAwayV5(0x81, "3006 000161 02 7f00");
    sentAwayV5(0x81, "3006 000161 02 0100".replace("0100", "0200"));
    sentAwayV5(0x81, "3009 000161 05 030002 ff61");
    sentAwayV5(0x81, "8209 0001 02 7f00 000161 00");
  }

  @Test
  void aPropertyThatMayNotStandThereIsAnError() throws IOException {
    answered("10 11 " + NAME + " 05 02 003c 03 230001 0001 63", "20 03 00 82 00"); // topic alias
    answered("10 14 " + NAME + " 05 02 003c 06 210001 210001 0001 63", "20 03 00 82 00"); // twice
    answered("10 10 " + NAME + " 05 02 003c 02 1702 0001 63", "20 03 00 82 00"); // neither 0 nor 1
    sentAwayV5(0x82, "3007 000161 03 210001");
    sentAwayV5(0x82, "3008 000161 04 0101 0101");
    sentAwayV5(0x82, "3006 000161 02 0102");
  }

  @Test
  void aResponseTopicMustBeATopic() throws IOException {
    sentAwayV5(0x82, "3008 000161 04 080001 23");
    sentAwayV5(0x82, "3007 000161 03 080000");
  }

  @Test
  void aMisplacedPropertyInSubscribeIsMalformed() throws IOException {
    sentAwayV5(0x81, "820a 0001 03 230001 000161 00");
    sentAwayV5(0x81, "a209 0001 03 230001 000161".replace("a209", "a209"));
  }

  @Test
  void aBadPublishIsMalformed() throws IOException {
    sentAway(0x81, "3606 000161 0001 00", "3605 000161 0001"); // QoS 3
    sentAway(0x81, "3004 00012b 00", "3003 00012b"); // wildcard
    sentAway(0x81, "3004 000123 00", "3003 000123");
    sentAway(0x81, "3003 0000 00", "3002 0000"); // no topic
    sentAway(0x81, "3003 000561", "3003 000561"); // cut short
  }

  @Test
  void dupWithQos0IsMalformed() throws IOException {
    sentAway(0x81, "3804 000161 00", "3803 000161");
  }

  @Test
  void aTopicThatIsNotUtf8IsMalformed() throws IOException {
    sentAway(0x81, "3004 0001ff 00", "3003 0001ff");
  }

  @Test
  void aPublishWithPacketIdentifierZeroIsAnError() throws IOException {
    sentAway(0x82, "3206 000161 0000 00", "3205 000161 0000");
  }

  @Test
  void aBadSubscribeIsMalformed() throws IOException {
    sentAway(0x81, "8006 0001 00 000161 00".replace("06", "07"), "8006 0001 000161 00"); // flags
    sentAway(0x81, "8207 0000 00 000161 00", "8206 0000 000161 00"); // packet identifier
    sentAway(0x81, "8203 0001 00", "8202 0001"); // nothing asked for
    sentAway(0x81, "8208 0001 00 00022361 00", "8207 0001 00022361 00"); // filter
    sentAway(0x81, "8207 0001 00 000161 03", "8206 0001 000161 03"); // QoS 3
    sentAway(0x81, "8206 0001 00 000161", "8205 0001 000161"); // no options
  }

  @Test
  void reservedSubscriptionOptionsAreMalformed() throws IOException {
    sentAway(0x81, "8207 0001 00 000161 40", "8206 0001 000161 40");
    sentAwayV5(0x81, "8207 0001 00 000161 30"); // Retain Handling 3
    closedV3("8206 0001 000161 04"); // No Local is of MQTT 5
  }

  @Test
  void aBadUnsubscribeIsMalformed() throws IOException {
    sentAway(0x81, "a006 0001 00 000161", "a005 0001 000161");
    sentAway(0x81, "a206 0000 00 000161", "a205 0000 000161");
    sentAway(0x81, "a203 0001 00", "a202 0001");
    sentAway(0x81, "a207 0001 00 00022361", "a206 0001 00022361");
  }

  @Test
  void aBadSubscriptionIdentifierIsAnError() throws IOException {
    sentAwayV5(0x82, "8209 0001 02 0b00 000161 00");
    sentAwayV5(0x82, "820b 0001 04 0b010b02 000161 00");
  }

  @Test
  void aShareWithoutFilterIsAnError() throws IOException {
    sentAway(0x82, "820e 0001 00 0008 2473686172652f67 00", "820d 0001 0008 2473686172652f67 00");
  }

  @Test
  void badFlagsOfAnAcknowledgementAreMalformed() throws IOException {
    for (String type : List.of("41", "51", "71")) {
      sentAway(0x81, type + "02 0001", type + "02 0001");
    }
  }

  @Test
  void anAcknowledgementMustHaveItsLength() throws IOException {
    for (String type : List.of("40", "50", "70")) {
      sentAway(0x81, type + "01 00", type + "01 00");
      sentAway(0x81, type + "05 0001 00 00 00", type + "03 0001 00"); // surplus
    }
  }

  @Test
  void badFlagsOfPubrelAreAnError() throws IOException {
    sentAway(0x82, "6002 0001", "6002 0001");
    sentAway(0x82, "6302 0001", "6302 0001");
  }

  @Test
  void anAcknowledgementOfPacketIdentifierZeroIsAnError() throws IOException {
    for (String type : List.of("40", "50", "62", "70")) {
      sentAway(0x82, type + "02 0000", type + "02 0000");
    }
  }

  @Test
  void anAcknowledgementWithAForeignReasonIsAnError() throws IOException {
    sentAwayV5(0x82, "4003 0001 92");
    sentAwayV5(0x82, "5003 0001 05");
    sentAwayV5(0x82, "6203 0001 10");
    sentAwayV5(0x82, "7003 0001 80");
  }

  @Test
  void badFlagsOfPingreqAreMalformed() throws IOException {
    sentAway(0x81, "c100", "c100");
  }

  @Test
  void aPingWithABodyIsClosed() throws IOException {
    closedAfter(V5, "c001 00");
    closedV3("c001 00");
    closedAfter(V5, "d001 00");
  }

  @Test
  void badFlagsOfDisconnectAreAnError() throws IOException {
    sentAway(0x82, "e100", "e100");
  }

  @Test
  void aDisconnectCutShortIsMalformed() throws IOException {
    sentAwayV5(0x81, "e003 00 05 11");
  }

  @Test
  void aDisconnectWithSurplusIsAnError() throws IOException {
    sentAwayV5(0x82, "e003 00 00 00");
  }

  @Test
  void whatOnlyServersSendIsAnError() throws IOException {
    sentAway(0x82, "2003 00 00 00", "2002 0000");
    sentAway(0x82, "9004 0001 00 00", "9003 0001 00");
    sentAway(0x82, "b004 0001 00 00", "b002 0001");
    sentAway(0x82, "d000", "d000");
  }

  @Test
  void whatOnlyServersSendWithBadFlagsIsMalformed() throws IOException {
    sentAwayV5(0x81, "9104 0001 00 00");
    sentAwayV5(0x81, "b104 0001 00 00");
    sentAwayV5(0x81, "d100");
  }

  @Test
  void packetTypeZeroIsAnError() throws IOException {
    sentAway(0x82, "0000", "0000");
  }

  @Test
  void packetTypeZeroIsJudgedByItsFirstByte() throws IOException {
    sentAwayV5(0x82, "00");
  }

  @Test
  void aRemainingLengthOfFiveBytesIsClosed() throws IOException {
    closedAfter(V5, "30 8080808001");
    closedV3("30 8080808001");
    closed("10 8080808001");
  }

  @Test
  void aRemainingLengthLongerThanNeededIsMalformed() throws IOException {
    sentAway(0x81, "c0 8000", "c0 8000");
  }

  @Test
  void aPacketOverTheMaximumIsRefusedByItsHeader() throws IOException {
    given("max_packet_size 100");
    sentAwayV5(0x95, "30 63"); // 101 bytes are announced, two are sent
    closedV3("30 63");
    RawClient client = join(V5, "c");
    client.sendHex("30 62 0001 61 00" + "78".repeat(94)); // 100
    client.expectNothing();
  }

  @Test
  void aControlPacketThatIsMuchTooLongIsClosed() throws IOException {
    closedAfter(V5, "40 914e"); // 10001 bytes
    closedAfter(V5, "e0 914e");
    closedAfter(V5, "82 a18d06"); // 100001 bytes
    closedAfter(V5, "a2 a18d06");
    closedAfter(V5, "f0 a18d06");
  }

  @Test
  void theReasonCanBeReadInTheMidstOfOnesOwnFlood() throws IOException {
    for (int i = 0; i < 20; i++) {
      RawClient client = join(V5, "c" + i);
      client.sendHex("00" + "c000".repeat(20_000)); // nobody will read the pings
      leaves(client, 0x82);
    }
  }

  @Test
  void theWillIsDueAfterAnError() throws IOException {
    RawClient watcher = join(V5, "w");
    watcher.subscribe("s", QOS0);
    for (ProtocolVersion version : ALL) {
      RawClient client = join(hello(version, "c").will("s"));
      client.sendHex("3001 00");
      take(watcher, "gone");
    }
  }

  @Test
  void bytesMayComeInAnyPieces() throws IOException {
    RawClient client = open(V5);
    String all = "100e00044d515454050" + "2003c00000163" + "c000" + "8207000100000161 00" + "c000";
    for (String each : all.replace(" ", "").split("(?<=\\G..)")) {
      client.sendHex(each);
    }
    client.sendHex("c000c000c000");
    assertThat(client.expect(Connack.class).reasonCode()).isZero();
    client.expect(Ping.class);
    client.expect(Suback.class);
    for (int i = 0; i < 4; i++) {
      client.expect(Ping.class);
    }
  }

  @Test
  void theBrokerWritesTheShortestForms() throws IOException {
    RawClient client = open(V5);
    client.sendHex("10 11 " + NAME + " 05 02 003c 03 220000 0001 63");
    client.expect(Connack.class);
    client.sendHex("820a 0001 00 0004 24535953 01".replace("820a", "820a")); // $SYS itself
    client.expectHex("9004 0001 00 01");
    client.sendHex("3206 0001 61 0002 00"); // nobody wants it
    client.expectHex("4003 0002 10");
    client.sendHex("8207 0003 00 000162 02");
    client.expectHex("9004 0003 00 02");
    client.sendHex("3406 0001 61 0004 00");
    client.expectHex("5002 0004");
    client.sendHex("6202 0004");
    client.expectHex("7002 0004");
    client.sendHex("5002 0009");
    client.expectHex("6202 0009");
    client.sendHex("a206 0005 00 000162");
    client.expectHex("b004 0005 00 00");
    client.sendHex("00");
    client.expectHex("e001 82");
    ends(client);
  }

  @Test
  void shorterAndLongerFormsAreRead() throws IOException {
    RawClient client = join(V5, "c");
    for (String type : List.of("40", "70")) {
      for (String form : List.of("02 0001", "03 0001 00", "04 0001 00 00")) {
        client.sendHex(type + form);
      }
      client.sendHex(type + "0b 0001 00 07 26 000161 000162".replace("0b", "0b"));
    }
    client.expectNothing();
    for (String form : List.of("6202 0001", "6203 0001 00", "6204 0001 00 00", "6203 0001 92")) {
      client.sendHex(form);
      ack(client, PacketType.PUBCOMP, 1, 0);
    }
  }
}
