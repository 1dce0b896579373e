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
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Sessions and queues, sections 6.1 and 6.2, as far as they can be seen in a second or two. */
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class SessionRulesTest extends Rules {

  @Test
  void subscriptionsAreKeptWithOptionsAndIdentifiers() throws IOException {
    RawClient client = join(hello(V5, "c").kept());
    subscribe(client, new Subscription("a", QOS1, true, true, 2), 7);
    leave(client);
    RawClient again = join(hello(V5, "c").kept());
    say(again, "a", "own", QOS1);
    join(V5, "p").publish(retained("a", "x"));
    Message got = take(again, "x").message();
    assertThat(got.retain()).isTrue();
    assertThat(got.properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0)).isEqualTo(7);
    again.expectNothing();
  }

  @Test
  void withoutExpiryASessionEndsWithItsConnection() throws IOException {
    RawClient client = join(hello(V5, "c").resume());
    client.subscribe("a", QOS1);
    leave(client);
    assertThat(knock(hello(V5, "c").kept()).sessionPresent()).isFalse();
    assertThat(knock(hello(V5, "c").resume().expiry(0)).sessionPresent()).isTrue();
  }

  @Test
  void theLongestIntervalsDoNotOverflow() throws IOException {
    for (long expiry : List.of(4_294_967_294L, 0xFFFF_FFFFL)) {
      leave(join(hello(V5, "c" + expiry).resume().expiry(expiry)));
      assertThat(knock(hello(V5, "c" + expiry).resume()).sessionPresent()).isTrue();
    }
  }

  @Test
  void aSessionIsGoneAfterItsInterval() throws Exception {
    RawClient watcher = join(V5, "w");
    watcher.subscribe("s", QOS0);
    // The will tells when the session has ended.
    RawClient client = join(hello(V5, "c").resume().expiry(1).will("s", 100));
    client.close();
    take(watcher, "gone");
    assertThat(knock(hello(V5, "c").resume()).sessionPresent()).isFalse();
  }

  @Test
  void whatWasUnderWayComesAgainThenWhatWasQueued() throws IOException {
    for (ProtocolVersion version : ALL) {
      RawClient publisher = join(V5, "p");
      RawClient client = join(hello(version, "c").kept());
      client.subscribe("a", QOS2);
      for (String each : List.of("1", "2", "3")) {
        say(publisher, "a", each, QOS2);
      }
      int one = client.expectMessage("1").packetId();
      int two = client.expectMessage("2").packetId();
      int three = client.expectMessage("3").packetId();
      client.send(Ack.of(PacketType.PUBREC, one));
      ack(client, PacketType.PUBREL, one);
      leave(client);
      say(publisher, "a", "4", QOS1);
      RawClient again = join(hello(version, "c").kept());
      ack(again, PacketType.PUBREL, one);
      Publish second = again.expectMessage("2");
      assertThat(second.dup()).isTrue();
      assertThat(second.packetId()).isEqualTo(two);
      Publish third = again.expectMessage("3");
      assertThat(third.dup()).isTrue();
      assertThat(third.packetId()).isEqualTo(three);
      Publish fourth = again.expectMessage("4");
      assertThat(fourth.dup()).isFalse();
      leave(again);
      leave(join(hello(version, "c")));
    }
  }

  @Test
  void inboundQos2IsNotDeliveredTwiceAcrossAReconnect() throws IOException {
    RawClient watcher = join(V5, "w");
    watcher.subscribe("a", QOS0);
    for (ProtocolVersion version : ALL) {
      RawClient client = join(hello(version, "c").kept());
      client.send(new Publish(message("a", "x", QOS2), false, 5));
      ack(client, PacketType.PUBREC, 5);
      client.close();
      RawClient again = join(hello(version, "c").kept());
      again.send(new Publish(message("a", "x", QOS2), true, 5));
      ack(again, PacketType.PUBREC, 5);
      again.send(Ack.of(PacketType.PUBREL, 5));
      ack(again, PacketType.PUBCOMP, 5);
      again.close();
      RawClient third = join(hello(version, "c").kept());
      third.send(Ack.of(PacketType.PUBREL, 5)); // PUBCOMP was lost
      ack(third, PacketType.PUBCOMP, 5);
      watcher.expectMessage("x");
      watcher.expectNothing();
      leave(third);
      leave(join(hello(version, "c")));
    }
  }

  @Test
  void pubrelAloneAfterAReconnectIsEnough() throws IOException {
    RawClient watcher = join(V5, "w");
    watcher.subscribe("a", QOS0);
    RawClient client = join(hello(V5, "c").kept());
    client.send(new Publish(message("a", "x", QOS2), false, 5));
    ack(client, PacketType.PUBREC, 5);
    leave(client);
    watcher.expectNothing();
    RawClient again = join(hello(V5, "c").kept());
    again.send(Ack.of(PacketType.PUBREL, 5));
    ack(again, PacketType.PUBCOMP, 5, 0);
    watcher.expectMessage("x");
  }

  @Test
  void theOnlineQueueIsBoundedAndTheNewestIsLost() throws IOException {
    given("max_inflight_messages 2", "max_queued_messages 3");
    RawClient publisher = join(V5, "p");
    RawClient client = join(V5, "c");
    client.subscribe("a", QOS1);
    for (int i = 1; i <= 8; i++) {
      say(publisher, "a", "m" + i, QOS1);
    }
    for (int i = 1; i <= 5; i++) {
      take(client, "m" + i);
    }
    client.expectNothing();
  }

  @Test
  void theQueueOfOneWhoIsAwayIsBounded() throws IOException {
    given("max_inflight_messages 2", "max_queued_messages 3");
    RawClient publisher = join(V5, "p");
    RawClient client = join(hello(V5, "c").kept());
    client.subscribe("a", QOS1);
    leave(client);
    for (int i = 1; i <= 8; i++) {
      say(publisher, "a", "m" + i, QOS1);
    }
    RawClient again = join(hello(V5, "c").kept());
    for (int i = 1; i <= 3; i++) {
      take(again, "m" + i);
    }
    again.expectNothing();
  }

  @Test
  void theQueueIsBoundedInBytes() throws IOException {
    given("max_inflight_messages 1", "max_queued_messages 100", "max_queued_bytes 10");
    RawClient publisher = join(V5, "p");
    RawClient client = join(hello(V5, "c").kept());
    client.subscribe("a", QOS1);
    leave(client);
    for (int i = 1; i <= 5; i++) {
      say(publisher, "a", "abc" + i, QOS1);
    }
    RawClient again = join(hello(V5, "c").kept());
    take(again, "abc1");
    take(again, "abc2");
    again.expectNothing();
  }

  @Test
  void whoIsAwayGetsNoQos0() throws IOException {
    RawClient publisher = join(V5, "p");
    RawClient client = join(hello(V5, "c").kept());
    client.subscribe("a", QOS2);
    leave(client);
    say(publisher, "a", "0", QOS0);
    say(publisher, "a", "1", QOS1);
    say(publisher, "a", "2", QOS2);
    RawClient again = join(hello(V5, "c").kept());
    take(again, "1");
    take(again, "2");
    again.expectNothing();
  }

  @Test
  void qos0IsQueuedWhereTheBrokerIsToldSo() throws IOException {
    given("queue_qos0_messages true");
    RawClient publisher = join(V5, "p");
    RawClient client = join(hello(V5, "c").kept());
    client.subscribe("a", QOS2);
    leave(client);
    say(publisher, "a", "0", QOS0);
    say(publisher, "a", "1", QOS1);
    RawClient again = join(hello(V5, "c").kept());
    take(again, "0");
    take(again, "1");
    again.expectNothing();
  }

  private static Message expiring(String payload, Qos qos, boolean retain, long seconds) {
    Properties properties = Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, seconds);
    return new Message("a", payload.getBytes(), qos, retain, properties);
  }

  @Test
  void messageExpiryIsPassedOnToMqtt5Only() throws IOException {
    RawClient client = join(V5, "c");
    RawClient old = join(V3_1_1, "o");
    client.subscribe("a", QOS0);
    old.subscribe("a", QOS0);
    client.publish(expiring("x", QOS0, false, 100));
    Properties got = take(client, "x").message().properties();
    assertThat(got.number(Property.MESSAGE_EXPIRY_INTERVAL, -1)).isBetween(98L, 100L);
    take(old, "x");
  }

  @Test
  void messagesExpireInQueuesAndInTheStore() throws Exception {
    RawClient publisher = join(V5, "p");
    RawClient client = join(hello(V5, "c").kept());
    client.subscribe("a", QOS1);
    leave(client);
    publisher.publish(expiring("short", QOS1, true, 1));
    publisher.expect(Ack.class);
    publisher.publish(new Message("b", "stays".getBytes(), QOS1, true, Properties.NONE));
    publisher.expect(Ack.class);
    // Another one that is waited for tells that the time is over.
    RawClient watcher = join(V5, "w");
    watcher.subscribe("s", QOS0);
    join(hello(V5, "d").kept().will("s", 3)).close();
    take(watcher, "gone");
    RawClient again = join(hello(V5, "c").kept());
    again.expectNothing();
    RawClient late = join(V5, "l");
    late.subscribe("#", QOS1);
    take(late, "stays");
    late.expectNothing();
  }
}
