package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A standard stream that is closed at the start is empty, or cannot be written to: the files that
 * Java opens itself are never read or written in its place.
 */
class ClosedStreamsIT {
  private static MidgeBroker broker;

  @BeforeAll
  static void start() {
    broker = new MidgeBroker();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Program midge(String words) {
    return Program.shell(words.formatted(broker.port())).await();
  }

  @Test
  void allOfItIsNothing() {
    Program pub = midge("midge pub -p %d -t closed/s -s <&-");

    assertThat(pub.errText()).startsWith("Error: Zero length input.");
    assertThat(pub.status()).isEqualTo(1);
  }

  @Test
  void itHasNoLines() {
    Program pub = midge("midge pub -p %d -t closed/l -l -d <&-");

    assertThat(pub.outText()).doesNotContain("PUBLISH");
    assertThat(pub.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/stdin", "/dev/fd/0", "/proc/self/fd/0", "/dev/../dev/stdin"})
  void byNameItIsAnEmptyFile(String name) {
    Program pub = midge("midge pub -p %d -t closed/f -d -f " + name + " <&-");

    assertThat(pub.outText()).contains("'closed/f', ... (0 bytes)");
    assertThat(pub.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6})
  void aNumberThatNobodyHasGivenIsNoFile(int number) {
    Needs.file("/proc/self/fd");
    Program pub = midge("midge pub -p %d -t closed/n -f /dev/fd/" + number + " " + number + "<&-");

    assertThat(pub.errText()).contains("Unable to read file \"/dev/fd/" + number + "\"");
    assertThat(pub.status()).isEqualTo(1);
  }

  @Test
  void aNumberThatWasGivenIsRead() {
    Program pub = midge("midge pub -p %d -t closed/g -d -f /dev/fd/3 3<LICENSE");

    assertThat(pub.outText()).containsPattern("'closed/g', ... \\(\\d{4,} bytes\\)");
  }

  @Test
  void withoutTheLauncherNothingOfJavaIsReadEither() {
    Needs.file("/proc/self/fd");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    Program pub = midge(java + " -jar target/midge.jar pub -p %d -t closed/j -s <&-");

    assertThat(pub.errText()).startsWith("Error: Zero length input.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "--version", "help sub", "pub -p %d -t closed/d -n -d", "broker -p 0"})
  void nothingCanBeWrittenToAnOutputThatIsClosed(String words) {
    Program run = midge("midge " + words + " >&-");

    assertThat(run.errText())
        .contains("Error: Could not write to standard output: Bad file descriptor.");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void pubNeedsNoneOfThem() {
    Program pub = midge("midge pub -p %d -t closed/none -m x -q 1 <&- >&- 2>&-");

    assertThat(pub.status()).isZero();
  }
}
