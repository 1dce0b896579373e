package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Rig rig = new Rig();

  private static ConnectOptions client() {
    return ConnectOptions.of("c").expiry(1000);
  }

  private static Message expiring(String payload, long seconds) {
    return new Message(
        "a",
        payload.getBytes(),
        Qos.AT_LEAST_ONCE,
        false,
        Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, seconds));
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "a " + i).toList();
  }

  private static void publish(TestClient publisher, int from, int to) {
    IntStream.rangeClosed(from, to).forEach(i -> publisher.publish("a", "" + i, Qos.AT_LEAST_ONCE));
  }

  @Test
  void theReceiveMaximumLimitsWhatIsUnderWay() {
    TestClient client = rig.connect(client().with(Property.RECEIVE_MAXIMUM, 2));
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    TestClient publisher = rig.connect("p");
    publish(publisher, 1, 5);
    assertThat(client.received()).containsExactly("a 1", "a 2");
    client.ack(PacketType.PUBACK, 1);
    assertThat(client.received()).containsExactly("a 3");
    client.ack(PacketType.PUBACK, 3);
    client.ack(PacketType.PUBACK, 2);
    assertThat(client.received()).containsExactly("a 4", "a 5");
  }

  @Test
  void qos0DoesNotCountAgainstTheReceiveMaximum() {
    TestClient client = rig.connect(client().with(Property.RECEIVE_MAXIMUM, 1));
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    TestClient publisher = rig.connect("p");
    publish(publisher, 1, 2);
    publisher.publish("a", "now", Qos.AT_MOST_ONCE);
    assertThat(client.received()).containsExactly("a 1", "a now");
  }

  @Test
  void theBrokersOwnLimitIsTwenty() {
    TestClient client = rig.connect(client());
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    publish(rig.connect("p"), 1, 30);
    assertThat(client.received()).isEqualTo(numbers(1, 20));
  }

  @Test
  void aQos2MessageOccupiesItsPlaceUntilPubcomp() {
    TestClient client = rig.connect(client().with(Property.RECEIVE_MAXIMUM, 1));
    client.subscribe("a", Qos.EXACTLY_ONCE);
    TestClient publisher = rig.connect("p");
    for (String payload : List.of("1", "2")) {
      publisher.ack(PacketType.PUBREL, publisher.publish("a", payload, Qos.EXACTLY_ONCE));
    }
    assertThat(client.received()).containsExactly("a 1");
    client.ack(PacketType.PUBREC, 1);
    assertThat(client.peer.all()).containsExactly(Ack.of(PacketType.PUBREL, 1));
    client.ack(PacketType.PUBREC, 1);
    assertThat(client.peer.all()).containsExactly(Ack.of(PacketType.PUBREL, 1));
    client.ack(PacketType.PUBCOMP, 1);
    assertThat(client.received()).containsExactly("a 2");
  }

  @Test
  void aRefusingPubrecEndsTheMessageWithoutPubrel() {
    TestClient client = rig.connect(client().with(Property.RECEIVE_MAXIMUM, 1));
    client.subscribe("a", Qos.EXACTLY_ONCE);
    TestClient publisher = rig.connect("p");
    for (String payload : List.of("1", "2")) {
      publisher.ack(PacketType.PUBREL, publisher.publish("a", payload, Qos.EXACTLY_ONCE));
    }
    client.peer.all();
    client.send(Ack.of(PacketType.PUBREC, 1, ReasonCode.QUOTA_EXCEEDED));
    assertThat(client.peer.all()).singleElement().isInstanceOf(Publish.class);
  }

  @Test
  void acknowledgementsForNothingAreHarmless() {
    TestClient client = rig.connect(client());
    client.ack(PacketType.PUBACK, 7);
    client.ack(PacketType.PUBCOMP, 7);
    assertThat(client.peer.all()).isEmpty();
    client.ack(PacketType.PUBREC, 7);
    client.ack(PacketType.PUBREL, 8);
    assertThat(client.peer.all())
        .containsExactly(Ack.of(PacketType.PUBREL, 7), Ack.of(PacketType.PUBCOMP, 8));
  }

  @Test
  void theWrongKindOfAcknowledgementIsAProtocolError() {
    for (PacketType wrong : List.of(PacketType.PUBREC, PacketType.PUBCOMP)) {
      TestClient client = rig.connect(ConnectOptions.of("q1"));
      client.subscribe("a", Qos.AT_LEAST_ONCE);
      rig.connect("p").publish("a", "x", Qos.AT_LEAST_ONCE);
      client.ack(wrong, 1);
      assertThat(client.disconnectReason()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }
    for (PacketType wrong : List.of(PacketType.PUBACK, PacketType.PUBCOMP)) {
      TestClient client = rig.connect(ConnectOptions.of("q2"));
      client.subscribe("a", Qos.EXACTLY_ONCE);
      TestClient publisher = rig.connect("p");
      publisher.ack(PacketType.PUBREL, publisher.publish("a", "x", Qos.EXACTLY_ONCE));
      client.ack(wrong, 1);
      assertThat(client.disconnectReason()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }
  }

  @Test
  void afterAReconnectWhatIsUnderWayComesAgainWithDupAndOldIdsThenTheRest() {
    TestClient client = rig.connect(client().with(Property.RECEIVE_MAXIMUM, 3));
    client.subscribe("a", Qos.EXACTLY_ONCE);
    TestClient publisher = rig.connect("p");
    publisher.ack(PacketType.PUBREL, publisher.publish("a", "released", Qos.EXACTLY_ONCE));
    publish(publisher, 1, 4);
    client.ack(PacketType.PUBREC, 1);
    client.peer.all();
    client.drop();
    publish(publisher, 5, 5);

    TestClient back = rig.connect(client().resume());
    List<String> story = new ArrayList<>();
    for (var packet : back.peer.all()) {
      if (packet instanceof Publish publish) {
        story.add(
            new String(publish.message().payload())
                + " id "
                + publish.packetId()
                + (publish.dup() ? " dup" : ""));
      } else {
        story.add(packet.type() + " " + ((Ack) packet).packetId());
      }
    }
    assertThat(story)
        .containsExactly("PUBREL 1", "1 id 2 dup", "2 id 3 dup", "3 id 4", "4 id 5", "5 id 6");
  }

  @Test
  void aSmallerReceiveMaximumHoldsForWhatIsSentAgain() {
    TestClient client = rig.connect(client());
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    publish(rig.connect("p"), 1, 3);
    client.drop();
    TestClient back = rig.connect(client().resume().with(Property.RECEIVE_MAXIMUM, 1));
    assertThat(back.received()).containsExactly("a 1");
    back.ack(PacketType.PUBACK, 1);
    assertThat(back.received()).containsExactly("a 2");
  }

  @Test
  void packetIdentifiersGoOnInTheNextConnectionAndSkipThoseInUse() {
    TestClient client = rig.connect(client());
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    TestClient publisher = rig.connect("p");
    publish(publisher, 1, 1);
    for (int i = 2; i <= 65535; i++) {
      publisher.send(new Publish(Message.of("a", new byte[0], Qos.AT_LEAST_ONCE, false), false, 1));
      client.ack(PacketType.PUBACK, i);
      client.peer.all();
      publisher.peer.all();
    }
    publish(publisher, 2, 2);
    assertThat(client.publishes()).singleElement().matches(each -> each.packetId() == 2);
  }

  @Test
  void theQueueIsBoundedAndTheNewestIsLost() {
    Rig narrow = new Rig(Limits.builder().maxInflightMessages(2).maxQueuedMessages(3).build());
    TestClient client = narrow.connect(client());
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    publish(narrow.connect("p"), 1, 9);
    List<String> got = new ArrayList<>(client.received());
    for (int id = 1; id <= 9; id++) {
      client.ack(PacketType.PUBACK, id);
      got.addAll(client.received());
    }
    assertThat(got).isEqualTo(numbers(1, 5));
    assertThat(narrow.events).containsExactly("c drops");
  }

  @Test
  void forOneWhoIsAwayTheQueueIsAllThereIs() {
    Rig narrow = new Rig(Limits.builder().maxInflightMessages(2).maxQueuedMessages(3).build());
    TestClient client = narrow.connect(client());
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    client.drop();
    publish(narrow.connect("p"), 1, 9);
    TestClient back = narrow.connect(client().resume());
    List<String> got = new ArrayList<>(back.received());
    for (int id = 1; id <= 9; id++) {
      back.ack(PacketType.PUBACK, id);
      got.addAll(back.received());
    }
    assertThat(got).isEqualTo(numbers(1, 3));
  }

  @Test
  void theQueueIsBoundedInBytesToo() {
    Rig narrow = new Rig(Limits.builder().maxInflightMessages(1).maxQueuedBytes(3).build());
    TestClient client = narrow.connect(client());
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    TestClient publisher = narrow.connect("p");
    publisher.publish("a", "under way", Qos.AT_LEAST_ONCE);
    publisher.publish("a", "12", Qos.AT_LEAST_ONCE);
    publisher.publish("a", "lost", Qos.AT_LEAST_ONCE);
    publisher.publish("a", "3", Qos.AT_LEAST_ONCE);
    List<String> got = new ArrayList<>(client.received());
    for (int id = 1; id <= 4; id++) {
      client.ack(PacketType.PUBACK, id);
      got.addAll(client.received());
    }
    assertThat(got).containsExactly("a under way", "a 12", "a 3");
  }

  @Test
  void aSlowReaderLosesQos0ButNobodyElseDoes() {
    TestClient slow = rig.connect("slow");
    slow.subscribe("a", Qos.AT_MOST_ONCE);
    TestClient quick = rig.connect("quick");
    quick.subscribe("a", Qos.AT_MOST_ONCE);
    slow.peer.waiting(1000);
    rig.connect("p").publish("a", "x", Qos.AT_MOST_ONCE);
    assertThat(slow.received()).isEmpty();
    assertThat(quick.received()).containsExactly("a x");
    assertThat(rig.events).containsExactly("slow drops");
  }

  @Test
  void aPublisherWaitsAMomentForOneWhoReadsButFallsBehind() {
    TestClient slow = rig.connect("slow");
    slow.subscribe("a", Qos.AT_LEAST_ONCE);
    TestClient publisher = rig.connect("p");
    publish(publisher, 1, 519);
    assertThat(publisher.client.isThrottled(rig.time.now())).isFalse();
    publish(publisher, 520, 520); // 20 under way, 500 of 1000 queued
    assertThat(publisher.client.isThrottled(rig.time.now())).isTrue();
    slow.ack(PacketType.PUBACK, 1);
    assertThat(publisher.client.isThrottled(rig.time.now())).isFalse();
  }

  @Test
  void forOneWhoDoesNotReadThePatienceEndsAndIsNotRenewed() {
    TestClient stopped = rig.connect("stopped");
    stopped.subscribe("a", Qos.AT_LEAST_ONCE);
    TestClient publisher = rig.connect("p");
    publish(publisher, 1, 520);
    assertThat(publisher.client.isThrottled(rig.time.now())).isTrue();
    rig.time.advance(Duration.ofMillis(99));
    assertThat(publisher.client.isThrottled(rig.time.now())).isTrue();
    rig.time.advance(Duration.ofMillis(1));
    assertThat(publisher.client.isThrottled(rig.time.now())).isFalse();
    publish(publisher, 521, 2000);
    assertThat(publisher.client.isThrottled(rig.time.now())).isFalse();
    assertThat(rig.events).containsExactly("stopped drops");
  }

  @Test
  void anExpiredMessageIsNeverDeliveredAndFreesItsPlace() {
    Rig narrow = new Rig(Limits.builder().maxQueuedMessages(2).build());
    TestClient client = narrow.connect(client());
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    client.drop();
    TestClient publisher = narrow.connect("p");
    publisher.publish(expiring("short", 10));
    publisher.publish(expiring("long", 100));
    narrow.time.advanceSeconds(10);
    publisher.publish("a", "late", Qos.AT_LEAST_ONCE);
    TestClient back = narrow.connect(client().resume());
    List<Publish> got = back.publishes();
    assertThat(got)
        .extracting(each -> new String(each.message().payload()))
        .containsExactly("long", "late");
    assertThat(got.get(0).message().properties().number(Property.MESSAGE_EXPIRY_INTERVAL))
        .hasValue(90);
  }

  @Test
  void anIntervalOfZeroIsForThoseWhoAreThere() {
    TestClient there = rig.connect("there");
    there.subscribe("a", Qos.AT_LEAST_ONCE);
    TestClient away = rig.connect(client());
    away.subscribe("a", Qos.AT_LEAST_ONCE);
    away.drop();
    rig.connect("p").publish(expiring("now", 0));
    assertThat(there.publishes())
        .singleElement()
        .matches(each -> each.message().properties().isEmpty());
    rig.time.advance(Duration.ofNanos(1));
    assertThat(rig.connect(client().resume()).received()).isEmpty();
  }

  @Test
  void aMessageThatIsTooLargeForTheClientCountsAsDelivered() {
    TestClient client =
        rig.connect(
            client().with(Property.MAXIMUM_PACKET_SIZE, 40).with(Property.RECEIVE_MAXIMUM, 1));
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    TestClient publisher = rig.connect("p");
    publisher.publish("a", "x".repeat(100), Qos.AT_LEAST_ONCE);
    publisher.publish("a", "fits", Qos.AT_LEAST_ONCE);
    assertThat(client.received()).containsExactly("a fits");
  }

  @Test
  void aliasesAreGivenInOrderUntilThereAreNoMore() {
    TestClient client = rig.connect(client().with(Property.TOPIC_ALIAS_MAXIMUM, 2));
    client.subscribe("#", Qos.AT_MOST_ONCE);
    TestClient publisher = rig.connect("p");
    List.of("a", "b", "c", "a", "c", "b")
        .forEach(topic -> publisher.publish(topic, topic, Qos.AT_MOST_ONCE));
    assertThat(client.publishes())
        .extracting(
            each ->
                each.message().topic()
                    + ":"
                    + each.message().properties().number(Property.TOPIC_ALIAS, 0))
        .containsExactly("a:1", "b:2", "c:0", ":1", "c:0", ":2");
  }

  @Test
  void theQos0PacketIsOneObjectForAllWhoGetTheSame() {
    TestClient one = rig.connect("one");
    one.subscribe("a", Qos.AT_MOST_ONCE);
    TestClient two = rig.connect("two");
    two.subscribe("a", Qos.AT_MOST_ONCE);
    rig.connect("p").publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(one.peer.next()).isSameAs(two.peer.next());
  }
}
