package dev.midge.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A line of the log of a broker or a proxy.
 *
 * @param level such as {@code notice}
 */
public record LogLine(Instant at, String level, String text) {

  /** Returns the line as facts. */
  public Facts facts() {
    return new Facts()
        .with("time", at.truncatedTo(ChronoUnit.MILLIS).toString())
        .with("level", level)
        .with("text", text);
  }
}
