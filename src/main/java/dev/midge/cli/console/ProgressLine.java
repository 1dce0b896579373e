package dev.midge.cli.console;

import dev.midge.lwt.report.Columns;
import java.io.PrintStream;

/**
 * A line at the bottom of the terminal that is rewritten, below lines that stay. It needs no more
 * than a carriage return, which every terminal has.
 */
public final class ProgressLine {
  private final PrintStream err;
  private final int width;
  private final boolean drawn;
  private String shown = "";
  private String text = "";

  /**
   * Makes an empty line.
   *
   * @param width that of the terminal; the line stays below, so that no terminal wraps it
   * @param drawn false for a terminal that cannot rewrite a line: then there is none
   */
  public ProgressLine(PrintStream err, int width, boolean drawn) {
    this.err = err;
    this.width = width;
    this.drawn = drawn;
  }

  /** Prints a line that stays, above. */
  public synchronized void println(String line) {
    err.println(erased() + line);
    shown = "";
    draw();
  }

  /** Rewrites the line; an empty one takes it away. */
  public synchronized void show(String line) {
    text = Columns.cut(line, width - 1);
    draw();
  }

  private void draw() {
    if (drawn && !text.equals(shown)) {
      err.print(erased() + text);
      err.flush();
      shown = text;
    }
  }

  private String erased() {
    return shown.isEmpty() ? "" : "\r" + " ".repeat(Columns.width(shown)) + "\r";
  }
}
