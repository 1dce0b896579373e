package dev.midge.cli.drill;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Short forms of made-up client ids and prefixes, for people: nobody tells one random number from
 * another.
 */
final class ShortClientIds {
  /** The prefixes of the names that the drill makes. */
  private static final Pattern DRILL = Pattern.compile("\\bmidge-lwt-[0-9a-f]{6,}[-/]");

  /** The ids that brokers ({@code auto-} and a UUID) and mosquitto's clients make. */
  private static final Pattern MADE_UP =
      Pattern.compile("\\b(auto-[0-9A-Fa-f]{4}|mosq-\\w{4})[-\\w]{8,}");

  private ShortClientIds() {}

  /** Returns the text with short forms. */
  static String in(String text) {
    String plain = DRILL.matcher(text).replaceAll("");
    Matcher ids = MADE_UP.matcher(plain);
    return ids.replaceAll("$1…");
  }
}
