package dev.midge.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.command.Commands;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries {@code midge examples}; {@link ManPagesIT} runs each recipe. */
class ExamplesTest {
  private static final List<Recipes.Recipe> ALL = Recipes.all(Commands.NAMES);

  private static String examples(String... words) {
    MidgeRun run = MidgeRun.run(Stream.concat(Stream.of("examples"), Stream.of(words)).toArray());
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
    return run.outText();
  }

  @Test
  void withoutAWordAllArePrinted() {
    assertThat(examples())
        .isEqualTo(
            ALL.stream()
                .map(recipe -> recipe.text() + "\n" + recipe.command() + "\n")
                .collect(Collectors.joining("\n")));
    assertThat(ALL)
        .hasSizeGreaterThan(50)
        .doesNotHaveDuplicates()
        .allSatisfy(
            recipe -> {
              assertThat(recipe.text()).endsWith(":").hasSizeLessThanOrEqualTo(80);
              assertThat(recipe.command().lines()).allMatch(line -> line.startsWith("  "));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fault", "will", "retained", "json", "tls", "proxy", "context", "template"})
  void aWordPicksThoseThatHaveItInTextOrCommand(String word) {
    String found = examples(word);

    assertThat(found.split("\n\n"))
        .hasSizeLessThan(ALL.size())
        .allMatch(recipe -> recipe.toLowerCase(java.util.Locale.ROOT).contains(word));
    assertThat(examples(word.toUpperCase(java.util.Locale.ROOT))).isEqualTo(found);
    if (word.length() > 3) {
      assertThat(examples(word + "s")).isEqualTo(found);
    }
  }

  @Test
  void ofSeveralWordsEachHasToBeThere() {
    assertThat(examples("fault", "will").split("\n\n"))
        .allMatch(recipe -> recipe.contains("fault") && recipe.contains("will"))
        .hasSizeLessThan(examples("fault").split("\n\n").length);
  }

  @Test
  void whereNoneIsFoundALineSaysSo() {
    MidgeRun run = MidgeRun.run("examples", "no such\u001b[1m", "word");

    assertThat(run.errText())
        .isEqualTo(
            "Error: No recipe is about no such\\x1b[1m and word; 'midge examples' prints all.\n");
    assertThat(run.outText()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void headsAreBoldOnATerminalOnly() {
    assertThat(MidgeRun.runOnTerminal(Map.of(), "examples", "tls").outText())
        .startsWith("\u001b[1mTLS in one command")
        .contains(":\u001b[m\n  midge ");
  }

  /** The manual pages, whose examples are run, have each recipe. */
  @Test
  void eachStandsInAManualPage() throws IOException {
    StringBuilder pages = new StringBuilder();
    for (String command : Commands.NAMES) {
      pages.append(Files.readString(Path.of("man", "midge-" + command + ".1")));
    }
    String manual =
        pages
            .toString()
            .replace("\\-", "-")
            .replace("\\(aq", "'")
            .replace("\\&", "")
            .replace("\\(rs", "\\")
            .replace("\\[u00B1]", "±");
    for (Recipes.Recipe recipe : ALL) {
      assertThat(manual).contains("\n.nf\n" + recipe.command().indent(-2) + ".fi\n");
    }
  }

  /** Recipes that are also in a document are the same there, but for the port of its broker. */
  @Test
  void thoseOfTheDocumentsStandThereWordForWord() throws IOException {
    StringBuilder documents = new StringBuilder();
    try (Stream<Path> files = Files.list(Path.of("docs"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".md")).toList()) {
        documents.append(Files.readString(file));
      }
    }
    String all = joined(documents.toString());
    String[] recipes = HelpSource.file("pipelines.txt").split("\n\n");
    assertThat(recipes).hasSizeGreaterThan(5);
    for (String recipe : recipes) {
      for (String line : joined(recipe.substring(recipe.indexOf('\n') + 1)).strip().split("\n")) {
        assertThat(all).contains(line.strip());
      }
    }
  }

  /** Without line ends within a command, and without ports in variables. */
  private static String joined(String text) {
    return text.replaceAll(" -p \"\\$\\w+\"", "")
        .replaceAll("(\\\\|(?<=\\|))\n +", " ")
        .replaceAll(" +", " ");
  }
}
