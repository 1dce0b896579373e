package dev.midge.cli.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The headings under which help and man pages show options. They are constants, which the compiler
 * copies into the option tables: this class is loaded by those who show them alone.
 */
public final class OptionGroup {
  public static final String MESSAGE = "Message";
  public static final String REQUEST = "Request and answer";
  public static final String TOPICS = "Topics";
  public static final String RETAINED = "Retained messages";
  public static final String END = "End";
  public static final String DRILL = "Drill";
  public static final String OUTPUT = "Output";
  public static final String LISTENER = "Listener";
  public static final String CONNECTION = "Connection";
  public static final String LOGIN = "Login";
  public static final String SESSION = "Session";
  public static final String TLS = "TLS";
  public static final String PROPERTIES = "Properties of MQTT 5";
  public static final String WILL = "Will";
  public static final String FAULTS = "Faults";
  static final String OTHER = "Other";

  /**
   * Words of mosquitto's that are refused with a line that says why; they stand in nobody's way.
   */
  public static final String UNSUPPORTED = "Not possible with midge";

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
          UNSUPPORTED);

  private OptionGroup() {}

  /** The options of a table by their headings, in the order in which both are shown. */
  public static Map<String, List<Option>> sort(OptionTable table) {
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
