package dev.midge.broker.config.file;

import dev.midge.text.Utf8;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A kind of value: its words, and what is said of others.
 *
 * @param words for the documentation
 */
record ValueKind<V>(String words, Reader<V> reader) {

  /** Reads the words after a key. */
  interface Reader<V> {
    /**
     * Returns the value.
     *
     * @param value not empty, without blanks at both ends
     */
    V read(String key, String value) throws BadValue;
  }

  V read(String key, String value) throws BadValue {
    return reader.read(key, value);
  }

  /** Returns the words with what they may be in place of how they are read. */
  ValueKind<V> said(String other) {
    return new ValueKind<>(other, reader);
  }

  /** A truth; mosquitto looks at the first word only. */
  static ValueKind<Boolean> flag() {
    return new ValueKind<>(
        "`true`, `false`",
        (key, value) ->
            switch (firstWord(value)) {
              case "true", "1" -> true;
              case "false", "0" -> false;
              default -> throw BadValue.invalid(key, firstWord(value));
            });
  }

  /**
   * A number; mosquitto looks at the first word only.
   *
   * @param most {@link Integer#MAX_VALUE} for no end: what is above is taken for it
   * @param outOfRange the line about others, with {@code {K}} for the key and {@code {V}} for the
   *     word
   */
  static ValueKind<Integer> number(int least, int most, String outOfRange) {
    return ValueKind.<Integer>of(
        range(least, most),
        (key, value) -> {
          long number = integer(key, firstWord(value));
          if (number > most && most == Integer.MAX_VALUE) {
            return most;
          }
          if (number < least || number > most) {
            throw BadValue.invalid(outOfRange, key, firstWord(value));
          }
          return (int) number;
        });
  }

  /** A number from 0 on; mosquitto takes what is below for 0. */
  static ValueKind<Integer> count() {
    return of(
        "0 or more",
        (key, value) ->
            (int) Math.max(0, Math.min(integer(key, firstWord(value)), Integer.MAX_VALUE)));
  }

  /** A number of bytes from 0 on, which may be large; what is below is taken for 0. */
  static ValueKind<Long> bytes() {
    return of("bytes, 0 or more", (key, value) -> Math.max(0, integer(key, firstWord(value))));
  }

  /** A number from 0 on; what is below means no limit. */
  static ValueKind<Integer> limit() {
    return of(
        "0 or more; -1",
        (key, value) ->
            (int) Math.max(-1, Math.min(integer(key, firstWord(value)), Integer.MAX_VALUE)));
  }

  /** One of several words. */
  static <V> ValueKind<V> choice(Map<String, V> choices) {
    return of(
        "`" + String.join("`, `", choices.keySet().stream().sorted().toList()) + "`",
        (key, value) -> {
          V chosen = choices.get(firstWord(value));
          if (chosen == null) {
            throw BadValue.invalid(key, firstWord(value));
          }
          return chosen;
        });
  }

  /** The rest of the line. */
  static ValueKind<String> text() {
    return of(
        "text",
        (key, value) -> {
          if (!Utf8.isValid(value)) {
            throw BadValue.malformed();
          }
          return value;
        });
  }

  /** The name of a file, relative to the working directory. */
  static ValueKind<Path> file() {
    return of("file", ValueKind::path);
  }

  static Path path(String key, String value) throws BadValue {
    try {
      return Path.of(text().read(key, value));
    } catch (InvalidPathException e) {
      throw BadValue.invalid(key, value);
    }
  }

  static <V> ValueKind<V> of(String words, Reader<V> reader) {
    return new ValueKind<>(words, reader);
  }

  private static String range(int least, int most) {
    return most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
  }

  static String firstWord(String value) {
    int blank = value.indexOf(' ');
    return blank < 0 ? value : value.substring(0, blank);
  }

  /** Returns a number; one that is too large for a long as the largest or least. */
  static long integer(String key, String word) throws BadValue {
    int sign = word.startsWith("-") || word.startsWith("+") ? 1 : 0;
    for (int i = sign; i < word.length(); i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        throw BadValue.notANumber(key);
      }
    }
    if (word.length() == sign) {
      throw BadValue.notANumber(key);
    }
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      return word.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
