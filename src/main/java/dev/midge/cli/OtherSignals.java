package dev.midge.cli;

import java.util.function.Consumer;

/** Signals that are no reason to stop: SIGHUP, SIGUSR1 and SIGUSR2. */
@FunctionalInterface
public interface OtherSignals {
  /** Tells of none. */
  OtherSignals NONE = told -> {};

  /**
   * Tells of each from now on by its name, such as SIGHUP; it does not end the process any more.
   */
  void tell(Consumer<String> told);
}
