package dev.midge.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of contexts that was written by hand, with all that can be wrong in it. */
class ContextsTextTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "-h h, 1, 'before the first [NAME] there is only ''use NAME'''",
    "use|[a]|-h h, 1, 'before the first [NAME] there is only ''use NAME'''",
    "use b|[a]|-h h, 1, 'there is no context ''b'' to use.'",
    "use a|use a|[a]|-h h, 2, '''use'' has chosen a context already, at line 1.'",
    "[a]|-h h|use a, 3, '''use'' is no option: a line is an option, a space and its argument.'",
    "[a, 1, 'the name of a context is written [NAME];'",
    "[a b], 1, 'the name of a context is written [NAME];'",
    "[], 1, 'the name of a context is written [NAME];'",
    "[a]|-h h||[a]|-h i, 4, 'there is a context ''a'' already, at line 1.'",
  })
  void whatIsMalformedIsToldWithItsLineByAllThatRead(String text, int line, String complaint)
      throws IOException {
    Home home = new Home(directory).contexts(text.replace('|', '\n') + "\n");
    for (String command : new String[] {"context ls", "context use a", "pub -t a -n --context a"}) {
      MidgeRun run = home.run(command);

      assertThat(run.errText())
          .startsWith("Error: " + home.file + ", line " + line + ": " + complaint);
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-p many, Invalid port given: many",
    "--hots h, '''--hots'' is no option of a connection, did you mean ''--host''?'",
    "-t topic, '''-t'' is no option of a connection.'",
    "-o file, '''-o'' is no option of a connection.'",
    "--host=h, 'between --host and its argument there is one space'",
    "-Phush-4711, 'between -P and its argument there is one space'",
    "--pasword=hush-4711, '''--pasword'' is no option of a connection, did you mean ''--password''?'",
    "--ws yes, --ws has no argument.",
    "-k, -k argument given but no keepalive specified.",
    "--cafile ca.pem, '--cafile ca.pem: a path in a context begins with / or ~/.'",
    "-L mqtt://h:hush-4711, Invalid URL for -L argument specified - the port is no number",
  })
  void aWrongOptionIsToldByWhoeverNeedsTheContext(String option, String complaint)
      throws IOException {
    Home home = new Home(directory).contexts("[a]\n-h h\n" + option + "\n\n[b]\n-p 1\n");

    MidgeRun run = home.run("pub -t a -n --context a");
    assertThat(run.errText())
        .startsWith("Error: " + home.file + ", line 3: " + complaint)
        .doesNotContain("hush-4711");
    assertThat(run.status()).isEqualTo(1);

    MidgeRun list = home.run("context ls");
    assertThat(list.outText()).isEqualTo("  a  ?\n  b  localhost:1\n");
    assertThat(list.errText()).startsWith("Error: " + home.file + ", line 3: " + complaint);
    assertThat(list.status()).isEqualTo(1);
    assertThat(home.run("pub -t a -n --context b").errText())
        .startsWith("Error: Connection refused");
  }

  @Test
  void aContextHasToNameABroker() throws IOException {
    Home home = new Home(directory).contexts("\n[a]\n-k 30\n");

    assertThat(home.run("pub -t a -n --context a").errText())
        .startsWith(
            "Error: " + home.file + ", line 2: the context 'a' names no broker (-L, -h, -p or");
  }

  @Test
  void commentsBlankLinesAndTheEndsOfLinesOfWindowsAreNoMatter() throws IOException {
    Home home = new Home(directory).contexts("# a\r\n\r\nuse a\r\n[a] \r\n  -p 1\r\n# b\r\n");

    assertThat(home.run("context ls").outText()).isEqualTo("* a  localhost:1\n");
  }
}
