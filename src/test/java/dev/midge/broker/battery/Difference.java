package dev.midge.broker.battery;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A difference between Debian's mosquitto and midge that is meant to be.
 *
 * @param where a regular expression for the configuration file and what was done
 * @param mosquitto a regular expression for what mosquitto shows
 * @param midge what midge shows in its place
 * @param reason for those who read the table
 */
record Difference(Pattern where, Pattern mosquitto, String midge, String reason) {

  private static Difference of(String where, String mosquitto, String midge, String reason) {
    return new Difference(Pattern.compile(where), Pattern.compile(mosquitto), midge, reason);
  }

  /** All of them; docs/broker.md repeats the reasons. */
  static final List<Difference> ALL =
      List.of(
          of(
              ", MQTT5.*|, V5.*|.*",
              "\\A(CONNACK 00 present=(?:true|false) \\[TOPIC_ALIAS_MAXIMUM=)",
              "$1",
              "placeholder"));

  /**
   * Returns what midge should show where mosquitto shows that; the same if this is no row for it.
   */
  String applied(String file, String what, String seen) {
    return where.matcher(file + ": " + what).find()
        ? mosquitto.matcher(seen).replaceAll(midge)
        : seen;
  }
}
