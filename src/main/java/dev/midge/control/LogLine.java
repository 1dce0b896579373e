package dev.midge.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** A line of the log of a broker or a proxy. */
public final class LogLine {
  private final Instant at;
  private final String level;
  private final int size;
  private final Supplier<String> text;

  /**
   * @param level such as {@code notice}
   */
  public LogLine(Instant at, String level, String text) {
    this(at, level, text.length(), () -> text);
  }

  /**
   * Makes a line whose text is built for those who read it, on any thread.
   *
   * @param level such as {@code notice}
   * @param size about how many characters it keeps in memory
   */
  public LogLine(Instant at, String level, int size, Supplier<String> text) {
    this.at = at;
    this.level = level;
    this.size = size;
    this.text = text;
  }

  String text() {
    return text.get();
  }

  int size() {
    return size;
  }

  /** Returns the line as facts. */
  public Facts facts() {
    return new Facts()
        .with("time", at.truncatedTo(ChronoUnit.MILLIS).toString())
        .with("level", level)
        .with("text", text());
  }
}
