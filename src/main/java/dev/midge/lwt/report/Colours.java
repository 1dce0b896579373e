package dev.midge.lwt.report;

import dev.midge.lwt.row.Verdict;

/** Colours a table. The command line implements it. */
public interface Colours {
  /** Colours nothing. */
  Colours NONE = (verdict, text) -> text;

  /**
   * Returns the text in the colour of a verdict.
   *
   * @param text takes as much room as before
   */
  String paint(Verdict verdict, String text);
}
