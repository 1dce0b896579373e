package dev.midge.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.cli.UsageException;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Slow;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFileTest {
  @TempDir private Path directory;

  @Test
  void aFileOfTheJvmIsNeitherOpenedNorMade() throws IOException {
    Path file = Files.writeString(directory.resolve("a.jar"), "classes");
    Path none = directory.resolve("none");
    for (Path each : new Path[] {file, none}) {
      assertThatThrownBy(() -> ResultFile.open(each.toString(), "--junit", name -> true))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "Error: Unable to write the file of --junit: "
                  + each
                  + " (No such file or directory).");
    }
    assertThat(file).hasContent("classes");
    assertThat(none).doesNotExist();
  }

  @Slow("plays rows in a process of its own")
  @ParameterizedTest
  @ValueSource(strings = {"--junit", "--report"})
  @EnabledOnOs(OS.LINUX)
  void aDescriptorThatWasGivenIsWrittenTo(String option) throws IOException {
    Path file = Files.writeString(directory.resolve("result"), "x".repeat(100_000));
    try (OutputStream given = new FileOutputStream(file.toFile(), true)) {
      MidgeRun run = MidgeRun.run("lwt", "--only", "clean", option, descriptor(file));
      assertThat(run.errText()).isEmpty();
      assertThat(run.status()).isZero();
      given.flush();
    }
    assertThat(file).content().containsPattern("clean|1 ok").doesNotContain("xxx");
  }

  @Slow("plays rows in a process of its own")
  @ParameterizedTest
  @ValueSource(strings = {"--junit", "--report"})
  @EnabledOnOs(OS.LINUX)
  void aFullDeviceIsNamed(String option) {
    MidgeRun run = MidgeRun.run("lwt", "--only", "clean", option, "/dev/full");
    assertThat(run.errText())
        .isEqualTo(
            "Error: Unable to write the file of "
                + option
                + ": /dev/full (No space left on device).\n");
    assertThat(run.status()).isEqualTo(1);
  }

  private static String descriptor(Path file) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(each -> leadsTo(each, file)).findFirst().orElseThrow().toString();
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
    } catch (IOException e) {
      return false; // The one of the list itself.
    }
  }
}
