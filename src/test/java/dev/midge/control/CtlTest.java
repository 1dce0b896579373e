package dev.midge.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code midge ctl} at a running {@code midge broker}: what each word does and prints. */
class CtlTest {
  @TempDir Path runtime;
  private ControlledBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new ControlledBroker(runtime);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void theSocketIsForItsUserAloneAndGoesWithTheBroker() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(broker.socket())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(broker.directory)))
        .isEqualTo("rwx------");
    broker.close();
    assertThat(broker.socket()).doesNotExist();
  }

  @Test
  void clientsAreATableOfThoseWhoAreConnected() {
    assertThat(broker.done("clients")).isEqualTo("No client is connected.\n");
    broker.client("s1", "--will-topic", "sensor/s1", "--will-payload", "gone");
    broker.client("s2", "-V", "311");

    String[] lines = broker.done("clients").split("\n");
    assertThat(lines).hasSize(3);
    assertThat(lines[0]).matches("CLIENT +ADDRESS +MQTT +SINCE +SUBS +INFL +QUEUE +WILL");
    assertThat(lines[1])
        .matches("s1 +127\\.0\\.0\\.1:\\d+ +5 +\\d\\d:\\d\\d:\\d\\d +0 +0 +0 +sensor/s1");
    assertThat(lines[2]).matches("s2 +127\\.0\\.0\\.1:\\d+ +3\\.1\\.1 +\\S+ +0 +0 +0");
  }

  @Test
  void linesFitEightyColumnsAndAClientIdDoesNothingToTheTerminal() {
    broker.client("long-" + "x".repeat(200), "--will-topic", "will/" + "y".repeat(200));
    broker.client("odd\u202Eid");

    String table = broker.done("clients");
    assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
    assertThat(table).contains("long-xxx").contains("…").contains("odd\\u202eid");
    assertThat(broker.done("clients", "--json")).doesNotContain("\u202E");
  }

  @Test
  void asJsonTheAnswerIsOneObject() {
    broker.client("s1", "-k", 20, "-u", "anna");
    String json = broker.done("clients", "--json");
    assertThat(json.lines()).hasSize(1);
    Facts client = Facts.parse(json.strip()).list("clients").get(0);
    assertThat(client.value("client_id")).isEqualTo("s1");
    assertThat(client.value("protocol_version")).isEqualTo(5L);
    assertThat(client.value("username")).isEqualTo("anna");
    assertThat(client.value("keep_alive")).isEqualTo(20L);
    assertThat(client.text("since")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(client.value("subscription_count")).isEqualTo(0L);
  }

  @Test
  void aClientIsShownWithSessionSubscriptionsQueueAndWill() {
    MidgeRun sub =
        MidgeRun.start(
            "sub",
            "-p",
            broker.port,
            "-i",
            "s",
            "-c",
            "-x",
            "60",
            "-t",
            "a/#",
            "-q",
            1,
            "--will-topic",
            "w",
            "--will-payload",
            "bye",
            "--will-retain");
    broker.done("wait", "subscribed", "s");
    assertThat(broker.done("client", "s"))
        .containsPattern("client id +s\n")
        .containsPattern("connected +true\n")
        .containsPattern("session expiry +60\n")
        .containsPattern("subscription +a/# \\(QoS 1\\)\n")
        .containsPattern("will +w \\(QoS 0, retained, 3 bytes\\) bye\n");
    assertThat(broker.done("will", "s")).contains("bye");

    sub.stop();
    MidgeRun.run("pub", "-p", broker.port, "-t", "a/b", "-m", "four", "-q", 1);
    Facts client = Facts.parse(broker.done("client", "s", "--json")).facts("client");
    assertThat(client.is("connected")).isFalse();
    assertThat(client.value("queued")).isEqualTo(1L);
    assertThat(client.value("queued_bytes")).isEqualTo(4L);
    assertThat(client.value("will")).isNull();
    assertThat(broker.done("sessions")).containsPattern("s +no +(60|5[0-9]) s +1 +0 +1");
  }

  @Test
  void aWillWhoseDelayRunsIsShown() {
    MidgeRun conn =
        broker.client(
            "s1",
            "-x",
            60,
            "--will-topic",
            "w",
            "--will-payload",
            "late",
            "-D",
            "will",
            "will-delay-interval",
            30,
            "--fault",
            "close@after:50ms");
    assertThat(conn.await().status()).as(conn.errText()).isZero();
    broker.done("wait", "disconnected", "s1");
    assertThat(broker.done("will", "s1"))
        .matches("delayed will +w \\(QoS 0, delay 30 s, 4 bytes\\) late, in \\d+ s\n");
    assertThat(broker.done("sessions")).containsPattern("s1 +no +\\d+ s +0 +0 +0 +w\n");
  }

  @Test
  void anUnknownClientIsStatus1AndOneLine() {
    for (String word : new String[] {"client", "will", "kick"}) {
      MidgeRun ctl = broker.ctl(word, "nobody");
      assertThat(ctl.status()).isEqualTo(1);
      assertThat(ctl.errText()).isEqualTo("Error: There is no client 'nobody'.\n");
      assertThat(ctl.outText()).isEmpty();
    }
    MidgeRun json = broker.ctl("client", "nobody", "--json");
    assertThat(json.status()).isEqualTo(1);
    assertThat(Facts.parse(json.outText().strip()).value("kind")).isEqualTo("no-client");
  }

  @Test
  void aClientThatIsAwayIsKnownButCannotBeKicked() {
    MidgeRun.run("sub", "-p", broker.port, "-i", "s1", "-c", "-x", 60, "-t", "a", "-E");
    for (String[] line : new String[][] {{"kick", "s1"}, {"blackout", "s1", "1s"}}) {
      MidgeRun ctl = broker.ctl((Object[]) line);
      assertThat(ctl.status()).isEqualTo(1);
      assertThat(ctl.errText())
          .isEqualTo("Error: Client 's1' is not connected; only its session is there.\n");
    }
  }

  @Test
  void aKickedClientGetsDisconnectAndItsWillIsPublished() {
    MidgeRun watch = MidgeRun.start("sub", "-p", broker.port, "-i", "w", "-t", "w", "-C", 1);
    broker.done("wait", "subscribed", "w");
    MidgeRun client = broker.client("s1", "--will-topic", "w", "--will-payload", "kicked");

    assertThat(broker.done("kick", "s1")).isEqualTo("reason:0x98: s1\n");
    assertThat(watch.await().outText()).isEqualTo("kicked\n");
    assertThat(client.await().errText()).contains("0x98");
    assertThat(broker.done("clients", "--json")).doesNotContain("\"s1\"");
  }

  @Test
  void faultsArePlannedListedAndCleared() {
    assertThat(broker.done("faults")).isEqualTo("No fault is planned.\n");
    assertThat(broker.done("fault", "reset@publish-out:2x3", "client=s*"))
        .isEqualTo("Fault 1: reset@publish-out:2x3 client=s*\n");
    broker.done("fault", "delay:100ms@connected");
    assertThat(broker.done("faults"))
        .containsPattern("1 +0 +reset@publish-out:2x3 client=s\\*\n")
        .containsPattern("2 +0 +delay:100ms@connected\n");
    assertThat(broker.done("clear", "1")).isEqualTo("Cleared: 1\n");
    assertThat(broker.done("faults")).doesNotContain("reset");
    assertThat(broker.done("clear")).isEqualTo("Cleared: 1\n");
    assertThat(broker.ctl("clear", "7").errText())
        .isEqualTo("Error: Invalid clear: there is no fault 7.\n");
    assertThat(broker.ctl("fault", "takeover@end").errText()).startsWith("Error: Invalid fault");
  }

  @Test
  void retainedMessagesAreListedByFilter() {
    assertThat(broker.done("retained")).isEqualTo("No retained message matches.\n");
    for (String topic : new String[] {"home/hall", "home/attic", "yard"}) {
      MidgeRun.run("pub", "-p", broker.port, "-t", topic, "-m", "21 °C", "-r", "-q", 1);
    }
    assertThat(broker.done("retained", "home/#").lines())
        .hasSize(3)
        .element(1)
        .asString()
        .matches("home/attic +1 +6 +21 °C");
    assertThat(broker.done("retained").lines()).hasSize(4);
    assertThat(broker.ctl("retained", "a#").errText()).contains("'a#' is not a topic filter");
  }

  @Test
  void moreRetainedMessagesThanOnePageAreAllListed() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 450; i++) {
      String topic = "t/" + i;
      lines.append(topic);
      MidgeRun.run("pub", "-p", broker.port, "-t", topic, "-m", "x", "-r");
    }
    assertThat(Facts.parse(broker.done("retained", "--json")).list("retained")).hasSize(450);
  }

  @Test
  void waitEndsWhenItHappens() {
    MidgeRun wait = broker.startCtl("wait", "connected", "s1", "20s");
    broker.client("other");
    assertThat(wait.isDone()).isFalse();
    MidgeRun client = broker.client("s1");
    assertThat(wait.await().status()).isZero();
    assertThat(wait.outText()).isEqualTo("s1 connected\n");

    MidgeRun gone = broker.startCtl("wait", "disconnected", "s1", "20s");
    client.stop();
    assertThat(gone.await().status()).isZero();
    broker.done("wait", "disconnected", "s1");
  }

  @ParameterizedTest
  @CsvSource({"connected", "subscribed"})
  void aWaitThatIsOverIsStatus1(String what) {
    if (what.equals("subscribed")) {
      broker.client("s1");
    }
    MidgeRun wait = broker.ctl("wait", what, "s1", "0.05");
    assertThat(wait.status()).isEqualTo(1);
    assertThat(wait.errText()).isEqualTo("Error: 's1' was not " + what + " within 0.05.\n");
  }

  @Test
  void aPausedBrokerTakesNobodyUntilItResumes() {
    assertThat(broker.done("pause")).startsWith("Paused");
    MidgeRun pub =
        MidgeRun.run("pub", "-p", broker.port, "-t", "a", "-m", "x", "--connect-timeout", 1);
    assertThat(pub.status()).isEqualTo(1);
    broker.done("resume");
    assertThat(MidgeRun.run("pub", "-p", broker.port, "-t", "a", "-m", "x").status()).isZero();
  }

  @Test
  void theLogIsShownAndFollowed() {
    broker.client("s1");
    assertThat(broker.done("log"))
        .contains(" running\n")
        .containsPattern("\\d\\d:\\d\\d:\\d\\d New client connected from \\S+ as s1");
    MidgeRun follow = broker.startCtl("log", "-f", "--json");
    follow.awaitOut("s1");
    broker.client("s2");
    follow.awaitOut("as s2");
    assertThat(follow.outText().lines())
        .allSatisfy(line -> assertThat(Facts.parse(line)).isNotNull());
    broker.close();
    assertThat(follow.await().status()).isZero();
  }

  @Test
  void stopEndsTheBrokerInOrderAndWaitsForIt() {
    MidgeRun client = broker.client("s1");
    assertThat(broker.done("stop")).isEqualTo("Stopped.\n");
    assertThat(broker.run.await().status()).isZero();
    assertThat(broker.run.errText()).contains("terminating");
    assertThat(client.await().status()).isEqualTo(4);
  }

  @Test
  void helpNeedsNoBroker() {
    broker.close();
    assertThat(MidgeRun.run("ctl", "help").outText())
        .contains("kick ID [EFFECT]\n")
        .contains("wait connected|disconnected|subscribed ID [TIMEOUT]\n");
  }

  @Test
  void whereNobodyListensIsStatus2AndOneLine() {
    broker.close();
    MidgeRun ctl = broker.ctl("clients");
    assertThat(ctl.status()).isEqualTo(2);
    assertThat(ctl.errText())
        .isEqualTo(
            "Error: No broker or proxy of yours listens on port "
                + broker.port
                + ", at "
                + broker.socket()
                + ".\n");
    MidgeRun named = MidgeRun.run("ctl", "--control", runtime.resolve("none"), "clients");
    assertThat(named.status()).isEqualTo(2);
    assertThat(named.errText())
        .isEqualTo(
            "Error: No broker or proxy of yours listens at " + runtime.resolve("none") + ".\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clinets       | Error: Unknown command 'clinets', did you mean 'clients'?",
        "kick          | Error: Invalid kick: it has the form: kick ID [EFFECT]",
        "clients x     | Error: Invalid clients: it has the form: clients",
        "clients -f    | Error: -f belongs to log.",
        "wait up s1    | Error: Invalid wait: 'up' is not connected, disconnected or subscribed.",
        "wait connected s1 soon"
            + "| Error: Invalid wait: 'soon' is not a time such as 500ms, 5s, 2m.",
        "kick s1 frob  | Error: Invalid fault 'frob': the effect 'frob' is not one of ",
        "kick s1 reset@end | Error: Invalid kick: an effect happens at once",
        "blackout s1 x | Error: Invalid fault 'blackout:x':",
        "clear x       | Error: Invalid clear: 'x' is not the number of a fault.",
      })
  void wrongWordsAreStatus1AndNamed(String words, String message) {
    MidgeRun ctl = broker.ctl((Object[]) words.split(" "));
    assertThat(ctl.status()).isEqualTo(1);
    assertThat(ctl.errText()).startsWith(message);
  }

  @Test
  void wordsBehindTwoDashesAreNoOptions() {
    broker.client("--json");
    assertThat(broker.done("client", "--", "--json")).contains("--json");
    assertThat(broker.done("--json", "client", "--", "--json")).startsWith("{\"ok\":true");
    assertThat(broker.ctl("--port=" + broker.port, "client", "--", "--json").status()).isZero();
  }

  @Test
  void theEnvironmentNamesThePort() {
    broker.client("s1");
    MidgeRun ctl =
        MidgeRun.startAs(
                null,
                java.util.Map.of(
                    "XDG_RUNTIME_DIR", runtime.toString(), "MIDGE_PORT", "" + broker.port),
                "ctl",
                "clients")
            .await();
    assertThat(ctl.outText()).contains("s1");
  }

  @Test
  void aBrokerWithoutControlHasNoSocket() throws Exception {
    Path other = Files.createDirectory(runtime.resolve("other"));
    try (ControlledBroker off = new ControlledBroker(other, "--no-control")) {
      assertThat(off.ctl("clients").status()).isEqualTo(2);
      assertThat(off.directory).doesNotExist();
    }
  }

  @Test
  void aNamedSocketIsThereBeforeThePortIsTold() throws Exception {
    Path other = Files.createDirectory(runtime.resolve("other"));
    Path socket = runtime.resolve("here");
    try (ControlledBroker named = new ControlledBroker(other, "--control", socket)) {
      MidgeRun ctl = MidgeRun.run("ctl", "--control", socket, "clients");
      assertThat(ctl.outText()).isEqualTo("No client is connected.\n");
      assertThat(named.ctl("clients").status()).isEqualTo(2);
    }
    assertThat(socket).doesNotExist();
    Awaitility.await().until(() -> !Files.exists(socket));
  }
}
