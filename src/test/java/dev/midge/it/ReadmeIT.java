package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.CommandLines;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every command line of the README, in order, and holds its sample output against the real
 * one.
 */
class ReadmeIT {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final Pattern INLINE = Pattern.compile("`(bin/midge [^`]+)`");

  @Test
  void everyCommandLineDoesWhatTheReadmeSays() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    List<String> lines = commandLines(readme);
    assertThat(lines).hasSizeGreaterThan(15);
    Program watcher = null;
    try (CommandLines terminal = new CommandLines(Path.of(""))) {
      for (String line : lines) {
        if (line.startsWith("mvn ")) {
          // Not within itself; but it must be what CI runs.
          assertThat(Files.readString(Path.of(".ci/run"))).contains(line.replace("-q ", "-B "));
        } else {
          Program run = terminal.run(line);
          watcher = run.isAlive() && line.startsWith("bin/midge sub") ? run : watcher;
        }
      }
      assertThat(watcher).isNotNull();
      assertThat(watcher.outText()).isEqualTo("sensor/status offline\n");
    }
  }

  @Test
  void everyInlineCommandLineWorks(@TempDir Path settings) throws IOException {
    String readme = FENCE.matcher(Files.readString(Path.of("README.md"))).replaceAll("");
    Matcher matcher = INLINE.matcher(readme);
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
  void theSampleLinesAreLinesOfWhatTheDrillPrints() throws IOException {
    Matcher matcher = FENCE.matcher(Files.readString(Path.of("README.md")));
    String sample = "";
    while (sample.isEmpty() && matcher.find()) {
      if (matcher.group(1).equals("text")) {
        sample = matcher.group(2);
      }
    }

    Program run = Program.midge("lwt").await();

    List<String> shown = withoutTimes(sample).lines().toList();
    assertThat(shown).hasSizeGreaterThan(10);
    assertThat(withoutTimes(run.outText()).lines().toList()).containsSubsequence(shown);
  }

  private static List<String> commandLines(String readme) {
    List<String> lines = new ArrayList<>();
    Matcher matcher = FENCE.matcher(readme);
    while (matcher.find()) {
      if (matcher.group(1).equals("sh")) {
        lines.addAll(CommandLines.of(matcher.group(2)));
      }
    }
    return lines;
  }

  private static String withoutTimes(String table) {
    return table.replaceAll(" +[0-9.]+ m?s +ok", " TIME ok").replaceAll(" +- +ok", " - ok");
  }
}
