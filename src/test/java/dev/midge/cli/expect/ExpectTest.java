package dev.midge.cli.expect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.MidgeRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** sub --expect over real sockets: what ends it, with which status, and what it says. */
class ExpectTest {
  @TempDir Path directory;

  private Broker broker;
  private Path ready;

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start(BrokerConfig.onFreePort());
    ready = directory.resolve("ready");
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  /** Starts sub with those words, and waits until messages can come. */
  private MidgeRun subscribed(String... words) {
    Object[] all = new Object[words.length + 7];
    all[0] = "sub";
    all[1] = "-p";
    all[2] = broker.port();
    all[3] = "-t";
    all[4] = "s/#";
    all[5] = "--ready-file";
    all[6] = ready;
    System.arraycopy(words, 0, all, 7, words.length);
    MidgeRun run = MidgeRun.start(all);
    Awaitility.await().until(() -> Files.exists(ready) || run.isDone());
    assertThat(run.isDone()).as(run.errText()).isFalse();
    return run;
  }

  private static Object[] words(String line) {
    return line.split(" ");
  }

  private void publish(String topic, String payload) {
    MidgeRun pub = MidgeRun.run("pub", "-p", broker.port(), "-t", topic, "-m", payload, "-q", 1);
    assertThat(pub.status()).as(pub.errText()).isZero();
  }

  private void retain(String topic, String payload) {
    assertThat(
            MidgeRun.run("pub", "-p", broker.port(), "-t", topic, "-m", payload, "-r", "-q", 1)
                .status())
        .isZero();
  }

  @Test
  void itEndsAtOnceWhenTheMessageComesAndPrintsThatAlone() {
    MidgeRun run = subscribed("--expect", "$.state == \"on\"", "-v");
    publish("s/1", "off");
    publish("s/2", "{\"state\":\"off\"}");
    publish("s/2", "{\"state\":\"on\"}");

    assertThat(run.await().status()).isZero();
    assertThat(run.outText()).isEqualTo("s/2 {\"state\":\"on\"}\n");
    assertThat(run.errText()).isEmpty();
  }

  @Test
  void allHaveToComeInAnyOrderAndOneMessageMayBeSeveral() {
    MidgeRun run =
        subscribed("--expect", "one", "--expect", "$.n == 2", "--expect", "$.m", "--within", "30s");
    publish("s/1", "{\"n\":2, \"m\":1}");
    publish("s/1", "{\"n\":2, \"m\":2}");
    publish("s/1", "number one");
    publish("s/1", "behind");

    assertThat(run.await().status()).isZero();
    assertThat(run.outText()).isEqualTo("{\"n\":2, \"m\":1}\nnumber one\n");
  }

  @Test
  void noMessageInTimeIs27() {
    for (String time : new String[] {"--within 2s", "-W 2"}) {
      MidgeRun run = MidgeRun.run(words("sub -p " + broker.port() + " -t s --expect on " + time));

      assertThat(run.status()).isEqualTo(27);
      assertThat(run.errText()).isEqualTo("Error: No message came within 2 s; expected: 'on'.\n");
      assertThat(run.outText()).isEmpty();
    }
  }

  @Test
  void othersInTimeAre51AndTheLastOfThemAreTold() {
    for (int i = 1; i <= 5; i++) {
      retain("s/" + i, i == 4 ? "\u001b[31mred" : "off " + i);
    }
    MidgeRun run =
        MidgeRun.run("sub", "-p", broker.port(), "-t", "s/#", "--expect", "^on", "--within", "2s");

    assertThat(run.status()).isEqualTo(51);
    assertThat(run.errText())
        .startsWith("Error: No message matched '^on' within 2 s; 5 came instead, the last: s/")
        .doesNotContain("\u001b")
        .matches("(?s).*: (s/. \"[^\"]+\", ){2}s/. \"[^\"]+\"\\.\n");
    assertThat(run.outText()).isEmpty();
  }

  @Test
  void someOfTheExpectedAreNotEnough() {
    retain("s/1", "one");
    MidgeRun run =
        MidgeRun.run(
            words("sub -p " + broker.port() + " -t s/# --expect one --expect two --within 2s"));

    assertThat(run.status()).isEqualTo(51);
    assertThat(run.errText())
        .isEqualTo("Error: No message matched 'two' within 2 s; no others came.\n");
    assertThat(run.outText()).isEqualTo("one\n");
  }

  @Test
  void aMessageThatMustNotComeEndsItAtOnce() {
    MidgeRun run = subscribed("--expect", "error", "--none", "--within", "1h");
    publish("s/1", "fine");
    publish("s/2", "error 7");

    assertThat(run.await().status()).isEqualTo(51);
    assertThat(run.errText())
        .isEqualTo(
            "Error: A message came that matches 'error', which --none forbids: s/2 \"error 7\".\n");
    assertThat(run.outText()).isEqualTo("error 7\n");
  }

  @Test
  void itIsFineWhenNoneHasComeInTime() {
    retain("s/1", "fine");
    MidgeRun run =
        MidgeRun.run(
            words("sub -p " + broker.port() + " -t s/# --expect error --none --within 2s"));

    assertThat(run.status()).isZero();
    assertThat(run.outText() + run.errText()).isEmpty();
  }

  @Test
  void aStopIsAnEndOfTheWaiting() {
    MidgeRun none = subscribed("--expect", "error", "--none");
    MidgeRun some = subscribed("--expect", "on");

    assertThat(none.stop().status()).isZero();
    assertThat(some.stop().status()).isEqualTo(27);
    assertThat(some.errText()).isEqualTo("Error: No message came; expected: 'on'.\n");
  }

  @ParameterizedTest
  @CsvSource({"-C 1, 51", "-C 2, 0", "-C 1 --none, 0", "-C 2 --none, 51", "--retained, 0"})
  void countAndRetainedMessagesAreEndsToo(String words, int status) {
    retain("s/1", "one");
    retain("s/2", "two");
    MidgeRun run =
        MidgeRun.run(words("sub -p " + broker.port() + " -t s/1 -t s/2 --expect two " + words));

    assertThat(run.status()).as(run.errText()).isEqualTo(status);
  }

  @Test
  void retainedMessagesThatAreWrongOrMissingAreTold() {
    String line = "sub -p " + broker.port() + " -t s/# --retained --expect two";
    assertThat(MidgeRun.run(words(line)).status()).isEqualTo(27);
    retain("s/1", "one");
    MidgeRun run = MidgeRun.run(words(line));

    assertThat(run.status()).isEqualTo(51);
    assertThat(run.errText())
        .isEqualTo("Error: No message matched 'two'; 1 came instead: s/1 \"one\".\n");
  }

  @Test
  void quietSaysNothingAndTheStatusStays() {
    MidgeRun run =
        MidgeRun.run(words("sub -p " + broker.port() + " -t s --expect on --within 0.1 --quiet"));

    assertThat(run.status()).isEqualTo(27);
    assertThat(run.errText()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--none                              | Error: --none needs --expect EXPR.",
        "--within 5s                         | Error: --within needs --expect EXPR.",
        "--expect a --within 5s -W 5         | Error: --within and -W are the same time: give one of them.",
        "--expect a --within 5x              | Error: Invalid time '5x' for --within: it is such as 5s, 200ms or 1.5m.",
        "--expect a --within 0               | Error: Invalid time '0' for --within: it is such as 5s, 200ms or 1.5m.",
        "--expect a -E                       | Error: --expect cannot be combined with -E.",
        "--expect a -w                       | Error: --expect cannot be combined with -w.",
        "--expect a --message-rate           | Error: --expect cannot be combined with --message-rate.",
        "--expect (a                         | Error: --expect '(a' is no regular expression: Unclosed group at character 3.",
        "--expect a --random-filter 50       | Error: --expect cannot be combined with --random-filter.",
        "--expect a --diff                   | Error: --expect cannot be combined with --diff.",
        "--expect a --none --diff            | Error: --expect cannot be combined with --diff.",
        "--retained -R                       | Error: --retained cannot be combined with -R.",
        "--retained -E                       | Error: --retained cannot be combined with -E.",
        "--retained --retained-only          | Error: --retained cannot be combined with --retained-only.",
        "--retained --message-rate           | Error: --retained cannot be combined with --message-rate.",
        "--retained-idle 1s                  | Error: --retained-idle needs --retained.",
        "--barrier-topic b                   | Error: --barrier-topic needs --retained.",
        "--retained --barrier-topic b --retained-idle 1s"
            + "                                  | Error: --retained-idle publishes nothing: it cannot be combined with --barrier-topic.",
        "--retry x                           | Error: Invalid number 'x' for --retry: it is 0 or more, forever or never.",
        "--retry -1                          | Error: Invalid number '-1' for --retry: it is 0 or more, forever or never.",
        "--retry-delay 1s                    | Error: --retry-delay needs --retry.",
        "--retry-max 1s                      | Error: --retry-max needs --retry.",
        "--retry 1 --retry-delay 5s --retry-max 2s"
            + "                                  | Error: --retry-max is at least the time of --retry-delay, 5 s.",
        "--ready-fd x                        | Error: Invalid descriptor 'x' for --ready-fd: it is a number from 3 on that the shell opens, as by 3>ready.",
        "--ready-fd 1                        | Error: Invalid descriptor '1' for --ready-fd: it is a number from 3 on that the shell opens, as by 3>ready.",
        "--ready-fd 987                      | Error: --ready-fd 987: descriptor 987 is not open for writing; the shell opens it by 987>ready.",
        "--ready-file /none/ready            | Error: --ready-file /none/ready: its directory does not exist or cannot be written.",
        "--ready-file /dev/null              | Error: --ready-file /dev/null exists and is no regular file: give a new name.",
      })
  void contradictionsAreRefusedBeforeAConnectionIsMade(String words, String line) {
    MidgeRun run = MidgeRun.run(words("sub -p 1 -t a " + words));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText()).startsWith(line + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--expect", "--ready-file", "--retained", "--retry"})
  void mosquittosNamesHaveNoneOfIt(String option) {
    MidgeRun run = MidgeRun.runAs("mosquitto_sub", "-p", 1, "-t", "a", option, "x");

    assertThat(run.errText()).contains("Unknown option '" + option + "'");
  }
}
