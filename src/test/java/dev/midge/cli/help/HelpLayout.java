package dev.midge.cli.help;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.PicocliModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Makes the text of {@code midge help COMMAND} of a command's options; picocli lays it out. */
final class HelpLayout {
  private static final int WIDTH = 80;
  private static final String MARKS = "-:/.,;|=+@#$%&*?!<>()[]{}'\"";
  private static final int PRIVATE_USE = 0xE000;

  private HelpLayout() {}

  /**
   * Returns the text.
   *
   * @param coloured whether names and headings are bold
   */
  static String of(OptionTable table, String word, boolean coloured) {
    Manual manual = Manual.of(word);
    String program = MidgeCompatibility.INSTANCE.programName(word);
    CommandSpec spec = CommandSpec.create().name(program);
    spec.parser().separator(" ");
    for (Map.Entry<String, List<Option>> group : OptionSections.of(table).entrySet()) {
      ArgGroupSpec.Builder section =
          ArgGroupSpec.builder().heading(heading(group.getKey())).validate(false);
      for (Option option : group.getValue()) {
        OptionSpec model = PicocliModel.spec(option);
        section.addArg(model.toBuilder().description(unbroken(model.description())).build());
      }
      spec.addArgGroup(section.build());
    }
    spec.usageMessage()
        .width(WIDTH)
        .sortOptions(false)
        .customSynopsis(program + " " + manual.synopsis())
        .descriptionHeading("%n")
        .description(unbroken(table.summary()))
        .footer(footer(table, manual).replace("%", "%%").split("\n"))
        .exitCodeListHeading(heading("Exit status"))
        .exitCodeList(manual.statusTable())
        .sectionKeys(
            List.of(
                UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
                UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                UsageMessageSpec.SECTION_KEY_FOOTER,
                UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST));
    ColorScheme bold =
        new ColorScheme.Builder(coloured ? Ansi.ON : Ansi.OFF).options(Style.bold).build();
    return broken(new CommandLine(spec).setColorScheme(bold).getUsageMessage());
  }

  /**
   * Returns texts whose lines break at blanks alone. picocli also breaks them behind a hyphen or a
   * colon, and before a bracket, which tears apart what has to be typed as one word.
   */
  private static String[] unbroken(String... texts) {
    return Stream.of(texts)
        .map(text -> text.codePoints().map(HelpLayout::letter))
        .map(
            letters ->
                letters.collect(
                    StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append))
        .map(StringBuilder::toString)
        .toArray(String[]::new);
  }

  /** Returns a character that stands for a mark, and is a letter to those who break lines. */
  private static int letter(int character) {
    return MARKS.indexOf(character) < 0 ? character : PRIVATE_USE + character;
  }

  private static String broken(String text) {
    return text.codePoints()
        .map(each -> each >= PRIVATE_USE && each < PRIVATE_USE + 128 ? each - PRIVATE_USE : each)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String heading(String text) {
    return "%n@|bold " + text + ":|@%n";
  }

  private static String footer(OptionTable table, Manual manual) {
    String examples = "\n@|bold Examples:|@\n" + manual.examples().indent(2);
    return table.byVariable().isEmpty() ? examples : environment(table) + examples;
  }

  /** Returns the section of the variables that stand for options. */
  private static String environment(OptionTable table) {
    return "\n@|bold Environment:|@\n"
        + "  These stand for the options of their names; the command line is stronger.\n"
        + String.join("\n", wrapped(table.byVariable().keySet()))
        + "\n";
  }

  private static List<String> wrapped(Iterable<String> words) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(" ");
    for (String word : words) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
