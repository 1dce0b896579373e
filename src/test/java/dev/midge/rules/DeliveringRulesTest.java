package dev.midge.rules;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PUBLISH to a client, section 4.3. */
class DeliveringRulesTest extends Rules {

  @Test
  void theQosIsTheLowerOfBoth() throws IOException {
    RawClient client = join(V5, "p");
    for (Qos subscribed : Qos.values()) {
      RawClient reader = join(V5, "r" + subscribed);
      reader.subscribe("a", subscribed);
      for (Qos published : Qos.values()) {
        say(client, "a", "x", published);
        assertThat(take(reader, "x").message().qos()).isEqualTo(subscribed.min(published));
      }
    }
  }

  @Test
  void theQosIsTheSubscriptionsWhereItIsUpgraded() throws IOException {
    given("upgrade_outgoing_qos true");
    RawClient client = join(V5, "p");
    for (Qos subscribed : Qos.values()) {
      RawClient reader = join(V5, "r" + subscribed);
      reader.subscribe("a", subscribed);
      say(client, "a", "x", QOS0);
      assertThat(take(reader, "x").message().qos()).isEqualTo(subscribed);
      leave(reader);
    }
  }

  @Test
  void packetIdentifiersGoOnAfterAReconnect() throws IOException {
    RawClient client = join(V5, "p");
    RawClient reader = join(hello(V5, "r").kept());
    reader.subscribe("a", QOS1);
    say(client, "a", "1", QOS1);
    assertThat(take(reader, "1").packetId()).isEqualTo(1);
    say(client, "a", "2", QOS1);
    assertThat(take(reader, "2").packetId()).isEqualTo(2);
    leave(reader);
    RawClient again = join(hello(V5, "r").kept());
    say(client, "a", "3", QOS1);
    assertThat(take(again, "3").packetId()).isEqualTo(3);
  }

  @Test
  void retainIsForStoredMessagesOnly() throws IOException {
    for (ProtocolVersion version : ALL) {
      RawClient client = join(version, "p" + version);
      RawClient reader = join(version, "r" + version);
      reader.subscribe("a" + version, QOS1);
      say(client, retained("a" + version, "x"));
      assertThat(take(reader, "x").message().retain()).isFalse();
      reader.subscribe("a" + version, QOS1);
      assertThat(take(reader, "x").message().retain()).isTrue();
    }
  }

  @Test
  void retainIsAsPublishedForWhoWantsItSo() throws IOException {
    RawClient client = join(V5, "p");
    subscribe(client, new Subscription("a", QOS0, false, true, 0), 0);
    client.publish(Message.of("a", "kept".getBytes(), QOS0, true));
    assertThat(take(client, "kept").message().retain()).isTrue();
    client.publish(Message.of("a", "not".getBytes(), QOS0, false));
    assertThat(take(client, "not").message().retain()).isFalse();
  }

  @Test
  void whatTheBrokerAddsStandsBehindInOrder() throws IOException {
    Properties sent =
        Properties.builder()
            .add(Property.MESSAGE_EXPIRY_INTERVAL, 100)
            .userProperty("a", "1")
            .add(Property.CONTENT_TYPE, "text")
            .build();
    RawClient reader = join(hello(V5, "r").with(Property.TOPIC_ALIAS_MAXIMUM, 5));
    subscribe(reader, Subscription.of("a", QOS0), 7);
    join(V5, "p").publish(new Message("a", "x".getBytes(), QOS0, false, sent));
    List<Property> order = new ArrayList<>();
    take(reader, "x").message().properties().entries().forEach(each -> order.add(each.property()));
    assertThat(order)
        .containsExactly(
            Property.USER_PROPERTY,
            Property.CONTENT_TYPE,
            Property.MESSAGE_EXPIRY_INTERVAL,
            Property.TOPIC_ALIAS,
            Property.SUBSCRIPTION_IDENTIFIER);
  }

  @Test
  void withoutATopicAliasMaximumThereAreNoAliases() throws IOException {
    RawClient client = join(V5, "c");
    client.subscribe("a", QOS0);
    for (int i = 0; i < 3; i++) {
      say(client, "a", "x", QOS0);
      Message got = take(client, "x").message();
      assertThat(got.topic()).isEqualTo("a");
      assertThat(got.properties().has(Property.TOPIC_ALIAS)).isFalse();
    }
  }

  @Test
  void eachNewTopicGetsAnAliasUntilThereAreNoMore() throws IOException {
    RawClient client = join(hello(V5, "c").with(Property.TOPIC_ALIAS_MAXIMUM, 2));
    client.subscribe("#", QOS0);
    for (String topic : List.of("a", "b", "c", "a", "b", "c")) {
      say(client, topic, "x", QOS0);
    }
    List<String> got = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Message each = take(client, "x").message();
      got.add(each.topic() + each.properties().number(Property.TOPIC_ALIAS, 0));
    }
    assertThat(got).containsExactly("a1", "b2", "c0", "1", "2", "c0");
  }

  @Test
  void theBrokersOwnMaximumLimitsItsAliases() throws IOException {
    given("max_topic_alias_broker 1");
    RawClient client = join(hello(V5, "c").with(Property.TOPIC_ALIAS_MAXIMUM, 2));
    client.subscribe("#", QOS0);
    say(client, "a", "x", QOS0);
    say(client, "b", "y", QOS0);
    assertThat(take(client, "x").message().properties().number(Property.TOPIC_ALIAS, 0)).isOne();
    assertThat(take(client, "y").message().properties().has(Property.TOPIC_ALIAS)).isFalse();
  }

  @Test
  void aMessageTooLargeForTheClientCountsAsDelivered() throws IOException {
    RawClient client = join(V5, "p");
    RawClient reader =
        join(
            hello(V5, "r")
                .with(Property.MAXIMUM_PACKET_SIZE, 40)
                .with(Property.RECEIVE_MAXIMUM, 1));
    reader.subscribe("a", QOS1);
    for (int i = 0; i < 3; i++) {
      say(client, "a", "x".repeat(50), QOS1);
      say(client, "a", "fits" + i, QOS1);
    }
    for (int i = 0; i < 3; i++) {
      take(reader, "fits" + i);
    }
    reader.expectNothing();
  }

  @Test
  void noMoreThanTheReceiveMaximumAreUnderWay() throws IOException {
    RawClient client = join(V5, "p");
    for (Qos qos : List.of(QOS1, QOS2)) {
      RawClient reader = join(hello(V5, "r").with(Property.RECEIVE_MAXIMUM, 2));
      reader.subscribe("a", qos);
      for (int i = 0; i < 5; i++) {
        say(client, "a", "m" + i, qos);
      }
      Publish first = reader.expectMessage("m0");
      reader.expectMessage("m1");
      reader.expectNothing();
      if (qos == QOS2) {
        reader.send(Ack.of(PacketType.PUBREC, first.packetId()));
        ack(reader, PacketType.PUBREL, first.packetId());
        reader.expectNothing(); // only PUBCOMP makes room
        reader.send(Ack.of(PacketType.PUBCOMP, first.packetId()));
      } else {
        reader.send(Ack.of(PacketType.PUBACK, first.packetId()));
      }
      reader.expectMessage("m2");
      reader.expectNothing();
      reader.close();
    }
  }

  @Test
  void noMoreThanTheBrokersMaximumAreUnderWay() throws IOException {
    given("max_inflight_messages 3");
    RawClient client = join(V5, "p");
    for (ProtocolVersion version : ALL) {
      RawClient reader = join(version, "r" + version);
      reader.subscribe("a", QOS1);
      for (int i = 0; i < 5; i++) {
        say(client, "a", "m" + i, QOS1);
      }
      for (int i = 0; i < 3; i++) {
        reader.expectMessage("m" + i);
      }
      reader.expectNothing();
      leave(reader);
    }
  }

  @Test
  void aMessageStartsWhileTheBytesInFlightAreBelowTheLimit() throws IOException {
    given("max_inflight_bytes 5");
    RawClient client = join(V5, "p");
    RawClient reader = join(V5, "r");
    reader.subscribe("a", QOS1);
    for (int i = 0; i < 4; i++) {
      say(client, "a", "abc" + i, QOS1);
    }
    Publish first = reader.expectMessage("abc0");
    reader.expectMessage("abc1"); // 4 bytes in flight are below 5
    reader.expectNothing();
    reader.send(Ack.of(PacketType.PUBACK, first.packetId()));
    reader.expectMessage("abc2");
    reader.expectNothing();
  }

  @Test
  void qos0DoesNotCount() throws IOException {
    RawClient client = join(V5, "p");
    RawClient reader = join(hello(V5, "r").with(Property.RECEIVE_MAXIMUM, 1));
    reader.subscribe("a", QOS1);
    say(client, "a", "1", QOS1);
    say(client, "a", "2", QOS1);
    say(client, "a", "3", QOS0);
    say(client, "a", "4", QOS0);
    Publish first = reader.expectMessage("1");
    reader.expectMessage("3");
    reader.expectMessage("4");
    reader.send(Ack.of(PacketType.PUBACK, first.packetId()));
    take(reader, "2");
  }

  @Test
  void pubackWithAnyReasonEndsQos1() throws IOException {
    RawClient client = join(V5, "p");
    RawClient reader = join(hello(V5, "r").with(Property.RECEIVE_MAXIMUM, 1));
    reader.subscribe("a", QOS1);
    for (int reason : List.of(0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99)) {
      say(client, "a", "m" + reason, QOS1);
      Publish got = reader.expectMessage("m" + reason);
      reader.send(Ack.of(PacketType.PUBACK, got.packetId(), reason));
    }
    reader.expectNothing();
  }

  @Test
  void pubrecWithAFailureEndsTheMessage() throws IOException {
    RawClient client = join(V5, "p");
    RawClient reader = join(hello(V5, "r").with(Property.RECEIVE_MAXIMUM, 1));
    reader.subscribe("a", QOS2);
    say(client, "a", "refused", QOS2);
    say(client, "a", "next", QOS2);
    Publish got = reader.expectMessage("refused");
    reader.send(Ack.of(PacketType.PUBREC, got.packetId(), 0x80));
    take(reader, "next");
    reader.expectNothing();
  }

  @Test
  void pubrecWithoutSubscribersIsASuccess() throws IOException {
    RawClient reader = join(V5, "r");
    reader.subscribe("a", QOS2);
    say(join(V5, "p"), "a", "x", QOS2);
    Publish got = reader.expectMessage("x");
    reader.send(Ack.of(PacketType.PUBREC, got.packetId(), 0x10));
    ack(reader, PacketType.PUBREL, got.packetId(), 0);
  }

  @Test
  void acknowledgementsForNothingAreHarmless() throws IOException {
    RawClient client = join(V5, "c");
    client.send(Ack.of(PacketType.PUBACK, 5));
    client.send(Ack.of(PacketType.PUBCOMP, 5));
    client.expectNothing();
    client.send(Ack.of(PacketType.PUBREL, 5));
    ack(client, PacketType.PUBCOMP, 5, 0);
  }

  @Test
  void pubrecForNothingGetsPubrel() throws IOException {
    RawClient client = join(V5, "c");
    client.send(Ack.of(PacketType.PUBREC, 5));
    ack(client, PacketType.PUBREL, 5, 0);
  }

  @Test
  void pubrecRepeatedGetsPubrelAgain() throws IOException {
    RawClient reader = join(V5, "r");
    reader.subscribe("a", QOS2);
    say(join(V5, "p"), "a", "x", QOS2);
    int id = reader.expectMessage("x").packetId();
    for (int i = 0; i < 2; i++) {
      reader.send(Ack.of(PacketType.PUBREC, id));
      ack(reader, PacketType.PUBREL, id, 0);
    }
    reader.send(Ack.of(PacketType.PUBCOMP, id));
    reader.expectNothing();
  }

  @Test
  void theWrongAcknowledgementIsAnError() throws IOException {
    RawClient client = join(V5, "p");
    for (PacketType wrong : List.of(PacketType.PUBREC, PacketType.PUBCOMP)) {
      RawClient reader = join(V5, "r");
      reader.subscribe("a", QOS1);
      say(client, "a", "x", QOS1);
      reader.send(Ack.of(wrong, reader.expectMessage("x").packetId()));
      leaves(reader, 0x82);
    }
    for (PacketType wrong : List.of(PacketType.PUBACK, PacketType.PUBCOMP)) {
      RawClient reader = join(V5, "r");
      reader.subscribe("a", QOS2);
      say(client, "a", "x", QOS2);
      reader.send(Ack.of(wrong, reader.expectMessage("x").packetId()));
      leaves(reader, 0x82);
    }
  }

  @Test
  void theOrderOfAPublisherIsKept() throws IOException {
    RawClient client = join(V5, "p");
    for (Qos qos : Qos.values()) {
      RawClient reader = join(V5, "r" + qos);
      reader.subscribe("a", qos);
      for (int i = 0; i < 100; i++) {
        say(client, "a", "m" + i, qos);
      }
      List<String> got = new ArrayList<>();
      while (got.size() < 100) {
        Packet packet = reader.expect(Packet.class);
        if (packet instanceof Publish publish) {
          got.add(new String(publish.message().payload()));
          if (qos != QOS0) {
            PacketType type = qos == QOS1 ? PacketType.PUBACK : PacketType.PUBREC;
            reader.send(Ack.of(type, publish.packetId()));
          }
        } else if (packet instanceof Ack pubrel) {
          reader.send(Ack.of(PacketType.PUBCOMP, pubrel.packetId()));
        }
      }
      for (int i = 0; i < 100; i++) {
        assertThat(got.get(i)).isEqualTo("m" + i);
      }
      reader.close();
    }
  }

  @Test
  void theOrderIsKeptAcrossReconnects() throws IOException {
    for (Qos qos : List.of(QOS1, QOS2)) {
      RawClient client = join(V5, "p");
      String id = "r" + qos;
      RawClient reader = join(hello(V5, id).kept().with(Property.RECEIVE_MAXIMUM, 3));
      reader.subscribe("a", qos);
      for (int i = 0; i < 8; i++) {
        say(client, "a", "m" + i, qos);
      }
      for (int i = 0; i < 3; i++) {
        reader.expectMessage("m" + i);
      }
      leave(reader);
      say(client, "a", "m8", qos);
      RawClient again = join(hello(V5, id).kept().with(Property.RECEIVE_MAXIMUM, 1));
      for (int i = 0; i < 9; i++) {
        assertThat(take(again, "m" + i).dup()).isEqualTo(i < 3);
      }
      again.expectNothing();
      leave(again);
    }
  }
}
