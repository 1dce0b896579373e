package dev.midge.cli;

import java.util.function.Consumer;

/** Signals that are no reason to stop: SIGHUP, SIGUSR1 and SIGUSR2. */
@FunctionalInterface
public interface OtherSignals {
  /** Tells of none. */
  OtherSignals NONE = told -> {};

  /** The name of a SIGHUP that says that the terminal of the process is gone. */
  String HANG_UP = "SIGHUP of a terminal that is gone";

  /**
   * Tells of each from now on by its name, such as SIGHUP; it does not end the process any more.
   * SIGHUP has two: a process that was started at a terminal, and has none any more, is told {@link
   * #HANG_UP}.
   */
  void tell(Consumer<String> told);
}
