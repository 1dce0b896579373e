package dev.midge.cli.expect;

import java.io.IOException;

/** Tells another process that this one is ready. */
interface ReadySignal {

  /**
   * Finds out whether the signal can be given.
   *
   * @throws dev.midge.cli.UsageException where it cannot
   */
  void prepare();

  /**
   * Gives it.
   *
   * @throws IOException where it cannot be written; {@code Broken pipe} where nobody reads it
   */
  void give() throws IOException;

  /** Returns the beginning of the line that says that it cannot be given. */
  String problem();

  /** Returns what is written: the process id, as a line. */
  static String line() {
    return ProcessHandle.current().pid() + "\n";
  }
}
