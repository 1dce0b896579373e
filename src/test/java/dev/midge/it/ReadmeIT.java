package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.CommandLines;
import dev.midge.testing.MarkdownPage;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command line of the README, in order, and holds what it shows against the program. */
class ReadmeIT {
  private static final MarkdownPage README = MarkdownPage.of(Path.of("README.md"));
  private static final Pattern INLINE = Pattern.compile("`(bin/midge [^`]+)`");
  private static final Pattern STEP = Pattern.compile("(?m)^ *run: (.*)$");

  @Test
  void everyCommandLineDoesWhatTheReadmeSays() throws IOException {
    List<String> lines =
        README.blocks("sh").stream().flatMap(each -> CommandLines.of(each).stream()).toList();
    assertThat(lines).hasSizeGreaterThan(15);
    Program watcher = null;
    try (CommandLines terminal = new CommandLines(Path.of(""))) {
      for (String line : lines) {
        if (line.startsWith("mvn ")) {
          // Not within itself; but it must be what CI runs.
          assertThat(Files.readString(Path.of(".ci/run"))).contains(line.replace("-q ", "-B "));
        } else {
          Program run = terminal.run(line);
          watcher = run.isAlive() && line.startsWith("midge sub") ? run : watcher;
          if (line.contains("echo \"status $?\"")) {
            assertThat(run.outText()).containsPattern("clean +no will .* failed\n");
            assertThat(run.outText()).endsWith("2 ok, 1 failed\nstatus 1\n");
          }
        }
      }
      assertThat(watcher).isNotNull();
      assertThat(watcher.awaitOut("\n").outText()).isEqualTo("sensor/status offline\n");
    }
  }

  @Test
  void everyInlineCommandLineWorks(@TempDir Path settings) {
    Matcher matcher = INLINE.matcher(README.prose());
    int count = 0;
    try (MidgeBroker broker = new MidgeBroker()) {
      while (matcher.find()) {
        String line =
            matcher
                .group(1)
                .replace("HOST", "127.0.0.1")
                .replace("PORT", String.valueOf(broker.port()));
        // What a command keeps must not be found by other tests.
        Program run = Program.shell("export XDG_CONFIG_HOME='" + settings + "'; " + line).await();
        assertThat(run.status()).as(line + "\n" + run.errText()).isZero();
        count++;
      }
    }
    assertThat(count).isGreaterThan(1);
  }

  @Test
  void theSampleLineIsALineOfWhatTheDrillPrints() {
    List<String> samples = README.blocks("text");
    assertThat(samples).hasSize(1);

    Program run = Program.midge("lwt", "--quiet").await();

    assertThat(run.outText()).endsWith("\n" + samples.get(0));
  }

  @Test
  void theStepForGitHubExaminesABrokerAndWritesItsReport(@TempDir Path directory)
      throws IOException {
    Matcher step = STEP.matcher(README.blocks("yaml").get(0));
    assertThat(step.find()).isTrue();
    try (MidgeBroker broker = new MidgeBroker()) {
      String line = step.group(1).replace("1883", String.valueOf(broker.port()));

      Program run = Program.shell("cd '" + directory + "'; " + line).await();

      assertThat(run.status()).as(run.errText()).isZero();
      assertThat(Files.readString(directory.resolve("lwt.xml"))).contains("<testsuite ");
    }
  }
}
