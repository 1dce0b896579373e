package dev.midge.cli.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Stack;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that are split are understood as picocli understands them. */
class SplitWordsTest {
  private static final String[] PIECES = {
    "-",
    "--",
    "=",
    "r",
    "t",
    "m",
    "D",
    "P",
    "x",
    "topic",
    "retain",
    "re",
    "1",
    "a",
    "b",
    "pair",
    "-t",
    "-r",
    "-D",
    "--re",
    "--topic",
    "--topic=",
    "--retain",
    "'",
    "\"",
    "@",
    "$",
    "\u00e4"
  };

  private final List<String> taken = new ArrayList<>();
  private final OptionTable table =
      new OptionTable("A command.")
          .add(Option.flag("On.", () -> taken.add("-r"), "-r", "--retain"))
          .add(Option.flag("On.", () -> taken.add("-x"), "-x"))
          .add(Option.value("T", "no topic", "T.", take("-t"), "-t", "--topic"))
          .add(Option.value("M", "no message", "M.", take("-m"), "-m", "--message"))
          .add(Option.value("R", "no r", "Begins as another.", take("--re"), "--re"))
          .add(
              new Option(
                  new String[] {"-P"},
                  "P",
                  "Any.",
                  words -> taken.add("-P " + words.pop() + words.pop()),
                  2))
          .add(
              new Option(
                  new String[] {"-D"}, "A B", "Counted.", new Pairs(), Option.VARIABLE_ARITY));

  private Consumer<String> take(String name) {
    return word -> taken.add(name + " " + word);
  }

  /** Takes two words; three if the first is {@code pair}. */
  private final class Pairs implements Option.Counting {
    @Override
    public void handle(Stack<String> following) {
      int count = following.peek().equals("pair") ? 3 : 2;
      for (int i = 0; i < count; i++) {
        taken.add("-D " + following.pop());
      }
    }

    @Override
    public int count(List<String> following) {
      return !following.isEmpty() && following.get(0).equals("pair") ? 3 : 2;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--topic=a -r, --topic a -r",
    "--topic=a=b --message=--topic=c, --topic a=b --message --topic=c",
    "-rt a, -r -t a",
    "-xrta -r, -x -r -t a -r",
    "-t -rt -m --topic=a, -t -rt -m --topic=a",
    "-m1 -D a b --re=1, -m 1 -D a b --re 1",
    "-D pair --topic=a -rt -m x, -D pair --topic=a -rt -m x",
  })
  void namesAndArgumentsBecomeWords(String line, String expected) {
    assertThat(SplitWords.of(table, line.split(" "))).containsExactly(expected.split(" "));
    assertSameAsPicocli(line.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--topic=",
        "--topi=a",
        "--retain=true",
        "-t=a",
        "-rt=a",
        "-ra -t",
        "-rt",
        "-",
        "--",
        "a",
        "-D a",
        "-D pair b",
        "-rD a b",
        "-rP a b",
        "--bogus",
        "--=a",
        "-r-",
      })
  void theRestIsForPicocli(String line) {
    assertThat(SplitWords.of(table, line.split(" "))).isNull();
  }

  @Test
  void whateverIsSplitMeansTheSame() {
    Random random = new Random(20);
    int split = 0;
    for (int line = 0; line < 20_000; line++) {
      String[] words = new String[1 + random.nextInt(4)];
      for (int i = 0; i < words.length; i++) {
        StringBuilder word = new StringBuilder(random.nextBoolean() ? "-" : "");
        for (int pieces = random.nextInt(4); pieces >= 0; pieces--) {
          word.append(PIECES[random.nextInt(PIECES.length)]);
        }
        words[i] = word.toString();
      }
      split += assertSameAsPicocli(words) ? 1 : 0;
    }
    assertThat(split).isGreaterThan(500);
  }

  /** Tells whether the line was split. */
  private boolean assertSameAsPicocli(String... line) {
    String[] words = SplitWords.of(table, line);
    if (words == null) {
      return false;
    }
    String exact = outcome(() -> new ExactParser(table, () -> false).parse(words));
    assertThat(exact)
        .as("%s", List.of(line))
        .isEqualTo(outcome(() -> PicocliModel.parse(table, line)));
    return true;
  }

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
