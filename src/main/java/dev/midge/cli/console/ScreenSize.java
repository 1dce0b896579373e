package dev.midge.cli.console;

/**
 * The size of a terminal's screen.
 *
 * @param lines at least 1
 * @param columns at least 1
 */
public record ScreenSize(int lines, int columns) {
  /** The size where none is known. */
  static final ScreenSize USUAL = new ScreenSize(24, 80);
}
