package dev.midge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.command.Commands;
import dev.midge.testing.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands and long options that pages name are those of the program. The manual pages, which are
 * made from the tables of options, tell what there is.
 */
class WordsOfPagesTest {
  /** Options of git, curl, protoc, src/truth/run and a reader's own test. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "--rounds",
          "--include",
          "--descriptor",
          "--data-binary",
          "--broker",
          "--help",
          "--version");

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");
  private static final Pattern COMMAND =
      Pattern.compile("(?:`|^ {4})(?:bin/)?midge ([a-z]+)\\b", Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/README.md",
        "docs/broker.md",
        "docs/control.md",
        "docs/faults.md",
        "docs/lwt.md",
        "docs/mosquitto.md",
        "docs/packages.md",
        "docs/pipelines.md",
        "docs/security.md",
        "docs/startup.md",
        "docs/tls.md",
        "docs/troubleshooting.md"
      })
  void aPageNamesOnlyWhatThereIs(String page) throws IOException {
    assertThat(unknown(MarkdownPage.of(Path.of(page)).text())).isEmpty();
  }

  @Test
  void whatThereIsNotIsFound() throws IOException {
    assertThat(unknown("`midge sub --qos 1 --no-such-word` and `midge fly`, as midge does"))
        .containsExactly("--no-such-word", "midge fly");
  }

  private static List<String> unknown(String page) throws IOException {
    Set<String> options = new TreeSet<>(OF_OTHERS);
    try (Stream<Path> manuals = Files.list(Path.of("man"))) {
      for (Path manual : (Iterable<Path>) manuals::iterator) {
        options.addAll(
            all(OPTION, Files.readString(manual).replace("\\-", "-").replace("\\fB", " "), 0));
      }
    }
    List<String> unknown = new ArrayList<>(new TreeSet<>(all(OPTION, page, 0)));
    unknown.removeAll(options);
    all(COMMAND, page, 1).stream()
        .filter(word -> !Commands.NAMES.contains(word) && !word.equals("help"))
        .map(word -> "midge " + word)
        .distinct()
        .forEach(unknown::add);
    return unknown;
  }

  private static List<String> all(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map(each -> each.group(group)).toList();
  }
}
