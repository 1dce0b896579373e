package dev.midge.rules;

import static dev.midge.mqtt.ProtocolVersion.V3_1;
import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PUBLISH from a client, section 4.2. */
class PublishingRulesTest extends Rules {

  @Test
  void qos0GoesToAllWhoWantIt() throws IOException {
    RawClient one = join(V5, "1");
    RawClient two = join(V3_1_1, "2");
    RawClient three = join(V3_1, "3");
    one.subscribe("a/#", QOS0);
    two.subscribe("+/b", QOS1);
    three.subscribe("a/c", QOS2);
    say(join(V5, "p"), "a/b", "x", QOS0);
    take(one, "x");
    take(two, "x");
    three.expectNothing();
  }

  @Test
  void qos1IsAcknowledgedAfterOnesOwnCopy() throws IOException {
    for (ProtocolVersion version : ALL) {
      RawClient client = join(version, "c" + version);
      client.subscribe("a", QOS0);
      client.send(new Publish(message("a", "x", QOS1), false, 77));
      client.expectMessage("x");
      ack(client, PacketType.PUBACK, 77, 0);
    }
  }

  @Test
  void qos2GoesOnWithPubrelAndBeforePubcomp() throws IOException {
    for (ProtocolVersion version : ALL) {
      RawClient client = join(version, "c" + version);
      client.subscribe("a", QOS0);
      client.send(new Publish(message("a", "x", QOS2), false, 77));
      ack(client, PacketType.PUBREC, 77, 0);
      client.expectNothing();
      client.send(Ack.of(PacketType.PUBREL, 77));
      client.expectMessage("x");
      ack(client, PacketType.PUBCOMP, 77, 0);
    }
  }

  @Test
  void pubackSaysWhetherAnySubscriptionMatches() throws IOException {
    RawClient client = join(V5, "c");
    client.send(new Publish(message("a", "x", QOS1), false, 1));
    ack(client, PacketType.PUBACK, 1, 0x10);
    join(V5, "s").subscribe("a", QOS0);
    client.send(new Publish(message("a", "x", QOS1), false, 1));
    ack(client, PacketType.PUBACK, 1, 0);
  }

  @Test
  void aMatchThatNoLocalHoldsBackCounts() throws IOException {
    RawClient client = join(V5, "c");
    subscribe(client, new Subscription("a", QOS1, true, false, 0), 0);
    client.send(new Publish(message("a", "x", QOS1), false, 1));
    ack(client, PacketType.PUBACK, 1, 0);
  }

  @Test
  void aMatchWhoseQueueIsFullCounts() throws IOException {
    given("max_queued_messages 1", "max_inflight_messages 1");
    RawClient slow = join(V5, "slow"); // acknowledges nothing
    slow.subscribe("a", QOS1);
    RawClient client = join(V5, "c");
    for (int id = 1; id <= 4; id++) {
      client.send(new Publish(message("a", "x", QOS1), false, id));
      ack(client, PacketType.PUBACK, id, 0);
    }
  }

  @Test
  void whatOnlyFullQueuesOfTheAbsentWouldTakeIsRefused() throws IOException {
    given("max_queued_messages 2", "max_inflight_messages 1");
    RawClient away = join(hello(V5, "away").kept());
    away.subscribe("a", QOS1);
    leave(away);
    RawClient client = join(V5, "c");
    for (int id = 1; id <= 4; id++) {
      client.send(new Publish(message("a", "x", QOS1), false, id));
      ack(client, PacketType.PUBACK, id, id <= 2 ? 0 : 0x97);
    }
    join(V5, "there").subscribe("a", QOS0);
    client.send(new Publish(message("a", "x", QOS1), false, 5));
    ack(client, PacketType.PUBACK, 5, 0);
    RawClient old = join(V3_1_1, "old");
    old.send(new Publish(message("a", "x", QOS1), false, 1));
    ack(old, PacketType.PUBACK, 1);
  }

  @Test
  void pubrecSaysNothingOfSubscriptions() throws IOException {
    RawClient client = join(V5, "c");
    client.send(new Publish(message("a", "x", QOS2), false, 1));
    ack(client, PacketType.PUBREC, 1, 0);
  }

  @Test
  void theSameQos2MessageAgainIsTheSameMessage() throws IOException {
    for (ProtocolVersion version : ALL) {
      RawClient client = join(version, "c" + version);
      client.subscribe("a", QOS0);
      client.send(new Publish(message("a", "x", QOS2), false, 1));
      ack(client, PacketType.PUBREC, 1, 0);
      client.send(new Publish(message("a", "x", QOS2), true, 1));
      ack(client, PacketType.PUBREC, 1, 0);
      client.send(Ack.of(PacketType.PUBREL, 1));
      client.expectMessage("x");
      ack(client, PacketType.PUBCOMP, 1, 0);
      client.expectNothing();
    }
  }

  @Test
  void theSameQos2MessageIsAnsweredHoweverOften() throws IOException {
    for (ProtocolVersion version : ALL) {
      RawClient client = join(version, "c" + version);
      client.subscribe("a", QOS0);
      for (int i = 0; i < 5; i++) {
        client.send(new Publish(message("a", "x", QOS2), i > 0, 1));
        ack(client, PacketType.PUBREC, 1, 0);
      }
      client.send(Ack.of(PacketType.PUBREL, 1));
      client.expectMessage("x");
      ack(client, PacketType.PUBCOMP, 1, 0);
      client.expectNothing();
    }
  }

  @Test
  void anotherMessageUnderALiveIdentifierTakesItsPlace() throws IOException {
    for (ProtocolVersion version : List.of(V3_1_1, V5)) {
      RawClient client = join(version, "c" + version);
      client.subscribe("#", QOS0);
      for (Message each :
          List.of(message("a", "x", QOS2), message("a", "y", QOS2), message("b", "y", QOS2))) {
        client.send(new Publish(each, false, 1));
        ack(client, PacketType.PUBREC, 1, 0);
      }
      client.send(Ack.of(PacketType.PUBREL, 1));
      assertThat(client.expectMessage("y").message().topic()).isEqualTo("b");
      ack(client, PacketType.PUBCOMP, 1, 0);
      client.expectNothing();
    }
  }

  @Test
  void anotherQosUnderALiveIdentifierTakesItsPlace() throws IOException {
    RawClient client = join(V5, "c");
    client.subscribe("a", QOS0);
    client.send(new Publish(message("a", "two", QOS2), false, 1));
    ack(client, PacketType.PUBREC, 1, 0);
    client.send(new Publish(message("a", "one", QOS1), false, 1));
    client.expectMessage("one");
    ack(client, PacketType.PUBACK, 1, 0);
    client.send(Ack.of(PacketType.PUBREL, 1));
    ack(client, PacketType.PUBCOMP, 1, 0);
  }

  @Test
  void dupIsNotPassedOn() throws IOException {
    RawClient reader = join(V5, "r");
    reader.subscribe("a", QOS2);
    RawClient client = join(V5, "p");
    client.send(new Publish(message("a", "x", QOS1), true, 1));
    assertThat(take(reader, "x").dup()).isFalse();
  }

  @Test
  void retainStoresInPlaceOfTheOldOne() throws IOException {
    RawClient client = join(V5, "p");
    say(client, retained("a", "old"));
    say(client, retained("a", "new"));
    RawClient reader = join(V5, "r");
    reader.subscribe("a", QOS1);
    take(reader, "new");
    reader.expectNothing();
  }

  @Test
  void anEmptyRetainedMessageClearsAndIsDelivered() throws IOException {
    RawClient client = join(V5, "p");
    say(client, retained("a", "old"));
    RawClient reader = join(V5, "r");
    reader.subscribe("a", QOS1);
    take(reader, "old");
    say(client, retained("a", ""));
    assertThat(take(reader, "").message().retain()).isFalse();
    RawClient late = join(V5, "l");
    late.subscribe("a", QOS1);
    late.expectNothing();
  }

  @Test
  void withoutRetainTheStoreIsNotTouched() throws IOException {
    RawClient client = join(V5, "p");
    say(client, retained("a", "kept"));
    say(client, "a", "", QOS1);
    say(client, "a", "x", QOS1);
    say(client, "b", "x", QOS1);
    RawClient reader = join(V5, "r");
    reader.subscribe("#", QOS1);
    take(reader, "kept");
    reader.expectNothing();
  }

  @Test
  void retainIsAnErrorWhereItIsNotAvailable() throws IOException {
    given("retain_available false");
    sentAwayV5(0x9a, "3105 000161 00 78");
    closedV3("3104 000161 78");
  }

  @Test
  void qosAboveTheMaximumIsAnError() throws IOException {
    given("max_qos 1");
    sentAwayV5(0x9b, "3407 000161 0001 00 78");
    closedV3("3406 000161 0001 78");
  }

  @Test
  void aPayloadOverTheLimitIsDropped() throws IOException {
    given("message_size_limit 3");
    RawClient client = join(V5, "p");
    RawClient old = join(V3_1_1, "o");
    client.subscribe("#", QOS0);
    say(client, "a", "four", QOS0);
    client.send(new Publish(message("a", "four", QOS1), false, 1));
    ack(client, PacketType.PUBACK, 1, 0x95);
    client.send(new Publish(message("a", "four", QOS2), false, 2));
    ack(client, PacketType.PUBREC, 2, 0x95);
    old.send(new Publish(message("a", "four", QOS1), false, 1));
    ack(old, PacketType.PUBACK, 1);
    say(client, "a", "yes", QOS0);
    take(client, "yes");
  }

  @Test
  void topicsOfTheBrokersOwnAreDenied() throws IOException {
    RawClient client = join(V5, "p");
    RawClient old = join(V3_1_1, "o");
    client.subscribe("$SYS/x/#", QOS0);
    for (String topic : List.of("$SYS/x", "$SYS/x/y")) {
      say(client, topic, "x", QOS0);
      client.send(new Publish(message(topic, "x", QOS1), false, 1));
      ack(client, PacketType.PUBACK, 1, 0x87);
      client.send(new Publish(message(topic, "x", QOS2), false, 2));
      ack(client, PacketType.PUBREC, 2, 0x87);
      old.send(new Publish(message(topic, "x", QOS1), false, 1));
      ack(old, PacketType.PUBACK, 1);
    }
    client.expectNothing();
  }

  @Test
  void topicsBelowShareAreDenied() throws IOException {
    RawClient client = join(V5, "p");
    client.send(new Publish(message("$share/g/a", "x", QOS1), false, 1));
    ack(client, PacketType.PUBACK, 1, 0x87);
  }

  @Test
  void theStateOfABridgeMayBeWritten() throws IOException {
    RawClient client = join(V5, "p");
    client.subscribe("$SYS/broker/connection/+/state", QOS0);
    say(client, "$SYS/broker/connection/b/state", "1", QOS0);
    take(client, "1");
  }

  @Test
  void otherTopicsWithADollarAreOrdinary() throws IOException {
    RawClient client = join(V5, "p");
    client.subscribe("$other/#", QOS0);
    client.subscribe("#", QOS0);
    say(client, "$other/a", "x", QOS0);
    take(client, "x");
    client.expectNothing();
  }

  @Test
  void anAliasStandsForItsTopicUntilItIsBoundAnew() throws IOException {
    RawClient client = join(V5, "p");
    client.subscribe("#", QOS0);
    client.sendHex("3008 000161 03230001 31"); // 1 = a
    client.sendHex("3007 0000 03230001 32");
    client.sendHex("3008 000162 03230001 33"); // 1 = b
    client.sendHex("3007 0000 03230001 34");
    for (String each : List.of("a1", "a2", "b3", "b4")) {
      Publish publish = client.expectMessage(each.substring(1));
      assertThat(publish.message().topic()).isEqualTo(each.substring(0, 1));
      assertThat(publish.message().properties().isEmpty()).isTrue(); // no alias is passed on
    }
  }

  @Test
  void anAliasEndsWithItsConnection() throws IOException {
    RawClient client = join(hello(V5, "p").kept());
    client.sendHex("3008 000161 03230001 31");
    leave(client);
    RawClient again = join(hello(V5, "p").kept());
    again.sendHex("3007 0000 03230001 32");
    leaves(again, 0x82);
  }

  @Test
  void anAliasAboveTheMaximumIsInvalid() throws IOException {
    given("max_topic_alias 10");
    join(V5, "p").sendHex("3008 000161 0323000a 31");
    sentAwayV5(0x94, "3008 000161 0323000b 31");
  }

  @Test
  void anAliasOfZeroIsInvalid() throws IOException {
    sentAwayV5(0x82, "3008 000161 03230000 31");
  }

  @Test
  void anUnknownAliasIsAnError() throws IOException {
    sentAwayV5(0x82, "3007 0000 03230003 32");
  }

  @Test
  void propertiesArePassedOnInOrder() throws IOException {
    Properties properties =
        Properties.builder()
            .userProperty("b", "2")
            .add(Property.CONTENT_TYPE, "text")
            .userProperty("a", "1")
            .add(Property.PAYLOAD_FORMAT_INDICATOR, 1)
            .add(Property.CORRELATION_DATA, new byte[] {0, 1})
            .userProperty("b", "2")
            .add(Property.RESPONSE_TOPIC, "r")
            .build();
    RawClient client = join(V5, "p");
    client.subscribe("#", QOS1);
    client.publish(new Message("a", "x".getBytes(), QOS0, false, properties));
    assertThat(take(client, "x").message().properties()).isEqualTo(properties);
    RawClient old = join(V3_1_1, "o");
    old.subscribe("#", QOS0);
    client.publish(new Message("a", "y".getBytes(), QOS0, false, properties));
    assertThat(take(old, "y").message().properties().isEmpty()).isTrue();
  }

  @Test
  void aSubscriptionIdentifierFromAClientIsAnError() throws IOException {
    sentAwayV5(0x82, "3007 000161 020b01 31");
  }

  @Test
  void moreThanTheReceiveMaximumIsTooMuch() throws IOException {
    given("max_inflight_messages 2");
    RawClient client = join(V5, "p");
    for (int id = 1; id <= 3; id++) {
      client.send(new Publish(message("a", "x", QOS2), false, id));
    }
    ack(client, PacketType.PUBREC, 1, 0);
    ack(client, PacketType.PUBREC, 2, 0);
    leaves(client, 0x93);
  }

  @Test
  void theReceiveMaximumIsGivenBackByPubcompAndPuback() throws IOException {
    given("max_inflight_messages 1");
    RawClient client = join(V5, "p");
    for (int i = 0; i < 5; i++) {
      say(client, "a", "x", QOS2);
      say(client, "a", "x", QOS1);
    }
    client.expectNothing();
  }
}
