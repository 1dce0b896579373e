package dev.midge.cli.expect;

import java.util.function.Consumer;

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
   * @param complain takes a line where that fails
   */
  void give(Consumer<String> complain);

  /** Returns what is written: the process id, as a line. */
  static String line() {
    return ProcessHandle.current().pid() + "\n";
  }
}
