package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged drill: on the broker inside it, and on Debian's mosquitto. */
class LwtIT {
  @Test
  void theMiniBrokerKeepsItsWord() {
    Program run = Program.midge("lwt").await();

    assertThat(run.outText())
        .containsPattern("\nthe mini broker, MQTT 5: \\d+ ok, 0 failed(, \\d+ skipped)?\n$");
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest(name = "MQTT {0}")
  @CsvSource({"5, 14, 0", "311, 11, 3", "31, 11, 3"})
  void mosquittoKeepsItsWord(String version, int ok, int skipped) {
    try (Mosquitto mosquitto = Mosquitto.start()) {
      Program run = Program.midge("lwt", "-p", mosquitto.port(), "-V", version).await();

      assertThat(run.outText()).contains(": %d ok, 0 failed, %d skipped\n".formatted(ok, skipped));
      assertThat(run.status()).isZero();
    }
  }
}
