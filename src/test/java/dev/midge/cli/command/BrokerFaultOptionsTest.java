package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code midge broker --fault}, from the command line to the log. */
class BrokerFaultOptionsTest {
  @TempDir Path folder;

  private static MidgeRun publish(MidgeRun broker, String id) {
    String port = broker.outText().strip();
    return MidgeRun.run("pub", "-p", port, "-V", "5", "-i", id, "-q", 1, "-t", "a", "-m", "x");
  }

  @Test
  void aFaultHitsWhoIsMeantAndIsToldInTheLogAndTheFile() throws IOException {
    Path log = folder.resolve("faults");
    MidgeRun broker =
        MidgeRun.start(
                "broker",
                "-p",
                0,
                "--fault",
                "nack@publish-out:1 client=dev-*",
                "--fault",
                "refuse client=no",
                "--fault-log",
                log)
            .awaitOut("\n");

    assertThat(publish(broker, "dev-1").errText()).contains("Not authorized");
    assertThat(publish(broker, "no").errText()).contains("Server unavailable");
    assertThat(publish(broker, "other").status()).isZero();
    broker.awaitErr("Client other").stop();

    assertThat(broker.errText())
        .containsPattern("\\d+: Fault nack at publish-out:1, dev-1, after \\d+\\.\\d{3} s\n")
        .containsPattern("\\d+: Fault refuse at connack, no, after \\d+\\.\\d{3} s\n")
        .contains("disconnected: fault refuse.")
        .doesNotContain("Fault seed");
    assertThat(Files.readAllLines(log))
        .hasSize(2)
        .first()
        .asString()
        .matches(
            "\\{\"time\":\\d+\\.\\d{6},\"fault\":\"nack@publish-out:1 client=dev-\\*\","
                + "\"effects\":\"nack\",\"moment\":\"publish-out:1\",\"connection\":\"dev-1\","
                + "\"number\":1}");
  }

  @Test
  void theSeedIsToldWhereChanceDecides() {
    MidgeRun broker =
        MidgeRun.start("broker", "-p", 0, "--fault", "drop@random:0.5", "--fault-seed", 42)
            .awaitOut("\n");

    assertThat(broker.stop().errText())
        .startsWith("Fault seed 42: --fault-seed 42 repeats this run.\n");
    MidgeRun other = MidgeRun.start("broker", "-p", 0, "--fault", "drop@random:0.5").awaitOut("\n");
    assertThat(other.stop().errText()).containsPattern("^Fault seed (\\d+): --fault-seed \\1 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--fault | kill | Error: Invalid fault 'kill': 'kill' is not for the broker.",
        "--fault | reset@eof | Error: Invalid fault 'reset@eof': eof, the end of standard input,",
        "--fault | refuse:tcp client=a | Error: Invalid fault 'refuse:tcp client=a': refuse:tcp",
        "--fault-seed | x | Error: --fault-seed takes a whole number, not 'x'.",
        "--fault-log | /nowhere/at/all | Error: Unable to write the file of --fault-log: /nowhere"
      })
  void aWrongWordIsOneLine(String option, String word, String line) {
    MidgeRun run = MidgeRun.run("broker", "-p", 0, option, word);

    assertThat(run.errText()).startsWith(line);
    assertThat(run.outText()).isEmpty();
    assertThat(run.status()).isEqualTo(3);
  }
}
