package dev.midge.rules;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** SUBSCRIBE and UNSUBSCRIBE, section 4.4. */
class SubscribingRulesTest extends Rules {

  private static Suback ask(RawClient client, int packetId, Subscription... subscriptions)
      throws IOException {
    client.send(new Subscribe(packetId, List.of(subscriptions), Properties.NONE));
    return client.expect(Suback.class);
  }

  private static Unsuback give(RawClient client, int packetId, String... filters)
      throws IOException {
    client.send(new Unsubscribe(packetId, List.of(filters), Properties.NONE));
    return client.expect(Unsuback.class);
  }

  private static Subscription of(String filter, Qos qos) {
    return Subscription.of(filter, qos);
  }

  @Test
  void subackAnswersInOrder() throws IOException {
    for (ProtocolVersion version : ALL) {
      RawClient client = join(version, "c");
      Suback suback = ask(client, 9, of("a", QOS2), of("b/#", QOS0), of("+", QOS1));
      assertThat(suback).isEqualTo(new Suback(9, List.of(2, 0, 1), Properties.NONE));
      leave(client);
    }
  }

  @Test
  void theGrantedQosIsNoMoreThanTheMaximum() throws IOException {
    given("max_qos 1");
    Suback suback = ask(join(V5, "c"), 9, of("a", QOS2), of("b", QOS1), of("c", QOS0));
    assertThat(suback.reasonCodes()).containsExactly(1, 1, 0);
  }

  @Test
  void aFilterHeldAlreadyIsReplaced() throws IOException {
    RawClient client = join(V5, "c");
    RawClient publisher = join(V5, "p");
    subscribe(client, of("a", QOS1), 5);
    say(publisher, "a", "1", QOS1);
    Message first = take(client, "1").message();
    assertThat(first.properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0)).isEqualTo(5);
    subscribe(client, of("a", QOS0), 0);
    say(publisher, "a", "2", QOS1);
    Message second = take(client, "2").message();
    assertThat(second.qos()).isEqualTo(QOS0);
    assertThat(second.properties().has(Property.SUBSCRIPTION_IDENTIFIER)).isFalse();
  }

  @Test
  void aFilterHeldAlreadyGetsItsNewOptions() throws IOException {
    RawClient client = join(V5, "c");
    subscribe(client, of("a", QOS1), 0);
    subscribe(client, new Subscription("a", QOS0, true, true, 0), 0);
    say(client, "a", "local", QOS0);
    client.expectNothing();
    say(join(V5, "p"), retained("a", "x"));
    assertThat(take(client, "x").message().retain()).isTrue();
  }

  @Test
  void retainedMessagesComeAfterSubackEachTime() throws IOException {
    for (ProtocolVersion version : ALL) {
      RawClient client = join(version, "c");
      say(client, retained("a", "x"));
      for (int i = 0; i < 2; i++) {
        client.subscribe("a", QOS1); // takes SUBACK
        take(client, "x");
      }
      leave(client);
    }
  }

  @Test
  void allRetainedMessagesComeHoweverMany() throws IOException {
    RawClient publisher = join(V3_1_1, "p");
    for (int i = 0; i < 3000; i++) {
      publisher.publish(Message.of("t/" + i, ("m" + i).getBytes(), QOS0, true));
    }
    publisher.expectNothing();
    for (Qos qos : List.of(QOS0, QOS1, QOS2)) {
      RawClient client = join(V5, "c" + qos);
      client.subscribe("t/#", qos);
      Set<String> topics = new HashSet<>();
      for (int i = 0; i < 3000; i++) {
        Publish publish = client.expect(Publish.class);
        assertThat(publish.message().retain()).isTrue();
        topics.add(publish.message().topic());
      }
      client.expectNothing();
      assertThat(topics).hasSize(3000);
      leave(client);
    }
  }

  @Test
  void allRetainedMessagesComeWithTheirQos() throws IOException {
    RawClient publisher = join(V3_1_1, "p");
    for (int i = 0; i < 1500; i++) {
      say(publisher, Message.of("t/" + i, ("m" + i).getBytes(), QOS1, true));
    }
    RawClient client = join(V5, "c");
    client.subscribe("t/#", QOS1);
    for (int i = 0; i <= 1500; i++) {
      Publish publish = client.expect(Publish.class);
      if (publish.packetId() != 0) {
        client.send(Ack.of(PacketType.PUBACK, publish.packetId()));
      }
      if (i == 700) {
        say(publisher, message("t/live", "live", QOS0)); // takes its turn among them
      }
    }
    client.expectNothing();
  }

  @Test
  void allRetainedMessagesComeHoweverLarge() throws IOException {
    RawClient publisher = join(V3_1_1, "p");
    String large = "x".repeat(1_000_000);
    for (int i = 0; i < 40; i++) {
      say(publisher, Message.of("t/" + i, large.getBytes(), QOS1, true));
    }
    RawClient client = join(V5, "c");
    client.subscribe("t/#", QOS0);
    for (int i = 0; i < 40; i++) {
      client.expectMessage(large);
    }
    client.expectNothing();
  }

  @Test
  void retainHandlingSaysWhenTheyCome() throws IOException {
    RawClient client = join(V5, "c");
    say(client, retained("a", "x"));
    ask(client, 1, new Subscription("a", QOS1, false, false, 2));
    client.expectNothing();
    ask(client, 2, new Subscription("a", QOS1, false, false, 1));
    client.expectNothing(); // not new
    give(client, 3, "a");
    ask(client, 4, new Subscription("a", QOS1, false, false, 1));
    take(client, "x");
    ask(client, 5, new Subscription("a", QOS1, false, false, 0));
    take(client, "x");
  }

  @Test
  void retainHandlingKnowsTheSubscriptionsOfAKeptSession() throws IOException {
    RawClient client = join(hello(V5, "c").kept());
    say(client, retained("a", "x"));
    ask(client, 1, new Subscription("a", QOS0, false, false, 1));
    client.expectMessage("x");
    leave(client);
    RawClient again = join(hello(V5, "c").kept());
    ask(again, 1, new Subscription("a", QOS0, false, false, 1));
    again.expectNothing();
  }

  @Test
  void aSharedSubscriptionGetsNoRetainedMessages() throws IOException {
    RawClient client = join(V5, "c");
    say(client, retained("a", "x"));
    ask(client, 1, of("$share/g/a", QOS1));
    client.expectNothing();
  }

  @Test
  void parentsComeBeforeChildren() throws IOException {
    RawClient client = join(V5, "c");
    for (String topic : List.of("1/2/3", "1", "1/2")) {
      say(client, retained(topic, topic));
    }
    client.subscribe("#", QOS1);
    for (String topic : List.of("1", "1/2", "1/2/3")) {
      take(client, topic);
    }
  }

  @Test
  void noLocalHoldsOnlyTheOwnMessagesBack() throws IOException {
    RawClient client = join(V5, "c");
    ask(client, 1, new Subscription("a", QOS1, true, false, 0));
    say(client, "a", "own", QOS1);
    say(join(V5, "p"), "a", "other", QOS1);
    take(client, "other");
    client.expectNothing();
  }

  @Test
  void noLocalHoldsTheOwnRetainedMessagesBack() throws IOException {
    RawClient client = join(V5, "c");
    say(client, retained("a", "own"));
    say(join(V5, "p"), retained("b", "other"));
    ask(client, 1, new Subscription("#", QOS1, true, false, 0));
    take(client, "other");
    client.expectNothing();
  }

  @Test
  void noLocalIsAnErrorForSharedSubscriptions() throws IOException {
    sentAwayV5(0x82, "8210 0001 00 000a 2473686172652f672f61 04");
  }

  @Test
  void subscriptionIdentifiersGoUpTo268435455() throws IOException {
    RawClient client = join(V5, "c");
    for (int identifier : List.of(1, 127, 128, 268_435_455)) {
      subscribe(client, of("a", QOS0), identifier);
      say(client, "a", "x", QOS0);
      Properties got = take(client, "x").message().properties();
      assertThat(got.number(Property.SUBSCRIPTION_IDENTIFIER, 0)).isEqualTo(identifier);
    }
  }

  @Test
  void overlappingFiltersGiveOneCopyEach() throws IOException {
    RawClient client = join(V5, "c");
    subscribe(client, of("a/b", QOS2), 1);
    subscribe(client, of("a/+", QOS1), 2);
    subscribe(client, of("a/#", QOS0), 3);
    say(join(V5, "p"), "a/b", "x", QOS2);
    Map<Long, Qos> got = new TreeMap<>();
    for (int i = 0; i < 3; i++) {
      Message each = client.expectMessage("x").message();
      got.put(each.properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0), each.qos());
    }
    assertThat(got).isEqualTo(Map.of(1L, QOS2, 2L, QOS1, 3L, QOS0));
    client.expectNothing();
  }

  @Test
  void overlappingFiltersOfMqtt3GiveOneCopyWhereDuplicatesAreOff() throws IOException {
    given("allow_duplicate_messages false");
    RawClient client = join(V3_1_1, "c");
    ask(client, 1, of("a/#", QOS1), of("a/b", QOS1), of("+/b", QOS1));
    say(join(V5, "p"), "a/b", "x", QOS1);
    take(client, "x");
    client.expectNothing();
  }

  @Test
  void theOneCopyHasTheHighestQos() throws IOException {
    given("allow_duplicate_messages false");
    RawClient client = join(V3_1_1, "c");
    ask(client, 1, of("a/#", QOS0), of("a/b", QOS1), of("+/b", QOS2), of("#", QOS0));
    say(join(V5, "p"), "a/b", "x", QOS2);
    assertThat(take(client, "x").message().qos()).isEqualTo(QOS2);
    client.expectNothing();
  }

  @Test
  void unsubackSaysWhatWasThere() throws IOException {
    RawClient client = join(V5, "c");
    ask(client, 1, of("a", QOS0), of("b/#", QOS0));
    assertThat(give(client, 2, "a", "x", "b/#").reasonCodes()).containsExactly(0, 0x11, 0);
    assertThat(give(client, 3, "a").reasonCodes()).containsExactly(0x11);
    say(client, "a", "x", QOS0);
    say(client, "b/c", "x", QOS0);
    client.expectNothing();
  }

  @Test
  void unsubackOfMqtt3HasNoCodes() throws IOException {
    RawClient client = open(V3_1_1);
    client.sendHex("10 0d 0004 4d515454 04 02 003c 0001 63 a205 0007 0001 61");
    client.expectHex("20 02 00 00 b002 0007");
  }

  @Test
  void whatIsUnderWayIsCompletedAfterUnsubscribe() throws IOException {
    RawClient client = join(hello(V5, "c").with(Property.RECEIVE_MAXIMUM, 1));
    client.subscribe("a", QOS2);
    RawClient publisher = join(V5, "p");
    say(publisher, "a", "1", QOS2);
    say(publisher, "a", "2", QOS2);
    give(take1(client), 9, "a");
    client.send(Ack.of(PacketType.PUBREC, 1));
    ack(client, PacketType.PUBREL, 1);
    client.send(Ack.of(PacketType.PUBCOMP, 1));
    take(client, "2"); // queued before
    say(publisher, "a", "3", QOS2);
    client.expectNothing();
  }

  private static RawClient take1(RawClient client) throws IOException {
    assertThat(client.expectMessage("1").packetId()).isEqualTo(1);
    return client;
  }

  @Test
  void theMembersOfAGroupTakeTurns() throws IOException {
    RawClient publisher = join(V5, "p");
    for (ProtocolVersion version : ALL) {
      RawClient one = join(version, "1");
      RawClient two = join(version, "2");
      one.subscribe("$share/g/a", QOS0);
      two.subscribe("$share/g/a", QOS0);
      for (int i = 0; i < 4; i++) {
        say(publisher, "a", "m" + i, QOS0);
      }
      one.expectMessage("m0");
      one.expectMessage("m2");
      two.expectMessage("m1");
      two.expectMessage("m3");
      one.expectNothing();
      two.expectNothing();
      leave(one);
      leave(two);
    }
  }

  @Test
  void theMessagesOfAMemberWhoseSessionEndsGoToAnother() throws IOException {
    given("max_inflight_messages 2");
    RawClient publisher = join(V5, "p");
    for (ProtocolVersion version : ALL) {
      RawClient dies = join(version, "1");
      dies.subscribe("$share/g/a", QOS1);
      for (int i = 0; i < 5; i++) {
        say(publisher, "a", "m" + i, QOS1);
      }
      dies.expectMessage("m0");
      dies.expectMessage("m1"); // unacknowledged; the rest is queued
      RawClient successor = join(version, "2");
      successor.subscribe("$share/g/a", QOS1);
      dies.close();
      for (int i = 0; i < 5; i++) {
        take(successor, "m" + i);
      }
      successor.expectNothing();
      leave(successor);
    }
  }

  @Test
  void aMessageTooLargeForAMemberGoesToAnother() throws IOException {
    RawClient publisher = join(V5, "p");
    RawClient small = join(hello(V5, "1").with(Property.MAXIMUM_PACKET_SIZE, 50));
    RawClient large = join(V5, "2");
    for (Qos qos : List.of(QOS0, QOS1)) {
      small.subscribe("$share/g/a", qos);
      large.subscribe("$share/g/a", qos);
      for (int i = 0; i < 4; i++) {
        say(publisher, "a", "x".repeat(100), qos);
      }
      for (int i = 0; i < 4; i++) {
        take(large, "x".repeat(100));
      }
      small.expectNothing();
      large.expectNothing();
    }
  }

  @Test
  void groupsAndPlainSubscriptionsAreIndependent() throws IOException {
    RawClient client = join(V5, "c");
    RawClient other = join(V5, "o");
    client.subscribe("$share/g/a", QOS0);
    other.subscribe("$share/h/a", QOS0);
    other.subscribe("a", QOS0);
    say(join(V5, "p"), "a", "x", QOS0);
    client.expectMessage("x");
    other.expectMessage("x");
    other.expectMessage("x");
    client.expectNothing();
    other.expectNothing();
  }

  @Test
  void unsubscribeTellsSharedAndPlainApart() throws IOException {
    RawClient client = join(V5, "c");
    client.subscribe("$share/g/a", QOS0);
    assertThat(give(client, 7, "a").reasonCodes()).containsExactly(0x11);
    say(client, "a", "shared", QOS0);
    client.expectMessage("shared");
    client.subscribe("a", QOS0);
    assertThat(give(client, 8, "$share/g/a").reasonCodes()).containsExactly(0);
    say(client, "a", "plain", QOS0);
    client.expectMessage("plain");
    client.expectNothing();
  }
}
