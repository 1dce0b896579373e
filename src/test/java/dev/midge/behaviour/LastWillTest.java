package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.BrokerEvent;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Slow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The story that midge is for: a client with a will dies, and the subscriber hears of it. */
@Execution(ExecutionMode.CONCURRENT)
class LastWillTest extends BehaviourTest {

  @ParameterizedTest(name = "{0}, MQTT {1}")
  @CsvSource({
    "close, 5",
    "reset, 5",
    "will, 5",
    "close, 311",
    "reset, 311",
    "close, 31",
    "reset, 31",
  })
  void aClientThatEndsAbruptlyLeavesItsWill(String effect, String version) {
    MidgeRun watcher = subscriber("-t", "sensor/status", "-v", "-C", "1");

    MidgeRun client =
        MidgeRun.run(
            "conn",
            "-p",
            port(),
            "-V",
            version,
            "-i",
            "s1",
            "--will-topic",
            "sensor/status",
            "--will-payload",
            "offline",
            "--fault",
            effect + "@connected");

    assertThat(messages(watcher.await())).containsExactly("sensor/status offline");
    assertThat(client.errText()).contains("as s1").contains("Fault " + effect + "@connected");
    assertThat(client.status()).isZero();
  }

  @Test
  void theBrokersTerminalNamesTheSocketError() {
    MidgeRun.run(
        "conn", "-p", port(), "-i", "s1", "--will-topic", "w", "--fault", "reset@connected");

    await().until(() -> logSays(BrokerEvent.Kind.ABRUPT_END, "bad socket read/write"));
  }

  @ParameterizedTest(name = "MQTT {0}")
  @ValueSource(strings = {"5", "311", "31"})
  void aClientThatSaysGoodbyeLeavesNone(String version) {
    MidgeRun watcher = subscriber("-t", "sensor/status", "-t", "end", "-v", "-C", "1");

    MidgeRun byTime =
        MidgeRun.run(
            "conn",
            "-p",
            port(),
            "-V",
            version,
            "-i",
            "s1",
            "--will-topic",
            "sensor/status",
            "-W",
            "2");
    MidgeRun bySignal =
        MidgeRun.start(
                "conn", "-p", port(), "-V", version, "-i", "s2", "--will-topic", "sensor/status")
            .awaitErr("Connected")
            .stop();
    await().until(() -> logSays(BrokerEvent.Kind.GOODBYE, "Client s2"));
    MidgeRun.run("pub", "-p", port(), "-t", "end", "-m", "of the test");

    assertThat(messages(watcher.await())).containsExactly("end of the test");
    assertThat(byTime.status()).isZero();
    assertThat(bySignal.status()).isZero();
  }

  @Slow("waits for keep alive")
  @Test
  void aFrozenClientIsFoundOutByKeepAliveOnly() {
    MidgeRun watcher = subscriber("-t", "w", "-C", "1");

    MidgeRun client =
        MidgeRun.run(
            "conn",
            "-p",
            port(),
            "-i",
            "s1",
            "-k",
            "5",
            "--will-topic",
            "w",
            "--will-payload",
            "frozen",
            "--fault",
            "freeze@connected");

    assertThat(messages(watcher.await())).containsExactly("frozen");
    assertThat(client.status()).isZero();
    await().until(() -> logSays(BrokerEvent.Kind.ABRUPT_END, "exceeded timeout"));
  }

  @Test
  void onlyATopicIsAWillThatIsEmptyQos0AndNotRetained() {
    MidgeRun watcher = subscriber("-t", "w", "-C", "1", "-q", "2", "-F", "%t %l %q %r");

    MidgeRun.run("conn", "-p", port(), "--will-topic", "w", "--fault", "close@connected");

    assertThat(messages(watcher.await())).containsExactly("w 0 0 0");
  }

  @Test
  void qosRetainAndPropertiesOfTheWillArrive() {
    MidgeRun.run(
        "conn",
        "-p",
        port(),
        "--will-topic",
        "w",
        "--will-payload",
        "gone",
        "--will-qos",
        "2",
        "--will-retain",
        "-D",
        "will",
        "content-type",
        "text/plain",
        "-D",
        "will",
        "user-property",
        "why",
        "reset",
        "--fault",
        "reset@connected");
    await().until(() -> logSays(BrokerEvent.Kind.ABRUPT_END, "bad socket"));

    MidgeRun late =
        MidgeRun.run("sub", "-p", port(), "-t", "w", "-q", "2", "-C", "1", "-F", "%p %q %r %C %P");

    assertThat(late.outText()).isEqualTo("gone 2 1 text/plain why:reset\n");
  }

  @Test
  void aPublisherDiesAfterItsSecondMessage() {
    MidgeRun watcher = subscriber("-t", "#", "-v", "-C", "3");

    MidgeRun publisher =
        MidgeRun.runWithInput(
            "one\ntwo\nthree\n".getBytes(),
            "pub",
            "-p",
            port(),
            "-l",
            "-t",
            "n",
            "-q",
            "1",
            "--will-topic",
            "w",
            "--will-payload",
            "gone",
            "--fault",
            "close@publish:2");

    assertThat(messages(watcher.await())).containsExactly("n one", "n two", "w gone");
    assertThat(publisher.status()).isZero();
    assertThat(publisher.errText()).contains("close@publish:2");
  }

  @Test
  void aFaultAtTheEndStandsInThePlaceOfDisconnect() {
    MidgeRun watcher = subscriber("-t", "#", "-v", "-C", "2");

    MidgeRun.run(
        "pub",
        "-p",
        port(),
        "-t",
        "n",
        "-m",
        "one",
        "--will-topic",
        "w",
        "--will-payload",
        "x",
        "--fault",
        "reset");

    assertThat(messages(watcher.await())).containsExactly("n one", "w x");
  }

  @Test
  void aSubscriberDiesAfterATime() {
    MidgeRun watcher = subscriber("-t", "w", "-C", "1");

    MidgeRun subscriber =
        MidgeRun.run(
            "sub",
            "-p",
            port(),
            "-t",
            "a",
            "--will-topic",
            "w",
            "--will-payload",
            "x",
            "--fault",
            "close@after:200ms",
            "--quiet");

    assertThat(messages(watcher.await())).containsExactly("x");
    assertThat(subscriber.status()).isZero();
    assertThat(subscriber.errText()).isEmpty();
  }

  @Test
  void aFaultThatNeverHappenedIsAFailure() {
    MidgeRun run =
        MidgeRun.run("pub", "-p", port(), "-t", "n", "-m", "one", "--fault", "reset@publish:2");

    assertThat(run.errText()).contains("the planned fault reset@publish:2 did not happen");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aWillDelayLongerThanTheSessionIsToldOnce() {
    Object[] line = {
      "conn",
      "-p",
      port(),
      "-W",
      "1",
      "--will-topic",
      "w",
      "-D",
      "will",
      "will-delay-interval",
      "60",
    };

    assertThat(MidgeRun.run(line).errText())
        .containsOnlyOnce("the will delay is longer than the session");
  }

  @Test
  void aClientThatNeverGotItsConnackSaysSo() throws Exception {
    try (ScriptedBroker silent = new ScriptedBroker()) {
      MidgeRun client = MidgeRun.run("conn", "-p", silent.port(), "-W", "1");

      assertThat(client.errText())
          .isEqualTo("Error: The broker has not answered: no CONNACK came.\n");
      assertThat(client.status()).isEqualTo(255);
    }
  }
}
