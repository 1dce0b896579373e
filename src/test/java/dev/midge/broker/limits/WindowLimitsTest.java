package dev.midge.broker.limits;

import static dev.midge.broker.limits.LimitedBroker.publishAcknowledged;
import static dev.midge.broker.limits.LimitedBroker.take;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Inflight windows and queues; real sockets. */
class WindowLimitsTest {
  private static final Qos Q0 = Qos.AT_MOST_ONCE;
  private static final Qos Q1 = Qos.AT_LEAST_ONCE;
  private static final Qos Q2 = Qos.EXACTLY_ONCE;

  private LimitedBroker broker;

  private void start(Limits.Builder limits) throws IOException {
    broker = LimitedBroker.start(limits);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private RawClient subscriber() throws IOException {
    RawClient subscriber = broker.client("s");
    subscriber.subscribe("t/#", Q1);
    return subscriber;
  }

  @Test
  void maxInflightMessagesHoldsBackTheNextForASubscriber() throws IOException {
    start(Limits.builder().maxInflightMessages(2));
    try (RawClient subscriber = subscriber();
        RawClient publisher = broker.client("p")) {
      publishAcknowledged(publisher, "1", "2", "3");
      Publish first = subscriber.expectMessage("1");
      subscriber.expectMessage("2");
      subscriber.expectNothing();
      subscriber.send(Ack.of(PacketType.PUBACK, first.packetId()));
      subscriber.expectMessage("3");
    }
  }

  @Test
  void maxInflightMessagesIsTheReceiveMaximumOfPublishers() throws IOException {
    start(Limits.builder().maxInflightMessages(2));
    assertThat(
            broker
                .answer(RawClient.connect(V5, "c"))
                .properties()
                .number(Property.RECEIVE_MAXIMUM, 0))
        .isEqualTo(2);
    try (RawClient publisher = broker.client("p")) {
      publisher.publish("t/1", "1", Q2);
      publisher.publish("t/1", "2", Q2);
      publisher.expect(Ack.class);
      publisher.expect(Ack.class);
      publisher.publish("t/1", "3", Q2);
      LimitedBroker.expectDisconnect(publisher, V5, ReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
    }
  }

  @Test
  void maxInflightMessagesOfZeroIsNoLimit() throws IOException {
    start(Limits.builder().maxInflightMessages(0));
    assertThat(broker.answer(RawClient.connect(V5, "c")).properties().has(Property.RECEIVE_MAXIMUM))
        .isFalse();
    try (RawClient subscriber = subscriber();
        RawClient publisher = broker.client("p")) {
      for (int i = 0; i < 300; i++) {
        publishAcknowledged(publisher, "m" + i);
      }
      for (int i = 0; i < 300; i++) {
        subscriber.expectMessage("m" + i);
      }
    }
  }

  @Test
  void maxInflightBytesLetsAMessageStartBelowTheLimit() throws IOException {
    start(Limits.builder().maxInflightBytes(10));
    try (RawClient subscriber = subscriber();
        RawClient publisher = broker.client("p")) {
      publishAcknowledged(publisher, "six--1", "six--2", "six--3");
      Publish first = subscriber.expectMessage("six--1");
      subscriber.expectMessage("six--2");
      subscriber.expectNothing(); // 12 bytes are in flight
      subscriber.send(Ack.of(PacketType.PUBACK, first.packetId()));
      subscriber.expectMessage("six--3");
    }
  }

  @Test
  void maxInflightBytesWithholdsPubrecFromPublishers() throws IOException {
    start(Limits.builder().maxInflightBytes(10));
    try (RawClient publisher = broker.client("p")) {
      publisher.publish("t/1", "ten bytes.", Q2);
      int first = publisher.expect(Ack.class).packetId();
      publisher.publish("t/1", "more", Q2);
      publisher.expectNothing();
      publisher.send(Ack.of(PacketType.PUBREL, first));
      assertThat(publisher.expect(Ack.class).type()).isEqualTo(PacketType.PUBCOMP);
      assertThat(publisher.expect(Ack.class).type()).isEqualTo(PacketType.PUBREC);
    }
  }

  @Test
  void maxQueuedMessagesKeepsTheOldestForAClientThatIsAway() throws IOException {
    start(Limits.builder().maxQueuedMessages(2));
    broker.keepAbsent("s", Q1);
    try (RawClient publisher = broker.client("p")) {
      publishAcknowledged(publisher, "1", "2");
      publisher.publish("t/1", "3", Q1);
      // Nobody is to get this one, and the publisher hears of it.
      assertThat(publisher.expect(Ack.class).reasonCode()).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }
    try (RawClient back = RawClient.connected(broker.port(), LimitedBroker.kept("s"))) {
      take(back, "1");
      take(back, "2");
      back.expectNothing();
    }
  }

  @Test
  void maxQueuedMessagesCountsBeyondTheWindowOfAConnectedClientAndTheLogSaysSoOnce()
      throws IOException {
    start(Limits.builder().maxInflightMessages(1).maxQueuedMessages(2));
    try (RawClient subscriber = subscriber();
        RawClient publisher = broker.client("p")) {
      publishAcknowledged(publisher, "1", "2", "3", "4", "5");
      take(subscriber, "1");
      take(subscriber, "2");
      take(subscriber, "3");
      subscriber.expectNothing();
    }
    assertThat(broker.log)
        .filteredOn(line -> line.contains("dropped"))
        .containsExactly("Outgoing messages are being dropped for client s.");
  }

  @Test
  void maxQueuedMessagesOfZeroIsNoLimit() throws IOException {
    start(Limits.builder().maxQueuedMessages(0));
    broker.keepAbsent("s", Q1);
    try (RawClient publisher = broker.client("p")) {
      for (int i = 0; i < 1500; i++) {
        publishAcknowledged(publisher, "m" + i);
      }
    }
    try (RawClient back = RawClient.connected(broker.port(), LimitedBroker.kept("s"))) {
      for (int i = 0; i < 1500; i++) {
        take(back, "m" + i);
      }
    }
  }

  @Test
  void maxQueuedBytesCountsPayloads() throws IOException {
    start(Limits.builder().maxQueuedBytes(10));
    broker.keepAbsent("s", Q1);
    try (RawClient publisher = broker.client("p")) {
      publishAcknowledged(publisher, "four", "4444", "3--", "2-", "1");
    }
    try (RawClient back = RawClient.connected(broker.port(), LimitedBroker.kept("s"))) {
      take(back, "four");
      take(back, "4444");
      take(back, "2-"); // which is all that still has room
      back.expectNothing();
    }
  }

  @Test
  void withBothLimitsOfTheQueueBothHold() throws IOException {
    start(Limits.builder().maxQueuedBytes(10).maxQueuedMessages(2));
    broker.keepAbsent("s", Q1);
    try (RawClient publisher = broker.client("p")) {
      publishAcknowledged(publisher, "a", "too much to be queued", "b", "c");
    }
    try (RawClient back = RawClient.connected(broker.port(), LimitedBroker.kept("s"))) {
      take(back, "a");
      take(back, "b");
      back.expectNothing();
    }
  }

  @Test
  void withoutQueueQos0MessagesAClientThatIsAwayMissesQos0() throws IOException {
    start(Limits.builder());
    publishQos0WhileAway();
    try (RawClient back = RawClient.connected(broker.port(), LimitedBroker.kept("s"))) {
      back.expectNothing();
    }
  }

  @Test
  void queueQos0MessagesKeepsThem() throws IOException {
    start(Limits.builder().queueQos0Messages(true));
    publishQos0WhileAway();
    try (RawClient back = RawClient.connected(broker.port(), LimitedBroker.kept("s"))) {
      assertThat(back.expectMessage("m").message().qos()).isEqualTo(Q0);
      back.expectNothing();
    }
  }

  private void publishQos0WhileAway() throws IOException {
    broker.keepAbsent("s", Q1);
    try (RawClient publisher = broker.client("p")) {
      publisher.publish("t/1", "m", Q0);
      publisher.expectNothing();
    }
  }
}
