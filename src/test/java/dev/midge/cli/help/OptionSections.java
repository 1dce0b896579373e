package dev.midge.cli.help;

import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sections in which help and man pages show the options of a command. */
final class OptionSections {
  private static final List<String> ORDER =
      List.of(
          OptionGroup.MESSAGE,
          OptionGroup.RECORDING,
          OptionGroup.REQUEST,
          OptionGroup.TOPICS,
          OptionGroup.RETAINED,
          OptionGroup.END,
          OptionGroup.DRILL,
          OptionGroup.PASSWORD_FILE,
          OptionGroup.CONFIGURATION,
          OptionGroup.CONTEXT,
          OptionGroup.LISTENER,
          OptionGroup.CONTROL,
          OptionGroup.EXEC,
          OptionGroup.OUTPUT,
          OptionGroup.CONNECTION,
          OptionGroup.USERS,
          OptionGroup.SESSION,
          OptionGroup.PROPERTIES,
          OptionGroup.WILL,
          OptionGroup.FAULTS,
          OptionGroup.FLEET,
          OptionGroup.TLS,
          OptionGroup.OTHER,
          OptionGroup.UNSUPPORTED);

  private OptionSections() {}

  /** Returns the options of a table by their headings, in the order in which both are shown. */
  static Map<String, List<Option>> of(OptionTable table) {
    Map<String, List<Option>> sections = new LinkedHashMap<>();
    for (String heading : ORDER) {
      sections.put(heading, new ArrayList<>());
    }
    for (Option option : table.options()) {
      sections.computeIfAbsent(option.group(), heading -> new ArrayList<>()).add(option);
    }
    sections.values().removeIf(List::isEmpty);
    return sections;
  }
}
