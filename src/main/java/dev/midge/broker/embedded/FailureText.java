package dev.midge.broker.embedded;

import dev.midge.text.TerminalEscapes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Words of failed assertions. */
final class FailureText {
  private static final int MOST_BYTES = 200;
  private static final int MOST_LINES = 20;

  private FailureText() {}

  static String payload(byte[] payload) {
    int shown = Math.min(payload.length, MOST_BYTES);
    String text = new String(payload, 0, shown, StandardCharsets.UTF_8);
    return TerminalEscapes.forLog(text) + (payload.length > shown ? "…" : "");
  }

  /** Returns the call that made a script, as in a test. */
  static String onPublish(String filter) {
    return "onPublish(\"" + text(filter) + "\")";
  }

  /** Returns the subject of a sentence about a script's function. */
  static String functionOf(String filter) {
    return "the function of " + onPublish(filter);
  }

  /** Returns text of any origin for one line. */
  static String text(String text) {
    return TerminalEscapes.forLog(text);
  }

  static String time(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** Returns the newest of what was seen, a line each, behind a line feed. */
  static String lines(List<?> seen) {
    if (seen.isEmpty()) {
      return " none";
    }
    StringBuilder text = new StringBuilder();
    int first = Math.max(0, seen.size() - MOST_LINES);
    if (first > 0) {
      text.append("\n  … ").append(first).append(" before");
    }
    for (Object each : seen.subList(first, seen.size())) {
      text.append("\n  ").append(each);
    }
    return text.toString();
  }
}
