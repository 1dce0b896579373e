package dev.midge.broker.limits;

import static dev.midge.broker.limits.LimitedBroker.expectDisconnect;
import static dev.midge.broker.limits.LimitedBroker.withWill;
import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes, topic aliases, QoS and retained messages; real sockets. */
class PacketLimitsTest {
  private static final int NOT_AUTHORISED_V3 = 5;

  private LimitedBroker broker;

  private void start(Limits.Builder limits) throws IOException {
    broker = LimitedBroker.start(limits);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private long announced(Property property, long otherwise) throws IOException {
    return broker.answer(RawClient.connect(V5, "c")).properties().number(property, otherwise);
  }

  private static Message message(int bytes, Qos qos, boolean retain) {
    return Message.of("t/1", "x".repeat(bytes).getBytes(), qos, retain);
  }

  @ParameterizedTest
  @EnumSource
  void maxPacketSizeIsThatOfWholePackets(ProtocolVersion version) throws IOException {
    start(Limits.builder().maxPacketSize(100));
    assertThat(announced(Property.MAXIMUM_PACKET_SIZE, 0)).isEqualTo(100);
    int head = 2 + 2 + 3 + (version.isV5() ? 1 : 0); // fixed header, topic, property length
    try (RawClient client = broker.client(version, "p")) {
      client.subscribe("t/#", Qos.AT_MOST_ONCE);
      client.publish(message(100 - head, Qos.AT_MOST_ONCE, false));
      assertThat(client.expect(Publish.class).message().payload()).hasSize(100 - head);
      client.publish(message(101 - head, Qos.AT_MOST_ONCE, false));
      expectDisconnect(client, version, ReasonCode.PACKET_TOO_LARGE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void messageSizeLimitDropsTheMessageAndKeepsTheConnection(ProtocolVersion version)
      throws IOException {
    start(Limits.builder().messageSizeLimit(10));
    int tooLarge = version.isV5() ? ReasonCode.PACKET_TOO_LARGE : 0;
    try (RawClient client = broker.client(version, "p")) {
      client.subscribe("t/#", Qos.AT_MOST_ONCE);
      client.publish(message(11, Qos.AT_MOST_ONCE, false));
      client.expectNothing();
      client.publish(message(11, Qos.AT_LEAST_ONCE, false));
      assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(tooLarge);
      client.publish(message(11, Qos.EXACTLY_ONCE, false));
      assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(tooLarge);
      client.publish(message(10, Qos.AT_MOST_ONCE, false));
      assertThat(client.expect(Publish.class).message().payload()).hasSize(10);
      client.expectNothing();
    }
  }

  @Test
  void messageSizeLimitHoldsForWillsToo() throws IOException {
    start(Limits.builder().messageSizeLimit(10));
    Message large = message(11, Qos.AT_MOST_ONCE, false);
    assertThat(broker.answer(withWill(V5, large)).reasonCode())
        .isEqualTo(ReasonCode.PACKET_TOO_LARGE);
    assertThat(broker.answer(withWill(V3_1_1, large)).reasonCode()).isEqualTo(NOT_AUTHORISED_V3);
    assertThat(broker.answer(withWill(V5, message(10, Qos.AT_MOST_ONCE, false))).reasonCode())
        .isZero();
  }

  private static Publish aliased(String topic, int alias) {
    Properties properties = Properties.of(Property.TOPIC_ALIAS, alias);
    return new Publish(
        new Message(topic, new byte[] {'m'}, Qos.AT_MOST_ONCE, false, properties), false, 0);
  }

  @Test
  void maxTopicAliasIsTheLastThatAClientMayUse() throws IOException {
    start(Limits.builder().maxTopicAlias(3));
    assertThat(announced(Property.TOPIC_ALIAS_MAXIMUM, 0)).isEqualTo(3);
    try (RawClient client = broker.client("p")) {
      client.subscribe("t/#", Qos.AT_MOST_ONCE);
      client.send(aliased("t/1", 3));
      client.send(aliased("", 3));
      assertThat(client.expectMessage("m").message().topic()).isEqualTo("t/1");
      assertThat(client.expectMessage("m").message().topic()).isEqualTo("t/1");
      client.send(aliased("t/1", 4));
      expectDisconnect(client, V5, ReasonCode.TOPIC_ALIAS_INVALID);
    }
  }

  @Test
  void withMaxTopicAliasOfZeroNoneMayBeUsed() throws IOException {
    start(Limits.builder().maxTopicAlias(0));
    assertThat(announced(Property.TOPIC_ALIAS_MAXIMUM, 0)).isZero();
    try (RawClient client = broker.client("p")) {
      client.send(aliased("t/1", 1));
      expectDisconnect(client, V5, ReasonCode.TOPIC_ALIAS_INVALID);
    }
  }

  private List<String> topicsAndAliases(int offered) throws IOException {
    Connect connect =
        RawClient.connect(
            V5, "s", true, null, Properties.of(Property.TOPIC_ALIAS_MAXIMUM, offered));
    try (RawClient client = RawClient.connected(broker.port(), connect)) {
      client.subscribe("t/#", Qos.AT_MOST_ONCE);
      client.publish("t/1", "m", Qos.AT_MOST_ONCE);
      client.publish("t/1", "m", Qos.AT_MOST_ONCE);
      client.publish("t/2", "m", Qos.AT_MOST_ONCE);
      client.publish("t/2", "m", Qos.AT_MOST_ONCE);
      return List.of(next(client), next(client), next(client), next(client));
    }
  }

  private static String next(RawClient client) throws IOException {
    Message message = client.expectMessage("m").message();
    return message.topic() + ":" + message.properties().number(Property.TOPIC_ALIAS, 0);
  }

  @Test
  void maxTopicAliasBrokerIsTheLastThatTheBrokerUses() throws IOException {
    start(Limits.builder().maxTopicAliasBroker(1));
    assertThat(topicsAndAliases(5)).containsExactly("t/1:1", ":1", "t/2:0", "t/2:0");
    assertThat(topicsAndAliases(0)).containsExactly("t/1:0", "t/1:0", "t/2:0", "t/2:0");
  }

  @Test
  void withMaxTopicAliasBrokerOfZeroTheBrokerUsesNone() throws IOException {
    start(Limits.builder().maxTopicAliasBroker(0));
    assertThat(topicsAndAliases(5)).containsExactly("t/1:0", "t/1:0", "t/2:0", "t/2:0");
  }

  @ParameterizedTest
  @EnumSource
  void maxQosForbidsToPublishAboveIt(ProtocolVersion version) throws IOException {
    start(Limits.builder().maxQos(Qos.AT_LEAST_ONCE));
    assertThat(announced(Property.MAXIMUM_QOS, 2)).isEqualTo(1);
    try (RawClient client = broker.client(version, "p")) {
      client.publish(message(1, Qos.AT_LEAST_ONCE, false));
      client.expect(Ack.class);
      client.publish(message(1, Qos.EXACTLY_ONCE, false));
      expectDisconnect(client, version, ReasonCode.QOS_NOT_SUPPORTED);
    }
  }

  @Test
  void maxQosIsGrantedAtMostAndHoldsForWills() throws IOException {
    start(Limits.builder().maxQos(Qos.AT_LEAST_ONCE));
    try (RawClient client = broker.client("s")) {
      client.send(
          new Subscribe(1, List.of(Subscription.of("t/#", Qos.EXACTLY_ONCE)), Properties.NONE));
      assertThat(client.expect(Suback.class).reasonCodes()).containsExactly(1);
    }
    Message will = message(1, Qos.EXACTLY_ONCE, false);
    assertThat(broker.answer(withWill(V5, will)).reasonCode())
        .isEqualTo(ReasonCode.QOS_NOT_SUPPORTED);
    assertThat(broker.answer(withWill(V3_1_1, will)).reasonCode()).isEqualTo(NOT_AUTHORISED_V3);
  }

  @ParameterizedTest
  @EnumSource
  void withoutRetainAvailableNothingIsRetained(ProtocolVersion version) throws IOException {
    start(Limits.builder().retainAvailable(false));
    assertThat(announced(Property.RETAIN_AVAILABLE, 1)).isZero();
    try (RawClient client = broker.client(version, "p")) {
      client.publish(message(1, Qos.AT_MOST_ONCE, true));
      expectDisconnect(client, version, ReasonCode.RETAIN_NOT_SUPPORTED);
    }
    try (RawClient client = broker.client(version, "s")) {
      client.subscribe("t/#", Qos.AT_MOST_ONCE);
      client.expectNothing();
    }
    Message will = message(1, Qos.AT_MOST_ONCE, true);
    assertThat(broker.answer(withWill(version, will)).reasonCode())
        .isEqualTo(version.isV5() ? ReasonCode.RETAIN_NOT_SUPPORTED : NOT_AUTHORISED_V3);
  }

  @Test
  void upgradeOutgoingQosDeliversAtTheSubscriptionsQos() throws IOException {
    start(Limits.builder().upgradeOutgoingQos(true));
    try (RawClient client = broker.client("s")) {
      client.subscribe("t/#", Qos.EXACTLY_ONCE);
      client.publish("t/1", "m", Qos.AT_MOST_ONCE);
      Publish publish = client.expectMessage("m");
      assertThat(publish.message().qos()).isEqualTo(Qos.EXACTLY_ONCE);
      assertThat(publish.packetId()).isNotZero();
    }
  }

  @Test
  void withoutUpgradeOutgoingQosTheLowerOneCounts() throws IOException {
    start(Limits.builder());
    try (RawClient client = broker.client("s")) {
      client.subscribe("t/#", Qos.EXACTLY_ONCE);
      client.publish("t/1", "m", Qos.AT_MOST_ONCE);
      assertThat(client.expectMessage("m").message().qos()).isEqualTo(Qos.AT_MOST_ONCE);
    }
  }

  private void publishToOverlapping(RawClient client) throws IOException {
    client.subscribe("t/#", Qos.AT_MOST_ONCE);
    client.subscribe("t/1", Qos.AT_LEAST_ONCE);
    client.subscribe("+/1", Qos.AT_MOST_ONCE);
    try (RawClient publisher = broker.client("p")) {
      publisher.publish("t/1", "m", Qos.AT_LEAST_ONCE);
      publisher.expect(Ack.class);
    }
  }

  @Test
  void withoutAllowDuplicateMessagesOverlappingSubscriptionsGetOneCopyOfTheHighestQos()
      throws IOException {
    start(Limits.builder().allowDuplicateMessages(false));
    try (RawClient client = broker.client(V3_1_1, "s")) {
      publishToOverlapping(client);
      assertThat(client.expectMessage("m").message().qos()).isEqualTo(Qos.AT_LEAST_ONCE);
      client.expectNothing();
    }
    try (RawClient client = broker.client(V5, "s")) { // whose subscriptions have identifiers
      publishToOverlapping(client);
      client.expectMessage("m");
      client.expectMessage("m");
      client.expectMessage("m");
    }
  }

  @Test
  void withAllowDuplicateMessagesTheyGetOneEach() throws IOException {
    start(Limits.builder());
    try (RawClient client = broker.client(V3_1_1, "s")) {
      publishToOverlapping(client);
      client.expectMessage("m");
      client.expectMessage("m");
      client.expectMessage("m");
      client.expectNothing();
    }
  }
}
