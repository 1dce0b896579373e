package dev.midge.broker.persist;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.config.Limits;
import dev.midge.broker.config.PersistenceSpec;
import dev.midge.broker.persist.RestartedBroker.Kept;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of state over the orderly end of a broker and the start of another. */
class RestartTest {
  @TempDir Path directory;

  private RestartedBroker broker(boolean onChanges) throws IOException {
    return new RestartedBroker(directory.resolve("state.db"), onChanges ? 1 : 0, onChanges);
  }

  private static Will will(String topic, long delay) {
    Properties delayed =
        delay == 0 ? Properties.NONE : Properties.of(Property.WILL_DELAY_INTERVAL, delay);
    return new Will(new Message(topic, "gone".getBytes(), Qos.AT_LEAST_ONCE, false, delayed));
  }

  private static void publish(RestartedBroker broker, Message message) throws IOException {
    try (RawClient publisher = RawClient.connected(broker.port(), V5, "p")) {
      publisher.publish(message);
      publisher.expect(Ack.class);
    }
  }

  private static void publish(RestartedBroker broker, String topic, String payload)
      throws IOException {
    publish(broker, Message.of(topic, payload.getBytes(), Qos.AT_LEAST_ONCE, false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSessionItsSubscriptionsAndItsQueueSurvive(boolean onChanges) throws IOException {
    try (RestartedBroker broker = broker(onChanges)) {
      try (Kept kept = broker.begin("s")) {
        Subscription options = new Subscription("a/+", Qos.EXACTLY_ONCE, false, true, 0);
        kept.client()
            .send(
                new Subscribe(
                    1, List.of(options), Properties.of(Property.SUBSCRIPTION_IDENTIFIER, 300)));
        kept.client().expect(Suback.class);
      }
      publish(broker, "a/1", "before");
      broker.restart();
      publish(
          broker,
          new Message(
              "a/2",
              "after".getBytes(),
              Qos.AT_LEAST_ONCE,
              true,
              Properties.builder().add(Property.CONTENT_TYPE, "t").build()));
      try (Kept kept = broker.resume("s")) {
        assertThat(kept.sessionPresent()).isTrue();
        Publish before = kept.client().expectMessage("before");
        assertThat(before.dup()).isFalse();
        assertThat(before.message().properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0))
            .isEqualTo(300);
        Publish after = kept.client().expectMessage("after");
        assertThat(after.message().retain()).as("retain as published").isTrue();
        assertThat(after.message().properties().text(Property.CONTENT_TYPE)).isEqualTo("t");
        assertThat(after.packetId()).isEqualTo(before.packetId() + 1);
      }
    }
  }

  @Test
  void messagesInFlightComeAgainWithTheirIdentifiersAndDup() throws IOException {
    try (RestartedBroker broker = broker(false)) {
      Kept kept = broker.begin("s");
      kept.client().subscribe("a", Qos.EXACTLY_ONCE);
      publish(broker, "a", "acknowledged");
      Publish first = kept.client().expectMessage("acknowledged");
      kept.client().send(Ack.of(PacketType.PUBACK, first.packetId()));
      publish(broker, "a", "1");
      Publish unanswered = kept.client().expectMessage("1");
      try (RawClient publisher = RawClient.connected(broker.port(), V5, "p")) {
        publisher.publish("a", "2", Qos.EXACTLY_ONCE);
        publisher.expect(Ack.class);
        publisher.send(Ack.of(PacketType.PUBREL, 1));
      }
      Publish received = kept.client().expectMessage("2");
      kept.client().send(Ack.of(PacketType.PUBREC, received.packetId()));
      kept.client().expect(Ack.class);
      broker.restart();
      kept.close();
      try (Kept again = broker.resume("s")) {
        Publish dup = again.client().expectMessage("1");
        assertThat(dup.dup()).isTrue();
        assertThat(dup.packetId()).isEqualTo(unanswered.packetId());
        Ack pubrel = again.client().expect(Ack.class);
        assertThat(pubrel).isEqualTo(Ack.of(PacketType.PUBREL, received.packetId()));
        again.client().send(Ack.of(PacketType.PUBCOMP, received.packetId()));
        again.client().send(Ack.of(PacketType.PUBACK, dup.packetId()));
        again.client().expectNothing();
        publish(broker, "a", "3");
        assertThat(again.client().expectMessage("3").packetId())
            .as("the counter goes on")
            .isEqualTo(received.packetId() + 1);
      }
    }
  }

  @Test
  void aMessageOfQos2ThatWasReceivedIsNotDeliveredTwice() throws IOException {
    try (RestartedBroker broker = broker(false)) {
      Kept publisher = broker.begin("p");
      publisher.client().publish("a", "once", Qos.EXACTLY_ONCE);
      assertThat(publisher.client().expect(Ack.class).type()).isEqualTo(PacketType.PUBREC);
      broker.restart();
      publisher.close();
      try (RawClient subscriber = RawClient.connected(broker.port(), V5, "s");
          Kept again = broker.resume("p")) {
        subscriber.subscribe("a", Qos.AT_MOST_ONCE);
        assertThat(again.sessionPresent()).isTrue();
        Message message = Message.of("a", "once".getBytes(), Qos.EXACTLY_ONCE, false);
        again.client().send(new Publish(message, true, 1));
        again.client().expect(Ack.class);
        again.client().send(Ack.of(PacketType.PUBREL, 1));
        assertThat(again.client().expect(Ack.class).type()).isEqualTo(PacketType.PUBCOMP);
        subscriber.expectMessage("once");
        subscriber.expectNothing();
      }
    }
  }

  @Test
  void retainedMessagesSurviveAndClearedOnesStayAway() throws IOException {
    try (RestartedBroker broker = broker(false)) {
      publish(broker, Message.of("r/1", "one".getBytes(), Qos.AT_LEAST_ONCE, true));
      publish(broker, Message.of("r/2", "two".getBytes(), Qos.AT_LEAST_ONCE, true));
      publish(broker, Message.of("r/2", new byte[0], Qos.AT_LEAST_ONCE, true));
      broker.restart();
      try (RawClient client = RawClient.connected(broker.port(), V5, "s")) {
        client.subscribe("r/#", Qos.AT_LEAST_ONCE);
        assertThat(client.expectMessage("one").message().retain()).isTrue();
        client.expectNothing();
      }
    }
  }

  @Test
  void aSharedSubscriptionSurvives() throws IOException {
    try (RestartedBroker broker = broker(false)) {
      for (String name : List.of("s1", "s2")) {
        try (Kept kept = broker.begin(name)) {
          kept.client().subscribe("$share/g/a", Qos.AT_LEAST_ONCE);
        }
      }
      broker.restart();
      publish(broker, "a", "x");
      publish(broker, "a", "y");
      List<String> got = new ArrayList<>();
      for (String name : List.of("s1", "s2")) {
        try (Kept kept = broker.resume(name)) {
          got.add(new String(kept.client().expect(Publish.class).message().payload()));
          kept.client().expectNothing();
        }
      }
      assertThat(got).containsExactlyInAnyOrder("x", "y");
    }
  }

  @Test
  void aSessionOfMqtt3SurvivesAndOneThatEndsWithItsConnectionDoesNot() throws IOException {
    try (RestartedBroker broker = broker(false)) {
      RawClient old = RawClient.open(broker.port(), V3_1_1);
      old.accepted(RawClient.connect(V3_1_1, "v3", false, null, Properties.NONE));
      old.subscribe("a", Qos.AT_LEAST_ONCE);
      Kept clean = broker.connect("clean", true, 0, null);
      clean.client().subscribe("a", Qos.AT_LEAST_ONCE);
      broker.restart();
      old.close();
      clean.close();
      publish(broker, "a", "x");
      try (RawClient back = RawClient.open(broker.port(), V3_1_1)) {
        back.accepted(RawClient.connect(V3_1_1, "v3", false, null, Properties.NONE));
        back.expectMessage("x");
      }
      try (Kept back = broker.resume("clean")) {
        assertThat(back.sessionPresent()).isFalse();
      }
    }
  }

  @Test
  void willsArePublishedBeforeTheEndSoThatKeptSessionsFindThem() throws IOException {
    try (RestartedBroker broker = broker(false)) {
      try (Kept watcher = broker.begin("w")) {
        watcher.client().subscribe("wills/#", Qos.AT_LEAST_ONCE);
      }
      Kept delayed = broker.connect("delayed", true, 3600, will("wills/delayed", 1000));
      delayed.close();
      Kept connected = broker.connect("connected", true, 0, will("wills/connected", 0));
      await()
          .until(
              () ->
                  broker.broker().inspector().session("delayed").get().orElseThrow().connection()
                      == null);
      broker.restart();
      connected.close();
      try (Kept watcher = broker.resume("w")) {
        List<String> topics =
            List.of(
                watcher.client().expect(Publish.class).message().topic(),
                watcher.client().expect(Publish.class).message().topic());
        assertThat(topics).containsExactlyInAnyOrder("wills/delayed", "wills/connected");
        watcher.client().expectNothing();
      }
      broker.restart();
      try (Kept watcher = broker.resume("w")) {
        watcher.client().expectMessage("gone");
        watcher.client().expectMessage("gone");
        watcher.client().expectNothing(); // no will was published a second time
      }
    }
  }

  @Test
  void queuedMessagesOfQos0SurviveWhereTheyAreQueued() throws IOException {
    Limits limits = Limits.builder().queueQos0Messages(true).build();
    PersistenceSpec spec = new PersistenceSpec(directory.resolve("state.db"), 1, true);
    try (RestartedBroker broker = new RestartedBroker(spec, limits)) {
      try (Kept kept = broker.begin("s")) {
        kept.client().subscribe("a", Qos.AT_LEAST_ONCE);
      }
      await()
          .until(
              () ->
                  broker.broker().inspector().session("s").get().orElseThrow().connection()
                      == null);
      try (RawClient publisher = RawClient.connected(broker.port(), V5, "p")) {
        publisher.publish("a", "zero", Qos.AT_MOST_ONCE);
        publisher.expectNothing();
      }
      broker.restart();
      try (Kept kept = broker.resume("s")) {
        assertThat(kept.client().expectMessage("zero").message().qos()).isEqualTo(Qos.AT_MOST_ONCE);
      }
    }
  }

  @Test
  void theFileIsSavedWhenItIsAskedFor() throws Exception {
    try (RestartedBroker broker = broker(false)) {
      publish(broker, Message.of("r", "x".getBytes(), Qos.AT_LEAST_ONCE, true));
      assertThat(broker.broker().save().get()).isTrue();
      String line = "INFORMATION Saving in-memory database to " + broker.file + ".";
      await().until(() -> broker.log.contains(line));
      await()
          .untilAsserted(
              () ->
                  assertThat(Files.readAllBytes(broker.file))
                      .asString(StandardCharsets.ISO_8859_1)
                      .contains("MIDGE-DB", "r"));
    }
  }

  @Test
  void theFileIsSavedByTheClock() throws Exception {
    try (RestartedBroker broker = new RestartedBroker(directory.resolve("state.db"), 1, false)) {
      await().until(() -> broker.log.stream().filter(line -> line.contains("Saving")).count() >= 2);
    }
  }
}
