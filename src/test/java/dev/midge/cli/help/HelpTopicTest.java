package dev.midge.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.command.Commands;
import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultSide;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The list of commands, and the pages of {@code midge help TOPIC}. */
class HelpTopicTest {
  private static final int TWO_SCREENS = 2 * 25;

  private static String page(HelpTopic topic) {
    MidgeRun run = MidgeRun.run("help", topic.word());
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
    return run.outText();
  }

  @Test
  void theListHasEachCommandInOrderAndEachTopicOnOneScreen() {
    String list = MidgeRun.run("--help").outText();

    assertThat(
            Pattern.compile("(?m)^  midge (\\w+)  +\\S")
                .matcher(list)
                .results()
                .map((MatchResult line) -> line.group(1)))
        .containsExactlyElementsOf(Commands.NAMES);
    assertThat(list).contains(String.join(", ", HelpTopic.words()));
    assertThat(list.lines()).hasSizeLessThanOrEqualTo(24).allMatch(line -> line.length() <= 80);
    assertThat(MidgeRun.run("help").outText()).isEqualTo(list);
    assertThat(MidgeRun.run().outText()).isEqualTo(list);
  }

  @ParameterizedTest
  @EnumSource
  void aPageHasRoomOnTwoScreensOf80Columns(HelpTopic topic) {
    assertThat(page(topic).lines())
        .hasSizeLessThanOrEqualTo(TWO_SCREENS)
        .allMatch(line -> line.length() <= 80)
        .noneMatch(line -> line.endsWith(" "));
    assertThat(page(topic)).startsWith(topic.title() + "\n\n").contains("\n\nMore: ");
  }

  @ParameterizedTest
  @EnumSource
  void isBoldOnATerminalOnly(HelpTopic topic) {
    String coloured = MidgeRun.runOnTerminal(Map.of(), "help", topic.word()).outText();

    assertThat(coloured).startsWith("\u001b[1m" + topic.title() + "\u001b[m\n");
    assertThat(coloured.replaceAll("\u001b\\[1?m", "")).isEqualTo(page(topic));
    assertThat(MidgeRun.run("help", topic.word(), "--color", "always").outText())
        .isEqualTo(coloured);
  }

  /** The page is made of the manual's source: each of its paragraphs and entries stands there. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "STATUSES")
  void theManualSaysTheSameWordForWord(HelpTopic topic) throws IOException {
    String manual =
        topic == HelpTopic.ENVIRONMENT
            ? words("midge")
            : words("midge-pub") + words("midge-sub") + words("midge-lwt");
    String text = page(topic).replaceFirst(".*\n", "").replaceFirst("(?s)\nMore: .*", "");
    String[] entries = text.split("\n\n|\n(?=  \\S)");
    assertThat(entries).hasSizeGreaterThan(5);
    for (String entry : entries) {
      for (String column : entry.replaceFirst("^  (\\S.*?)(  +|\n +)", "$1\t").split("\t")) {
        assertThat(manual).contains(letters(column));
      }
    }
  }

  private static String words(String name) throws IOException {
    String roff = Files.readString(Path.of("man", name + ".1"));
    return letters(
        roff.replaceAll("(?m)^\\.(TP|PP|PD|RS|RE|br|nf|fi)\\b.*$", "")
            .replaceAll("\\\\f.|\\\\&", "")
            .replace("\\-", "-")
            .replace("\\|", "")
            .replaceAll("\\\\\\((aq|cq)", "'")
            .replace("\\(rs", "\\")
            .replace("\\[u00B1]", "±"));
  }

  private static String letters(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void thePageOfStatusesHasThoseOfTheClientsAndOfTheDrill() {
    String page = page(HelpTopic.STATUSES).replaceAll("\\s+", " ");
    for (ExitStatuses.Row row : ExitStatuses.rows()) {
      for (String command : List.of("pub", "sub", "rr", "conn", "lwt")) {
        if (row.commands().contains(command)) {
          assertThat(page).contains(row.meaning()).contains(" " + row.status() + " ");
        }
      }
    }
  }

  @Test
  void thePageOfFaultsNamesEachEffectOfAnySide() {
    String page = page(HelpTopic.FAULTS);
    for (EffectKind kind : EffectKind.values()) {
      assertThat(page).containsPattern("\\b" + kind.word() + "\\b");
      if (kind.isOf(FaultSide.CLIENT)) {
        assertThat(page).containsPattern("(?m)^  " + kind.word() + "\\b");
      }
    }
  }

  @Test
  void marksOfTheSourceBecomeBoldOrNothing() {
    UnaryOperator<String> shown =
        line -> Markup.marked(line).replace(Markup.BOLD, '<').replace(Markup.PLAIN, '>');

    assertThat(shown.apply("*-* and *0* and *.*, *%*")).isEqualTo("<-> and <0> and <.>, <%>");
    assertThat(shown.apply("**delay:**__TIME__[±__JITTER__]")).isEqualTo("<delay:>TIME[±JITTER]");
    assertThat(shown.apply("*** is each, _docs/a_b.md_")).isEqualTo("<*> is each, docs/a_b.md");
    assertThat(shown.apply("*pass:[_]* for *\\**")).isEqualTo("<_> for <*>");
    assertThat(shown.apply("*two words*")).isEqualTo("<two words>");
  }
}
