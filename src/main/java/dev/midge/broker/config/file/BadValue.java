package dev.midge.broker.config.file;

import dev.midge.text.TerminalEscapes;

/**
 * A line of the file that cannot be used; the message is a whole line, its place is added later.
 */
final class BadValue extends Exception {
  private static final long serialVersionUID = 1L;

  /** The line about a value that is not one of the key's, if the key has no other. */
  static final String INVALID = "Error: Invalid '{K}' value ({V}).";

  BadValue(String line) {
    super(line);
  }

  static BadValue invalid(String key, String value) {
    return invalid(INVALID, key, value);
  }

  /**
   * Tells of a value that is not one of the key's.
   *
   * @param line with {@code {K}} for the key and {@code {V}} for the value
   */
  static BadValue invalid(String line, String key, String value) {
    return new BadValue(line.replace("{K}", key).replace("{V}", TerminalEscapes.forLog(value)));
  }

  static BadValue notANumber(String key) {
    return new BadValue("Error: '" + key + "' value not a number.");
  }

  static BadValue empty(String key) {
    return new BadValue("Error: Empty '" + key + "' value in configuration.");
  }

  static BadValue duplicate(String key) {
    return new BadValue("Error: Duplicate '" + key + "' value in configuration.");
  }

  static BadValue malformed() {
    return new BadValue("Error: Malformed UTF-8 in configuration.");
  }

  /** Tells of a key of mosquitto's that midge does not have. */
  static BadValue refused(String key) {
    return new BadValue(
        "Error: The '" + TerminalEscapes.forLog(key) + "' option is not supported.");
  }

  /** Tells of a key of mosquitto's that midge has with other values only. */
  static BadValue refused(String key, String values) {
    return new BadValue(refused(key).getMessage() + "\n" + values);
  }
}
