package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What cannot be written to standard output is one line and status 1, and the broker still has it.
 */
class FullDiskIT {
  private static final String TOLD =
      "Error: Could not write to standard output: No space left on device.\n";
  private static final int MESSAGES = 100;

  private static MidgeBroker broker;

  @BeforeAll
  static void start() {
    Needs.file("/dev/full");
    broker = new MidgeBroker();
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private static Program shell(String line) {
    return Program.shell(line.replace("{}", String.valueOf(broker.port()))).await();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "help sub",
        "pub --help",
        "pub --version",
        "pub -p {} -t full/d -n -d",
        "conn -p {} --json",
        "conn -p {} -d",
        "sub -p {} -t none -d",
        "sub -p {} -t none -w",
        "sub -p {} -t none --message-rate",
        "rr -p {} -t none -e none/answer -m x -d",
        "sub -p {} -t full/r -C 1 --json"
      })
  void itIsOneLineAndStatus1(String words) {
    Program.midge("pub", "-p", broker.port(), "-t", "full/r", "-r", "-m", "x").await();

    Program run = shell("midge " + words + " >/dev/full");

    assertThat(run.errText()).endsWith(TOLD).containsOnlyOnce("Error");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void quietSaysNothingButTheStatusIsTheSame() {
    Program run = shell("midge pub -p {} -t full/d -n -d --quiet >/dev/full");

    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatWasNotWrittenStaysInTheSession(int qos) {
    String id = "full" + qos;
    String sub = "midge sub -p {} -i " + id + " -c -x 100 -t n/" + qos + " -q " + qos;
    shell(sub + " -E");
    shell("seq " + MESSAGES + " | midge pub -p {} -t n/" + qos + " -l -q 2");

    Program full = shell(sub + " >/dev/full");
    assertThat(full.errText()).isEqualTo(TOLD);
    assertThat(full.status()).isEqualTo(1);

    Program rest = shell(sub + " -C " + MESSAGES + " -W 30");
    assertThat(rest.outText().lines().distinct()).hasSize(MESSAGES);
  }

  @Test
  void rrLeavesItsAnswerUnacknowledged() {
    Program rr =
        Program.shell(
            "midge rr -p %d -t full/q -e full/a -m x -q 1 -i asker >/dev/full"
                .formatted(broker.port()));
    broker.program().awaitErr("Received PUBLISH from asker");
    shell("midge pub -p {} -t full/a -m answer -q 1");

    assertThat(rr.await().errText()).isEqualTo(TOLD);
    assertThat(rr.status()).isEqualTo(1);
    assertThat(broker.program().errText()).doesNotContain("Received PUBACK from asker");
  }
}
