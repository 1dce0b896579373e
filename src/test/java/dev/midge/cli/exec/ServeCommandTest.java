package dev.midge.cli.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Slow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rr --serve} with {@code rr} as its requester. */
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class ServeCommandTest {
  private Broker broker;

  @BeforeEach
  void listen() throws IOException {
    broker = Broker.start(BrokerConfig.onFreePort());
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private Object[] words(Object... more) {
    List<Object> words = new ArrayList<>(List.of("rr", "-p", broker.port()));
    words.addAll(List.of(more));
    return words.toArray();
  }

  private MidgeRun serve(Object... more) {
    List<Object> words = new ArrayList<>(List.of("--serve", "-d"));
    words.addAll(List.of(more));
    return MidgeRun.start(words(words.toArray())).awaitOut("received SUBACK");
  }

  private MidgeRun ask(Object... more) {
    List<Object> words = new ArrayList<>(List.of("-e", "answers", "-W", 30));
    words.addAll(List.of(more));
    return MidgeRun.run(words(words.toArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "311"})
  void anEchoIsThePayload(String version) {
    MidgeRun server = serve("-t", "svc/+", "-t", "other", "--echo", "-C", 2, "-e", "answers");

    assertThat(ask("-V", version, "-t", "svc/a", "-m", "hello").outText()).isEqualTo("hello\n");
    assertThat(ask("-V", version, "-t", "other", "-m", "there", "-v").outText())
        .isEqualTo("answers there\n");
    assertThat(server.await().status()).isZero();
  }

  @Test
  void anEchoKeepsTheTypeOfItsContentAndTheUsersPropertiesAreAdded() {
    serve("-t", "svc", "--echo", "-D", "publish", "user-property", "by", "me");

    assertThat(
            ask("-t", "svc", "-m", "x", "-D", "publish", "content-type", "text/x", "-F", "%C %P")
                .outText())
        .isEqualTo("text/x by:me\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void anAnswerHasTheQosOfItsRequest(int qos) {
    serve("-t", "svc", "--reply", "yes", "-q", 2);

    assertThat(ask("-q", qos, "-t", "svc", "-n", "-F", "%p %q").outText())
        .isEqualTo("yes " + qos + "\n");
  }

  @Test
  void theOutputOfACommandIsTheAnswer() {
    MidgeRun server =
        serve("-t", "svc/#", "-C", 2, "--exec", "tr a-z A-Z; printf \" $MQTT_TOPIC\"");

    assertThat(ask("-t", "svc/a", "-m", "one", "-N").outText()).isEqualTo("ONE svc/a");
    assertThat(ask("-t", "svc", "-m", "two", "-N").outText()).isEqualTo("TWO svc");
    assertThat(server.await().errText()).isEqualTo("2 commands: 2 ended with 0.\n");
    assertThat(server.status()).isZero();
  }

  @Slow("waits for requests without an answer")
  @ParameterizedTest
  @CsvSource({"echo part; exit 3,part,3", "sleep 600; true,'',timeout", "yes,'',too long"})
  void aFailedCommandHasAnAnswerThatSaysSo(String command, String payload, String status) {
    MidgeRun server = serve("-t", "svc", "-C", 1, "--exec-timeout", "10s", "--exec", command);

    assertThat(ask("-t", "svc", "-n", "-F", "%p|%P").outText().replace("\n", ""))
        .isEqualTo(payload + "|exit-status:" + status);
    assertThat(server.await().status()).isEqualTo(52);
  }

  @Test
  void anAnswerThatIsTooLongIsAFailure() {
    MidgeRun server = serve("-t", "svc", "-C", 1, "--exec", "head -c 17000000 /dev/zero");

    assertThat(ask("-t", "svc", "-n", "-F", "%p|%P").outText())
        .isEqualTo("|exit-status:too long\n");
    assertThat(server.await().status()).isEqualTo(52);
    assertThat(server.errText()).isEqualTo("1 command: 1 wrote more than 16 MiB.\n");
  }

  @Test
  void beforeMqtt5AFailedCommandHasNoAnswer() {
    MidgeRun server = serve("-V", "311", "-t", "svc", "-e", "answers", "-C", 1, "--exec", "false");

    MidgeRun answers =
        MidgeRun.start("sub", "-p", broker.port(), "-t", "answers", "-C", 1, "-d")
            .awaitOut("received SUBACK");

    MidgeRun.run("pub", "-V", "311", "-p", broker.port(), "-t", "svc", "-n");
    assertThat(server.await().status()).isEqualTo(52);
    MidgeRun.run("pub", "-p", broker.port(), "-t", "answers", "-m", "no answer was before this");
    assertThat(answers.await().outText()).contains("\nno answer was before this\n");
  }

  @Test
  void requestsWithoutAUsableResponseTopicAreWarnedOfAndNotCounted() {
    MidgeRun server = serve("-t", "svc/#", "-C", 1, "--echo");
    for (int i = 0; i < 2; i++) {
      MidgeRun.run("pub", "-p", broker.port(), "-t", "svc/a", "-m", "x");
    }
    MidgeRun.run(
        "pub",
        "-p",
        broker.port(),
        "-t",
        "svc/a",
        "-m",
        "loop",
        "-D",
        "publish",
        "response-topic",
        "svc/b");
    server.awaitErr("requests are taken from its response topic");

    assertThat(ask("-t", "svc/a", "-m", "hello").outText()).isEqualTo("hello\n");
    assertThat(server.await().errText().lines()).hasSize(2);
    assertThat(server.errText())
        .contains("names no response topic", "requests are taken from its response topic, 'svc/b'");
  }

  @Test
  void slowAnswersAreGivenAtTheSameTime() {
    MidgeRun server =
        serve(
            "-t",
            "svc",
            "-C",
            2,
            "--jobs",
            2,
            "--exec",
            "[ \"$(cat)\" = slow ] && sleep 600; true");
    MidgeRun slow = MidgeRun.start(words("-t", "svc", "-e", "a/1", "-m", "slow"));
    server.awaitOut("received PUBLISH");
    // The quick one overtakes; both share one responder.
    assertThat(ask("-t", "svc", "-m", "quick").status()).isZero();

    assertThat(slow.isDone()).isFalse();
    assertThat(server.stop().errText()).contains("was stopped");
  }

  @Test
  void ofManyThatShareAResponseTopicEachHasItsOwnAnswer() {
    serve("-t", "svc", "--echo", "--jobs", 4);
    List<MidgeRun> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(MidgeRun.start(words("-t", "svc", "-e", "shared", "-W", 20, "-m", "m" + i)));
    }
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).await().outText()).isEqualTo("m" + i + "\n");
    }
  }

  @Test
  void standardInputIsTheRequestAsJsonIfThatIsWanted() {
    MidgeRun.start(words("--serve", "-d", "-t", "svc", "--json", "--exec", "cat"))
        .awaitErr("received SUBACK");

    assertThat(ask("-t", "svc", "-m", "x").out())
        .asString(UTF_8)
        .contains("\"topic\":\"svc\"", "\"payload\":\"x\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--serve -t a|--serve needs -t FILTER, and one of",
        "--serve --echo|--serve needs -t FILTER, and one of",
        "--serve -t a --echo --reply x|--exec, --echo and --reply exclude each other: give one.",
        "--serve -t a --echo -m x|cannot be combined with -m, -f, -n or -s",
        "--serve -t a --echo -v|--serve cannot be combined with -v",
        "--serve -t a/# --echo -e a/b|Requests are taken from the response topic of -e, 'a/b', too",
        "--serve -t a/#/b --echo|Invalid subscription topic 'a/#/b'",
        "--serve -t a --echo --exec-timeout 5s|--exec-timeout needs --exec CMD",
        "--serve -t a --echo -D publish correlation-data x|has the correlation data of its request",
        "--serve -t a --echo --decode hex|cannot be combined with --serve",
        "--serve -t a --echo --encode hex|cannot be combined with --serve",
        "-t a -e b -n --echo|they need --serve",
        "-t a -e b -n -C 2|they need --serve",
        "-t a/# -e b -n|Invalid publish topic 'a/#'"
      })
  void wordsThatDoNotFitAreRefused(String line, String words) {
    MidgeRun run = MidgeRun.run((Object[]) ("rr " + line).split(" "));

    assertThat(run.errText()).contains(words);
    assertThat(run.status()).isEqualTo(1);
  }
}
