package dev.midge.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.command.Commands;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionTable;
import dev.midge.testing.MidgeRun;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What {@code midge help COMMAND} shows. */
class HelpTest {
  private static final List<String> WORDS = Commands.NAMES;
  private static final String BOLD = "\u001b[1m";

  private static String help(String word) {
    return MidgeRun.run("help", word).outText();
  }

  @ParameterizedTest
  @FieldSource("WORDS")
  void isTheSameInBothWaysToAsk(String word) {
    MidgeRun run = MidgeRun.run(word, "--help");

    assertThat(run.outText()).isEqualTo(help(word)).startsWith("Usage: midge " + word + " ");
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @FieldSource("WORDS")
  void fitsIntoATerminalOf80Columns(String word) {
    assertThat(help(word).lines()).allMatch(line -> line.length() <= 80);
  }

  /** A word that has to be typed in one piece, such as freeze[:in|:out], is not torn apart. */
  @ParameterizedTest
  @FieldSource("WORDS")
  void linesBreakAtBlanksOnly(String word) {
    for (Option option : GenerateDocsTest.tables().get(word).options()) {
      assertThat(help(word).split("\\s+"))
          .contains(option.description().replace("%%", "%").split(" "));
    }
  }

  @ParameterizedTest
  @FieldSource("WORDS")
  void hasOneShortLineOfUsageGroupsAnExampleAndStatusesInThatOrder(String word) {
    assertThat(help(word).lines().limit(2)).last().isEqualTo("");
    assertThat(help(word))
        .containsSubsequence(
            word.equals("passwd") ? "\n\nPassword file:\n" : "\n\nOutput:\n",
            "\n\nOther:\n",
            "\n\nExamples:\n",
            "midge " + word,
            "\nExit status:\n");
  }

  @ParameterizedTest
  @FieldSource("WORDS")
  void whatCannotBeHadStandsBehindWhatCan(String word) {
    if (List.of("ctl", "passwd", "help", "examples", "doctor", "version")
        .contains(word)) { // Nothing of mosquitto's is left out.
      assertThat(help(word)).doesNotContain("Not possible with midge");
      return;
    }
    String refused = word.equals("broker") ? "--daemon" : "--psk";

    assertThat(help(word))
        .containsSubsequence("\nOther:\n", "\nNot possible with midge:\n", " " + refused + " ")
        .containsOnlyOnce(refused + " ");
  }

  @ParameterizedTest
  @FieldSource("WORDS")
  void namesEachVariableOfTheEnvironmentAndMakesNoLineOfIt(String word) {
    OptionTable table = GenerateDocsTest.tables().get(word);

    assertThat(Pattern.compile("MIDGE_\\w+").matcher(help(word)).results().map(MatchResult::group))
        .containsExactlyElementsOf(table.byVariable().keySet());
    assertThat(table.byVariable().isEmpty())
        .isEqualTo(
            List.of("broker", "context", "passwd", "proxy", "help", "examples", "doctor", "version")
                .contains(word));
  }

  @Test
  void isBoldOnATerminalOnly() {
    assertThat(MidgeRun.runOnTerminal(Map.of(), "help", "pub").outText())
        .contains(BOLD + "Message:", BOLD + "--topic");
    assertThat(help("pub")).doesNotContain("\u001b");
    assertThat(MidgeRun.runOnTerminal(Map.of("NO_COLOR", "1"), "help", "pub").outText())
        .isEqualTo(help("pub"));
  }

  @ParameterizedTest(name = "{0} --color {1}")
  @CsvSource({"sub, always, true", "sub, never, false", "rr, always, true", "broker, never, false"})
  void colourIsAsTheUserWants(String word, String when, boolean bold) {
    MidgeRun run = MidgeRun.runOnTerminal(Map.of(), "help", word, "--color", when);

    assertThat(run.outText().contains(BOLD)).isEqualTo(bold);
  }

  @Test
  void anUnknownCommandIsToldInALine() {
    MidgeRun run = MidgeRun.run("bogus");

    assertThat(run.errText())
        .isEqualTo("Error: Unknown command 'bogus'.\n\nUse 'midge --help' to see the commands.\n");
    assertThat(run.outText()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bogus | ; the topics are environment, faults, formats, properties, statuses, tls.",
        "fautls | , did you mean 'faults'?",
        "proxi | , did you mean 'proxy'?"
      })
  void anUnknownTopicIsToldInALineWithWhatThereIs(String word, String rest) {
    MidgeRun run = MidgeRun.run("help", word);

    assertThat(run.errText())
        .isEqualTo(
            "Error: Unknown command or topic '"
                + word
                + "'"
                + rest
                + "\n\nUse 'midge --help' to see the commands.\n");
    assertThat(run.outText()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void underMosquittosNamesThereAreNoGroupsAndNothingOfMidgesOwn() {
    String usage = MidgeRun.runAs("mosquitto_pub", "--help").outText();

    assertThat(usage)
        .startsWith("Usage: mosquitto_pub ")
        .contains("--topic")
        .doesNotContain("Message:", "MIDGE_", "--fault", "Examples");
  }
}
