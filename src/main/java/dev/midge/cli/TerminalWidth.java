package dev.midge.cli;

/** How many columns there are to print in. */
final class TerminalWidth {
  static final int USUAL = 80;

  /** Below it nothing can be laid out. */
  private static final int LEAST = 20;

  private TerminalWidth() {}

  /**
   * The width for a stream.
   *
   * @param terminal whether a person reads it: a file or a program gets the same in any case
   */
  static int of(Surroundings surroundings, boolean terminal) {
    if (!terminal) {
      return USUAL;
    }
    int columns = number(surroundings.environment().get("COLUMNS"));
    if (columns <= 0) {
      columns = ControllingTerminal.columns();
    }
    return columns <= 0 ? USUAL : Math.max(LEAST, columns);
  }

  private static int number(String word) {
    try {
      return word == null ? 0 : Integer.parseInt(word);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
