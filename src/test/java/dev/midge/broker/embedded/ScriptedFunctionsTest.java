package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.midge.fault.Effect;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The functions of scripts run on the broker's thread. */
class ScriptedFunctionsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final EmbeddedBroker broker = EmbeddedBroker.create();

  @AfterEach
  void close() {
    broker.forget();
    broker.close();
  }

  private RawClient client(String id) throws IOException {
    return RawClient.connected(broker.port(), ProtocolVersion.V5, id);
  }

  private static void request(RawClient client, String responseTopic) throws IOException {
    Properties properties =
        Properties.builder().add(Property.RESPONSE_TOPIC, responseTopic).build();
    client.publish(new Message("cmd/1", new byte[0], Qos.AT_MOST_ONCE, false, properties));
  }

  private static Message retained(String topic, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return Message.of(topic, bytes, Qos.AT_MOST_ONCE, true);
  }

  @Test
  void eachQuestionIsAnsweredInAFunction() throws IOException {
    broker.drivenTime().start();
    broker.publish(retained("state", "on"));
    broker.onPublish("cmd/+").reply(message -> answers(broker, message.publisher()));
    try (RawClient client = client("dev-1")) {
      client.subscribe("reply", Qos.AT_MOST_ONCE);

      request(client, "reply");

      client.expectMessage("on true [true] false true false [dev-1] 1");
      assertThat(broker.session("dev-1")).as("from without").isPresent();
    }
  }

  private static String answers(EmbeddedBroker asked, String client) {
    asked.pause().resume().advance(Duration.ofSeconds(1)).start();
    return asked.retained("state").orElseThrow().text()
        + " "
        + asked.session(client).isPresent()
        + " ["
        + asked.will(client).isEmpty()
        + "] "
        + asked.publish("nobody", "x")
        + " "
        + asked.uri().toString().startsWith("mqtt:")
        + " "
        + asked.kick("nobody", Effect.RESET)
        + " "
        + asked.connected()
        + " "
        + asked.messages("cmd/#").all().size();
  }

  @Test
  void aFunctionMayKickTheClientThatItAnswers() throws IOException {
    broker.start();
    broker.onPublish("cmd/+").reply(message -> "" + broker.kick("dev-1", new Effect.Reason(0x98)));
    try (RawClient client = client("dev-1")) {
      request(client, "reply");
      assertThat(broker.messages("reply").awaitOne(SOON).text()).isEqualTo("true");
      broker.awaitDisconnected("dev-1", SOON);
    }
    client("dev-2").close();
  }

  @Test
  void aFunctionAsksAnotherBrokerAsAnyThreadDoes() throws IOException {
    try (EmbeddedBroker other = EmbeddedBroker.create().drivenTime().start();
        RawClient there = RawClient.connected(other.port(), ProtocolVersion.V5, "there")) {
      broker.start();
      other.publish(retained("state", "on"));
      broker
          .onPublish("cmd/+")
          .reply(
              message -> {
                other.awaitConnected("there", SOON);
                return answers(other, "there");
              });
      try (RawClient client = client("dev-1")) {
        request(client, "reply");
        assertThat(broker.messages("reply").awaitOne(SOON).text()).startsWith("on true");
      }
      there.expectNothing();
    }
  }

  @Test
  void waitsAndEndsAreRefusedInAFunction() throws IOException {
    broker.start();
    List<Supplier<Object>> impossible =
        List.of(
            () -> broker.awaitConnected("dev-1", SOON),
            () -> broker.awaitSubscribed("dev-1", "a", SOON),
            () -> broker.awaitDisconnected("dev-1", SOON),
            () -> broker.messages("a").awaitOne(SOON),
            broker::restart,
            () -> {
              broker.close();
              return "";
            });
    List<Throwable> thrown = new ArrayList<>();
    broker
        .onPublish("cmd/+")
        .reply(
            message -> {
              impossible.forEach(each -> thrown.add(catchThrowable(each::get)));
              return "done";
            });
    try (RawClient client = client("dev-1")) {
      request(client, "reply");
      broker.messages("reply").awaitOne(SOON);

      String start =
          "the function of onPublish(\"cmd/+\") runs on the broker's own thread and cannot ";
      assertThat(thrown)
          .hasOnlyElementsOfType(IllegalStateException.class)
          .extracting(Throwable::getMessage)
          .containsExactly(
              start + "wait for client dev-1 to be connected there",
              start + "wait for client dev-1 to subscribe to 'a' there",
              start + "wait for client dev-1 to be disconnected there",
              start + "wait for 1 messages to 'a' there",
              start + "restart the broker there",
              start + "close the broker there");
    }
  }

  @Test
  void anErrorOfAFunctionIsTheTestsAndNotTheClients() throws IOException {
    broker.start();
    broker
        .onPublish("cmd/+")
        .reply(
            message -> {
              if (message.text().isEmpty()) {
                throw new AssertionError("expected x");
              }
              throw new IllegalArgumentException(message.text());
            });
    try (RawClient client = client("dev-1")) {
      request(client, "reply");
      Properties properties = Properties.builder().add(Property.RESPONSE_TOPIC, "reply").build();
      byte[] wrong = {'w'};
      client.publish(new Message("cmd/2", wrong, Qos.AT_LEAST_ONCE, false, properties));
      assertThat(client.expect(Ack.class).reasonCode()).isLessThan(0x80);

      assertThat(broker.failures())
          .extracting(ScriptFailure::toString)
          .containsExactly(
              "the function of onPublish(\"cmd/+\") has thrown java.lang.AssertionError: expected x",
              "the function of onPublish(\"cmd/+\") has thrown"
                  + " java.lang.IllegalArgumentException: w");
      assertThat(broker.log())
          .contains(
              "Error: the function of onPublish(\"cmd/+\") has thrown java.lang.AssertionError:"
                  + " expected x");
      assertThatThrownBy(() -> broker.messages("reply").awaitOne(Duration.ofMillis(1)))
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
      assertThat(broker.connected()).containsExactly("dev-1");
      client.expectNothing();

      assertThatThrownBy(broker::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageEndingWith("expected x (and 1 more)")
          .hasRootCauseMessage("expected x");
      broker.close();
    }
  }

  @Test
  void aFailureThatWasCheckedIsToldOfOnce() throws IOException {
    broker.start();
    broker
        .onPublish("cmd/+")
        .reply(
            message -> {
              throw new StackOverflowError();
            });
    try (RawClient client = client("dev-1")) {
      request(client, "reply");
      client.expectNothing();
      assertThatThrownBy(broker::checkScripts).hasRootCauseInstanceOf(StackOverflowError.class);
      assertThat(broker.failures()).isEmpty();
      broker.checkScripts();
    }
  }

  @Test
  void aFunctionThatLeavesItsThreadInterruptedHarmsNobody() throws IOException {
    broker.start();
    broker
        .onPublish("cmd/+")
        .reply(
            message -> {
              Thread.currentThread().interrupt();
              return "done";
            });
    try (RawClient client = client("dev-1")) {
      client.subscribe("reply", Qos.AT_MOST_ONCE);
      request(client, "reply");
      client.expectMessage("done");
      client("dev-2").close();
    }
  }

  @Test
  void aResponseTopicOfTheBrokersOwnHasNoReply() throws IOException {
    broker.start();
    broker.onPublish("cmd/+").reply("done");
    try (RawClient client = client("dev-1")) {
      request(client, "$SYS/broker/uptime");
      client.expectNothing();
      assertThat(broker.log())
          .contains(
              "onPublish(\"cmd/+\") cannot reply to '$SYS/broker/uptime', the Response Topic of"
                  + " dev-1");
    }
  }

  @Test
  void theBrokersOwnMessagesHaveNoAnswerAndWillsHave() throws IOException {
    broker.start();
    broker.onPublish("cmd/#").publish("cmd/ack", "ok");
    broker.publish("cmd/1", "of the test");
    Will will = new Will(Message.of("cmd/will", new byte[0], Qos.AT_MOST_ONCE, false));
    RawClient client =
        RawClient.connected(
            broker.port(),
            new Connect(ProtocolVersion.V5, true, 0, "dev-1", will, null, null, Properties.NONE));
    client.publish("cmd/2", "of a client", Qos.AT_MOST_ONCE);
    client.expectNothing();
    assertThat(broker.messages("cmd/#").all())
        .extracting(SeenMessage::topic)
        .containsExactly("cmd/1", "cmd/2", "cmd/ack");

    client.reset();

    assertThat(broker.messages("cmd/#").await(5, SOON))
        .extracting(SeenMessage::topic)
        .endsWith("cmd/will", "cmd/ack");
  }

  @Test
  void aRestartDoesNotWaitForAReplyThatWaitsForIt() throws Exception {
    broker.start();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread restarting = new Thread(() -> failure.set(catchThrowable(broker::restart)));
    CountDownLatch begun = new CountDownLatch(1);
    broker
        .onPublish("cmd/+")
        .reply(
            message -> {
              begun.countDown();
              while (restarting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
              }
              return "session: " + broker.session("dev-1").isPresent();
            });
    try (RawClient client = client("dev-1")) {
      request(client, "reply");
      begun.await();
      restarting.start();
      restarting.join();

      assertThat(failure).hasNullValue();
      assertThat(broker.messages("reply").awaitOne(SOON).text()).isEqualTo("session: true");
      client("dev-1").close();
    }
  }

  @Test
  void aFunctionThatNeverReturnsKeepsNeitherPortNorConnection() throws Exception {
    broker.start();
    int port = broker.port();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    broker
        .onPublish("cmd/+")
        .reply(
            message -> {
              begun.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return "done";
            });
    try (RawClient client = client("dev-1")) {
      request(client, "reply");
      begun.await();

      assertThatThrownBy(broker::close)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the function of onPublish(\"cmd/+\") has not returned: the broker is stopped without"
                  + " it, and its port is free");

      assertThat(client.take()).isNull();
      EmbeddedBroker.create().port(port).start().close();
      interrupted.await();
      assertThat(broker.messages("reply").all()).isEmpty();
    }
  }

  @Test
  void twoBrokersThatAskEachOtherCanBeClosed() throws Exception {
    try (EmbeddedBroker other = EmbeddedBroker.create().start()) {
      broker.start();
      CountDownLatch both = new CountDownLatch(2);
      broker.onPublish("cmd/+").reply(message -> askWithAll(other, both));
      other.onPublish("cmd/+").reply(message -> askWithAll(broker, both));
      try (RawClient here = client("dev-1");
          RawClient there = RawClient.connected(other.port(), ProtocolVersion.V5, "dev-2")) {
        request(here, "reply");
        request(there, "reply");
        both.await();

        assertThatThrownBy(broker::close).hasMessageContaining("has not returned");

        assertThat(other.session("dev-2")).isPresent();
        other.forget();
      }
    }
  }

  private static String askWithAll(EmbeddedBroker asked, CountDownLatch both) {
    both.countDown();
    try {
      both.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return asked.session("x").isPresent() + "";
  }
}
