package dev.midge.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.command.Commands;
import dev.midge.testing.CommandLines;
import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The manual pages as their readers meet them: in man, in mandoc, and in their terminals. */
class ManPagesIT {
  /** The broker's first, whose broker the others talk to. */
  private static final List<String> PAGES =
      List.of(
          "midge-broker",
          "midge",
          "midge-pub",
          "midge-sub",
          "midge-rr",
          "midge-conn",
          "midge-context",
          "midge-proxy",
          "midge-ctl",
          "midge-lwt",
          "midge-help",
          "midge-examples",
          "midge-doctor",
          "midge-version",
          "midge-passwd"); // last: its broker has passwords

  private static final Pattern BLOCK = Pattern.compile("(?ms)^\\.nf\\n(.*?)^\\.fi$");

  private static Path file(String page) {
    return Path.of("man", page + ".1");
  }

  @Test
  void thereIsOneForMidgeAndOneForEachCommand() {
    assertThat(PAGES)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("midge"), Commands.NAMES.stream().map(word -> "midge-" + word))
                .toList());
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void mandocHasNothingToComplainOf(String page) {
    Installed.require("mandoc");

    Program lint = Program.start("mandoc", "-Tlint", "-Wall", file(page)).await();

    assertThat(lint.outText() + lint.errText()).isEmpty();
    assertThat(lint.status()).isZero();
  }

  @ParameterizedTest
  @FieldSource("PAGES")
  void manShowsItWithoutAWarningIn80ColumnsAndMandocShowsTheSameText(String page) {
    Installed.require("man");
    Installed.require("mandoc");

    Program man =
        Program.start(
                Map.of(
                    "MANWIDTH", "80", "MANROFFOPT", "-ww", "LC_ALL", "C.UTF-8", "MANPAGER", "cat"),
                "man",
                "-l",
                file(page).toAbsolutePath())
            .await();
    Program mandoc = Program.start("mandoc", "-Tutf8", "-Owidth=78", file(page)).await();

    assertThat(man.errText()).isEmpty();
    assertThat(man.status()).isZero();
    assertThat(man.outText().lines()).allMatch(line -> plain(line).length() <= 80);
    assertThat(words(mandoc.outText())).isEqualTo(words(man.outText()));
  }

  @Test
  void everyExampleDoesWhatItsReaderWants(@TempDir Path home) throws IOException {
    List<String> done = new ArrayList<>();
    try (CommandLines terminal = new CommandLines(home)) {
      for (String page : PAGES) {
        List<String> examples = examples(page);
        assertThat(examples).as(page).isNotEmpty();
        for (String example : examples) {
          if (!done.contains(example)) {
            terminal.run(example);
            done.add(example);
          }
        }
      }
    }
    assertThat(done).hasSizeGreaterThan(14);
  }

  /** The command lines of a page, as its reader copies them. */
  private static List<String> examples(String page) throws IOException {
    return BLOCK
        .matcher(Files.readString(file(page)))
        .results()
        .map((MatchResult block) -> block.group(1))
        .map(
            roff ->
                roff.replace("\\-", "-")
                    .replace("\\(aq", "'")
                    .replace("\\&", "")
                    .replace("\\(rs", "\\")
                    .replace("\\[u00B1]", "±"))
        .flatMap(text -> CommandLines.of(text).stream())
        .toList();
  }

  /** What is between header and footer, which the two lay out in their own ways. */
  private static List<String> words(String shown) {
    List<String> words = new ArrayList<>();
    List<String> lines = plain(shown).strip().lines().toList();
    lines
        .subList(1, lines.size() - 1)
        .forEach(line -> words.addAll(List.of(line.strip().split("\\s+"))));
    words.removeIf(String::isEmpty);
    return words;
  }

  /** Without bold and underlined letters, however they are made. */
  private static String plain(String shown) {
    return shown.replaceAll(".\b", "").replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
