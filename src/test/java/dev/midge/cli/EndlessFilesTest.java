package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that does not end is read no further than makes sense, and the complaint is one line. */
class EndlessFilesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-m x -o /dev/zero | Error: The options file /dev/zero is longer than 16 MiB.",
        "-m x -u me --pw-file /dev/zero | Error: The password file /dev/zero has more than 65535 bytes in its first line.",
        "-f /dev/zero | Error: File must be less than 268435455 bytes.",
      })
  void aDevice(String words, String complaint) {
    Needs.file("/dev/zero");
    MidgeRun run = MidgeRun.run((Object[]) ("pub -t a " + words).split(" "));

    assertThat(run.errText().lines().findFirst()).hasValue(complaint);
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aPipe(@TempDir Path directory) {
    Path pipe = directory.resolve("pipe");
    assertThat(Program.start("mkfifo", pipe).await().status()).isZero();
    try (Program writer = Program.start("sh", "-c", "exec cat /dev/zero >'" + pipe + "'")) {
      MidgeRun run = MidgeRun.run("pub", "-t", "a", "-m", "x", "-o", pipe);

      assertThat(run.errText()).startsWith("Error: The options file " + pipe + " is longer than");
      assertThat(run.status()).isEqualTo(1);
      assertThat(writer.await().isAlive()).isFalse();
    }
  }
}
