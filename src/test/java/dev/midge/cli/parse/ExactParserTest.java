package dev.midge.cli.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that leave nothing to interpret are parsed without picocli, with the same result. */
class ExactParserTest {
  private final List<String> taken = new ArrayList<>();
  private final OptionTable table =
      new OptionTable("A command.")
          .add(Option.flag("On.", () -> taken.add("-r"), "-r", "--retain"))
          .add(Option.value("T", "no topic", "T.", take("-t"), "-t", "--topic"))
          .add(Option.value("M", "no message", "M.", take("-m"), "-m", "--message"))
          .add(Option.value("N", "no number", "N.", this::number, "-n", "--number"))
          .add(Option.value("R", "no r", "Begins as another.", take("--re"), "--re"))
          .add(
              new Option(
                  new String[] {"-D"},
                  "A B",
                  "As many as they say.",
                  words -> taken.add("-D " + words.pop() + words.pop()),
                  Option.VARIABLE_ARITY))
          .add(Option.flag("Help.", () -> taken.add("help"), "--help"));

  private Consumer<String> take(String name) {
    return word -> taken.add(name + " " + word);
  }

  private void number(String word) {
    taken.add(
        "-n " + MidgeCompatibility.INSTANCE.number(word, 0, 2, "Error: Invalid number: {}", ""));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "-t a -m x",
        "--topic a --message x -r",
        "-r -r -t a -t b",
        "-t -r -m --help",
        "-m -- -t --",
        "-m --topic=a",
        "-m -n1",
        "-m \"x\" -t 'y'",
        "-m @file",
        "-m ${HOME} -t %s",
        "--re tain --retain",
        "-n 2 -n 0",
        "-n 3 -t a",
        "-t a -n x -n 4",
        "-t a --help -m x",
        "--help -n 7",
        "-m \u00a0 -t a\udcffb",
      })
  void aPlainLineComesToTheSameEndBothWays(String line) {
    String[] words = line.split(" ");
    ExactParser plain = new ExactParser(table, () -> false);
    assertThat(plain.understands(words)).isTrue();
    assertThat(taken).isEmpty();

    String exact = outcome(() -> plain.parse(words));
    String parsed = outcome(() -> PicocliModel.parse(table, words));

    assertThat(exact).isEqualTo(parsed).isNotEqualTo("[]");
  }

  @Test
  void emptyWordsAreArguments() {
    String[] words = {"-m", "", "-t", " "};
    ExactParser plain = new ExactParser(table, () -> false);
    assertThat(plain.understands(words)).isTrue();
    assertThat(outcome(() -> plain.parse(words)))
        .isEqualTo(outcome(() -> PicocliModel.parse(table, words)))
        .isEqualTo("[-m , -t  ]");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "--topic=a",
        "-t=a",
        "-ta",
        "-rt a",
        "-t",
        "-t a -m",
        "word",
        "-t a word",
        "-t a -- -r",
        "--bogus",
        "-D a b",
        "-r -D a b",
        "--top a",
      })
  void otherLinesAreForPicocli(String line) {
    assertThat(new ExactParser(table, () -> false).understands(line.split(" "))).isFalse();
    assertThat(taken).isEmpty();
  }

  /** What was taken, and the complaint that ended it. */
  private String outcome(Runnable parsing) {
    taken.clear();
    try {
      parsing.run();
      return taken.toString();
    } catch (UsageException e) {
      return taken + e.inFull();
    }
  }
}
