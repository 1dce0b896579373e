package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent.Kind;
import dev.midge.lwt.rows.DrillRows;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The drill on a broker of the user's: topics, files, early ends, and several brokers at once. */
@Slow("plays the drill several times")
@Execution(ExecutionMode.CONCURRENT)
class LwtOnYourBrokerTest extends BehaviourTest {
  /** A row that waits for three seconds at least. */
  private static final String SLOW = "freeze";

  private MidgeRun retained() {
    return MidgeRun.run("sub", "-p", port(), "-t", "#", "--retained-only", "-W", "2", "-v");
  }

  /** A drill in whose slow row the client is connected already. */
  private MidgeRun started(Object... more) {
    Object[] words = new Object[more.length + 3];
    words[0] = "lwt";
    words[1] = "-p";
    words[2] = port();
    System.arraycopy(more, 0, words, 3, more.length);
    MidgeRun run = MidgeRun.start(words);
    Awaitility.await().until(() -> logSays(Kind.WILL, "/" + SLOW + "/") || run.isDone());
    return run;
  }

  @Test
  void allTopicsAreBelowThePrefixAndNothingStaysThere() {
    MidgeRun run = MidgeRun.run("lwt", "-p", port(), "--prefix", "my/drill", "--skip", "freeze*");

    assertThat(run.status()).as(run.outText() + run.errText()).isZero();
    assertThat(log)
        .filteredOn(event -> event.text().startsWith("Received PUBLISH from"))
        .isNotEmpty()
        .allMatch(event -> event.text().contains("'my/drill/"));
    assertThat(retained().outText()).isEmpty();
  }

  @Test
  void withoutAPrefixItHasAUniqueOne() {
    MidgeRun run = MidgeRun.run("lwt", "-p", port(), "--only", "reset", "--json");

    assertThat(run.status()).as(run.outText() + run.errText()).isZero();
    assertThat(log)
        .filteredOn(event -> event.text().startsWith("Sending PUBLISH to"))
        .isNotEmpty()
        .allMatch(event -> event.text().matches("(?s).*'midge-lwt-[0-9a-f]{8}/.*"));
  }

  @Test
  void filesAreWrittenAtTheEnd(@TempDir Path directory) throws IOException {
    Path junit = Files.writeString(directory.resolve("old.xml"), "x".repeat(100_000));
    Path report = directory.resolve("report.md");

    MidgeRun run =
        MidgeRun.run(
            "lwt", "-p", port(), "--only", "clean,reset", "--junit", junit, "--report", report);

    assertThat(run.status()).as(run.outText() + run.errText()).isZero();
    assertThat(junit)
        .content()
        .startsWith("<?xml version=\"1.0\"")
        .contains("tests=\"2\" failures=\"0\"", "name=\"reset\"")
        .endsWith("</testsuites>\n");
    assertThat(report)
        .content()
        .startsWith("# Last Will drill: `localhost:" + port() + "`\n")
        .endsWith("\nThe broker kept its word in every row that was played.\n");
  }

  @Test
  void aDrillThatTheUserEndsTellsWhatWasPlayed() {
    MidgeRun run = started("--only", "reset," + SLOW).stop();

    assertThat(run.outText())
        .containsPattern("(?m)^reset .* ok$")
        .containsPattern("(?m)^" + SLOW + " .* not examined$");
    assertThat(run.errText())
        .startsWith("Interrupted: what was not played by then is not examined")
        .hasLineCount(1);
    assertThat(run.status()).isEqualTo(130);
    assertThat(retained().outText()).isEmpty();
  }

  @Test
  void soDoesItsJson() {
    MidgeRun run = started("--only", SLOW, "--json").stop();

    assertThat(run.outText())
        .contains("\"ok\":false", "\"verdict\":\"not examined\"", "\"lost\":\"interrupted\"}")
        .hasLineCount(1);
    assertThat(run.status()).isEqualTo(130);
  }

  @Test
  void aBrokerThatGoesLeavesTheRestNotExamined() {
    MidgeRun run = started("--only", "reset," + SLOW);
    broker.close();
    run.await();

    assertThat(run.outText())
        .containsPattern("(?m)^reset .* ok$")
        .containsPattern("(?m)^" + SLOW + " .* not examined$");
    assertThat(run.errText())
        .startsWith("Error: The broker was lost in the middle of the drill")
        .hasLineCount(1);
    assertThat(run.status()).isEqualTo(7);
  }

  @Test
  void whoWaitsWithoutALimitCanEndIt() throws IOException {
    try (ScriptedBroker silent = new ScriptedBroker()) {
      MidgeRun run = MidgeRun.start("lwt", "-p", silent.port(), "--connect-timeout", 0).stop();

      assertThat(run.status()).isEqualTo(130);
      assertThat(run.outText()).contains(DrillRows.all().size() + " not examined");
    }
  }

  @Test
  void severalBrokersStandSideBySide() throws IOException {
    try (Broker other = Broker.start(BrokerConfig.onFreePort())) {
      MidgeRun run =
          MidgeRun.run(
              "lwt",
              "--only",
              "clean,reset",
              "--against",
              "mqtt://127.0.0.1:" + port(),
              "--against",
              "mqtt://u:s3cret@127.0.0.1:" + other.port() + "/");

      List<String> lines = run.outText().lines().toList();
      assertThat(lines.get(0)).matches("row +127.0.0.1:\\d+ +127.0.0.1:\\d+");
      assertThat(lines.get(1)).matches("clean +ok +ok");
      assertThat(lines.get(2)).matches("reset +\\d+ ms +\\d+ ms");
      assertThat(run.outText() + run.errText()).doesNotContain("s3cret");
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void oneThatIsNotThereDoesNotKeepTheOthersFromIt() {
    MidgeRun run =
        MidgeRun.run(
            "lwt",
            "--only",
            "reset",
            "--against",
            "mqtt://127.0.0.1:1",
            "--against",
            "mqtt://127.0.0.1:" + port());

    assertThat(run.outText()).containsPattern("(?m)^reset +not examined +\\d+ ms$");
    assertThat(run.errText()).startsWith("Error: Connection refused: 127.0.0.1:1 over TCP, MQTT 5");
    assertThat(run.status()).isEqualTo(1);
  }
}
