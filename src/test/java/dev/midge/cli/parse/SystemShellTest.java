package dev.midge.cli.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Lines that the system's shell runs. */
class SystemShellTest {
  @Test
  void theLineReachesShAsItIs() {
    assertThat(SystemShell.words("a \"b\" $c", false))
        .containsExactly("/bin/sh", "-c", "a \"b\" $c");
  }

  @Test
  void cmdTakesTheOuterQuotesAwayAndLeavesTheOthers() {
    assertThat(SystemShell.words("\"C:\\Program Files\\a.exe\" \"b\"", true))
        .containsExactly("cmd.exe", "/d", "/s", "/c", "\"\"C:\\Program Files\\a.exe\" \"b\"\"");
  }

  @Test
  void theNameOfAFileIsOneWordForBoth() {
    File file = new File("a b");

    assertThat(SystemShell.words("vi -R", file, false))
        .containsExactly("/bin/sh", "-c", "vi -R \"$1\"", "sh", "a b");
    assertThat(SystemShell.words("notepad", file, true))
        .containsExactly("cmd.exe", "/d", "/s", "/c", "\"notepad \"a b\"\"");
  }

  @Test
  void theShellOfThisSystemRunsALine() throws Exception {
    Process process = new ProcessBuilder(SystemShell.words("echo a b", new File("c d"))).start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .endsWith("c d");
    assertThat(process.waitFor()).isZero();
  }
}
