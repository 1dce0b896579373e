package dev.midge.cli;

import java.util.function.Consumer;

/** Signals that are no reason to stop: SIGHUP, SIGUSR1 and SIGUSR2. */
@FunctionalInterface
public interface OtherSignals {
  /** None of them comes. */
  OtherSignals NONE = told -> {};

  /** From now on each is told by its name, such as SIGHUP, and does not end the process. */
  void tell(Consumer<String> told);
}
