package dev.midge.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code midge context edit}, with editors that are scripts. */
class ContextEditorTest {
  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void enter() throws IOException {
    home = new Home(directory).contexts("# mine\n[a]\n-h h\n");
  }

  /** An editor that is a line of shell, in which $1 is the file. */
  private void editor(String line) throws IOException {
    Path script = Files.writeString(directory.resolve("ed it.sh"), line + "\n");
    home.environment.put("VISUAL", "sh '" + script + "'");
    home.environment.put("EDITOR", "false");
  }

  private List<Path> copies() throws IOException {
    try (var files = Files.list(home.file.getParent())) {
      return files.filter(path -> path.toString().endsWith(".edit")).toList();
    }
  }

  @Test
  void whatWasWrittenTakesThePlaceOfTheFile() throws IOException {
    editor("printf '%s\\n' '[b]' '-p 1' >>\"$1\"");

    MidgeRun run = home.run("context edit");

    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(home.contexts()).isEqualTo("# mine\n[a]\n-h h\n[b]\n-p 1\n");
    assertThat(copies()).isEmpty();
  }

  @Test
  void whatIsNoGoodIsKeptAsideAndTheFileStaysAsItWas() throws IOException {
    editor("echo '--hots h' >>\"$1\"");

    MidgeRun run = home.run("context edit");

    assertThat(home.contexts()).isEqualTo("# mine\n[a]\n-h h\n");
    Path copy = copies().get(0);
    assertThat(copy).content().endsWith("--hots h\n");
    assertThat(run.errText())
        .startsWith("Error: " + copy + ", line 4: '--hots' is no option of a connection")
        .contains(" The contexts are as they were.\n");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void aMalformedFileCanBeMended() throws IOException {
    home.contexts("[a\n-h h\n");
    editor("echo '[a]' >\"$1\"; echo '-h h' >>\"$1\"");

    assertThat(home.run("context edit").status()).isZero();
    assertThat(home.run("context ls").outText()).isEqualTo("  a  h:1883\n");
  }

  @Test
  void anEditorThatFailsChangesNothing() throws IOException {
    editor("echo '[b]' >\"$1\"; exit 3");

    MidgeRun run = home.run("context edit");

    assertThat(run.errText()).startsWith("Error: The editor ended with status 3: sh ");
    assertThat(run.status()).isEqualTo(1);
    assertThat(home.contexts()).isEqualTo("# mine\n[a]\n-h h\n");
    assertThat(copies()).isEmpty();
  }

  @Test
  void whoWritesNothingChangesNothing() throws IOException {
    editor("true");

    assertThat(home.run("context edit").errText()).isEqualTo("Nothing was changed.\n");
    assertThat(copies()).isEmpty();
  }

  @Test
  void aChangeOfSomebodyElseIsNotUndone() throws IOException {
    editor("echo '# edited' >>\"$1\"; echo '[b]' >>'" + home.file + "'");

    MidgeRun run = home.run("context edit");

    assertThat(run.errText())
        .startsWith("Error: Somebody else has changed the contexts meanwhile.")
        .contains(copies().get(0).toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(home.contexts()).endsWith("-h h\n[b]\n");
  }

  @Test
  void aPasswordThatSomebodyTypesIsWarnedOfAndNotShown() throws IOException {
    editor("echo '-P hush-4711' >>\"$1\"");

    MidgeRun run = home.run("context edit");

    assertThat(run.status()).isZero();
    assertThat(run.errText())
        .startsWith("Warning: the context 'a' has a password in the file, in -P;")
        .doesNotContain("hush-4711");
  }

  @Test
  void theFirstEditBeginsWithAHead() throws IOException {
    Files.delete(home.file);
    editor("cat \"$1\" >'" + directory + "/seen'; echo '[a]' >>\"$1\"; echo '-h h' >>\"$1\"");

    assertThat(home.run("context edit").status()).isZero();

    assertThat(directory.resolve("seen")).content().startsWith("# The contexts of midge:");
    assertThat(home.contexts()).startsWith("# The contexts of midge:").endsWith("[a]\n-h h\n");
  }
}
