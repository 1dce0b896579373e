package dev.midge.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.CommandLines;
import dev.midge.testing.Installed;
import dev.midge.testing.MarkdownPage;
import dev.midge.testing.Program;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of pages that show symptoms do what the pages say, line for line. */
class PagesIT {
  private static final Pattern BLOCKS =
      Pattern.compile("(?ms)^```sh\\n(.*?)^```$(?:\\n```text\\n(.*?)^```$)?");

  @TempDir private Path directory;

  @Test
  void troubleshooting() {
    assertThat(run("docs/troubleshooting.md")).isGreaterThan(8);
  }

  @Test
  void tls() {
    Installed.require("openssl");
    assertThat(run("docs/tls.md")).isGreaterThan(5);
  }

  @Test
  void drill() {
    assertThat(run("docs/lwt.md")).isPositive();
  }

  @Test
  void startup() {
    assertThat(run("docs/startup.md")).isPositive();
  }

  /** Runs the blocks of a page in order, and returns how many there were. */
  private int run(String page) {
    int count = 0;
    try (CommandLines terminal = new CommandLines(directory)) {
      for (MatchResult each :
          BLOCKS.matcher(MarkdownPage.of(Path.of(page)).text()).results().toList()) {
        StringBuilder shown = new StringBuilder();
        for (String line : each.group(1).strip().split("\n")) {
          Program run = terminal.run(line);
          shown.append(run.outText()).append(run.errText());
        }
        if (each.group(2) != null) {
          String seen = terminal.withPortsOfThePage(shown.toString());
          assertThat(each.group(2).lines()).as(seen).allMatch(seen::contains);
        }
        count++;
      }
    }
    return count;
  }
}
