package dev.midge.cli.console;

import dev.midge.cli.ProcessContext;
import org.jspecify.annotations.Nullable;

/** The number of columns to print in. */
public final class TerminalWidth {
  public static final int USUAL = 80;

  /** Below it nothing can be laid out. */
  private static final int LEAST = 20;

  private TerminalWidth() {}

  /**
   * Returns the number of columns for a stream.
   *
   * @param terminal whether a person reads it: a file or a program gets the same in any case
   */
  public static int of(ProcessContext context, boolean terminal) {
    if (!terminal) {
      return USUAL;
    }
    int columns = number(context.environment().get("COLUMNS"));
    if (columns <= 0) {
      columns = ControllingTerminal.columns();
    }
    return columns <= 0 ? USUAL : Math.max(LEAST, columns);
  }

  private static int number(@Nullable String word) {
    try {
      return word == null ? 0 : Integer.parseInt(word);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
