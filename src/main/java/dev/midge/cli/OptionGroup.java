package dev.midge.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The headings under which help and man pages show options. They are constants, which the compiler
 * copies into the option tables: this class is loaded by those who show them alone.
 */
final class OptionGroup {
  static final String MESSAGE = "Message";
  static final String REQUEST = "Request and answer";
  static final String TOPICS = "Topics";
  static final String RETAINED = "Retained messages";
  static final String END = "End";
  static final String DRILL = "Drill";
  static final String OUTPUT = "Output";
  static final String LISTENER = "Listener";
  static final String CONNECTION = "Connection";
  static final String LOGIN = "Login";
  static final String SESSION = "Session";
  static final String TLS = "TLS";
  static final String PROPERTIES = "Properties of MQTT 5";
  static final String WILL = "Will";
  static final String FAULTS = "Faults";
  static final String OTHER = "Other";

  /**
   * Words of mosquitto's that are refused with a line that says why; they stand in nobody's way.
   */
  static final String IMPOSSIBLE = "Not possible with midge";

  private static final List<String> ORDER =
      List.of(
          MESSAGE,
          REQUEST,
          TOPICS,
          RETAINED,
          END,
          DRILL,
          LISTENER,
          OUTPUT,
          CONNECTION,
          LOGIN,
          SESSION,
          PROPERTIES,
          WILL,
          FAULTS,
          TLS,
          OTHER,
          IMPOSSIBLE);

  private OptionGroup() {}

  /** The options of a table by their headings, in the order in which both are shown. */
  static Map<String, List<Option>> sort(OptionTable table) {
    Map<String, List<Option>> groups = new LinkedHashMap<>();
    for (String heading : ORDER) {
      groups.put(heading, new ArrayList<>());
    }
    for (Option option : table.options()) {
      groups.get(option.group()).add(option);
    }
    groups.values().removeIf(List::isEmpty);
    return groups;
  }
}
