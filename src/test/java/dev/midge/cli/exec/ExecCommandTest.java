package dev.midge.cli.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.cli.DropIn;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Property;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sub --exec}, {@code --match} and {@code --dry-run} as commands. */
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class ExecCommandTest {
  private Broker broker;

  @BeforeEach
  void listen() throws IOException {
    broker = Broker.start(BrokerConfig.onFreePort());
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private Object[] words(String command, Object... more) {
    List<Object> words = new ArrayList<>(List.of(command, "-p", broker.port()));
    words.addAll(List.of(more));
    return words.toArray();
  }

  private void retain(String topic, String payload) {
    assertThat(MidgeRun.run(words("pub", "-r", "-t", topic, "-m", payload)).status()).isZero();
  }

  private MidgeRun sub(Object... more) {
    return MidgeRun.run(words("sub", more));
  }

  @Test
  void eachMessageHasItsCommandAndTheEndTellsHowTheyEnded() {
    for (int i = 0; i < 3; i++) {
      retain("r/" + i, "" + i);
    }
    MidgeRun sub =
        sub("-t", "r/#", "-C", 3, "--exec", "cat; echo \" $MQTT_TOPIC\" >&2; exit $MQTT_PAYLOAD");

    assertThat(sub.outText()).isEqualTo("012");
    assertThat(sub.errText())
        .contains(" r/0\n r/1\n r/2\n")
        .endsWith("3 commands: 1 ended with 0, 1 with 1, 1 with 2.\n");
    assertThat(sub.status()).isEqualTo(52);
  }

  @Test
  void commandsThatEndWellAreNoFailureAndQuietTellsNothing() {
    retain("r", "x");
    MidgeRun sub = sub("-t", "r", "-C", 1, "--quiet", "--exec", "true");

    assertThat(sub.errText()).isEmpty();
    assertThat(sub.status()).isZero();
  }

  @Test
  void standardInputIsTheMessageAsJsonIfThatIsWanted() {
    retain("r", "x");
    MidgeRun sub = sub("-t", "r", "-C", 1, "--json", "--exec", "cat");

    assertThat(sub.outText()).contains("\"topic\":\"r\"", "\"payload\":\"x\"").endsWith("}\n");
  }

  @Test
  void whatWasStoppedStaysWithTheBroker() {
    Object[] line =
        words(
            "sub",
            "-d",
            "-t",
            "q",
            "-q",
            1,
            "-i",
            "s",
            "-c",
            "-x",
            60,
            "--exec",
            "echo begun; sleep 600");
    MidgeRun sub = MidgeRun.start(line).awaitOut("Subscribed");
    MidgeRun.run(words("pub", "-q", 1, "-t", "q", "-m", "x"));
    sub.awaitOut("begun").stop();

    assertThat(sub.status()).isZero();
    assertThat(sub.errText()).contains("1 command: 1 was stopped.");
    MidgeRun again =
        sub(
            "-t",
            "q",
            "-q",
            1,
            "-i",
            "s",
            "-c",
            "-x",
            60,
            "-C",
            1,
            "--exec",
            "echo $MQTT_DUP; cat");
    assertThat(again.outText()).isEqualTo("1\nx");
  }

  @Test
  void theEndByTimeWaitsForACommandAndFailsIfItDoes() {
    retain("r", "x");
    MidgeRun sub = sub("-t", "r", "-W", 2, "--exec", "sleep 3; echo done; false");

    assertThat(sub.outText()).isEqualTo("done\n");
    assertThat(sub.errText()).contains("Timed out", "1 command: 1 ended with 1.");
    assertThat(sub.status()).isEqualTo(52);
  }

  @Test
  void severalCommandsRunAtTheSameTime(@TempDir Path directory) {
    for (int i = 0; i < 4; i++) {
      retain("r/" + i, "" + i);
    }
    // Each waits for all others.
    String meet = "touch $MQTT_PAYLOAD; until [ $(ls | wc -l) = 4 ]; do sleep 0.05; done; echo met";
    MidgeRun sub =
        sub(
            "-t",
            "r/#",
            "-q",
            1,
            "-C",
            4,
            "--jobs",
            4,
            "--exec",
            "cd '" + directory + "'; " + meet);

    assertThat(sub.outText()).isEqualTo("met\n".repeat(4));
    assertThat(sub.status()).isZero();
  }

  @Test
  void whatTakesTooLongIsKilled() {
    retain("r", "x");
    MidgeRun sub = sub("-t", "r", "-C", 1, "--exec-timeout", "500ms", "--exec", "sleep 600; true");

    assertThat(sub.errText()).isEqualTo("1 command: 1 took longer than 500 ms.\n");
    assertThat(sub.status()).isEqualTo(52);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,20", "8,32"})
  void theBrokerSendsNoMoreAheadThanIsOfUse(int jobs, int most) throws Exception {
    assertThat(
            DropIn.connect(null, "sub", "-t", "a", "--exec", "true", "--jobs", jobs)
                .properties()
                .number(Property.RECEIVE_MAXIMUM))
        .hasValue(most);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--jobs 2|--jobs needs --exec CMD",
        "--exec-timeout 2|--exec-timeout needs --exec CMD",
        "--exec true --jobs 0|Invalid --jobs \"0\"",
        "--exec true --exec-timeout soon|Invalid --exec-timeout \"soon\"",
        "--exec true -v|--exec cannot be combined with -v",
        "--exec true -w|--exec cannot be combined with -v",
        "--dry-run|--dry-run is for --remove-retained",
        "--match a(|Invalid regular expression for --match, 'a('"
      })
  void wordsThatDoNotFitAreRefused(String line, String words) {
    MidgeRun run = MidgeRun.run((Object[]) ("sub -t a " + line).split(" "));

    assertThat(run.errText()).contains(words);
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void onlyTopicsThatMatchArePrintedCountedAndRemoved() {
    for (String topic : List.of("d/old", "d/new", "d/older")) {
      retain(topic, topic);
    }
    MidgeRun sub = sub("-t", "d/#", "-C", 1, "--match", "/old$", "--remove-retained");

    assertThat(sub.outText()).isEqualTo("d/old\n");
    assertThat(sub("-t", "d/#", "-C", 2).outText().lines())
        .containsExactlyInAnyOrder("d/new", "d/older");
  }

  @Test
  void aDryRunPrintsTheTopicsAndRemovesNothing() throws Exception {
    retain("d/1", "x");
    retain("d/2", "y");
    for (int i = 0; i < 2; i++) {
      assertThat(sub("-t", "d/#", "-C", 2, "--remove-retained", "--dry-run").outText().lines())
          .containsExactlyInAnyOrder("d/1", "d/2");
    }
    assertThat(sub("-t", "d/1", "-C", 1, "--remove-retained", "--dry-run", "-F", "%p").outText())
        .isEqualTo("x\n");
  }

  @Test
  void aCommandWhoseConnectionIsCutGoesOn(@TempDir Path directory) {
    Path done = directory.resolve("done");
    MidgeRun sub =
        MidgeRun.start(
                words(
                    "sub",
                    "-d",
                    "-t",
                    "q",
                    "-q",
                    1,
                    "-i",
                    "s",
                    "-c",
                    "-x",
                    60,
                    "-C",
                    1,
                    "--exec",
                    "echo begun; sleep 3; echo >> '" + done + "'"))
            .awaitOut("Subscribed");
    MidgeRun.run(words("pub", "-q", 1, "-t", "q", "-m", "x"));
    sub.awaitOut("begun");
    broker.inject("s", Effect.RESET);
    sub.await();

    assertThat(sub.status()).isZero();
    Awaitility.await().until(() -> Files.exists(done));
    assertThat(done).content(UTF_8).isEqualTo("\n");
  }
}
