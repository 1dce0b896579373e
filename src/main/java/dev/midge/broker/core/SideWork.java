package dev.midge.broker.core;

import java.util.function.BooleanSupplier;

/** Does what takes too long for the broker thread on another one. */
public interface SideWork {

  /** The answer of the work. */
  interface Answer {
    void given(boolean yes, long now);
  }

  /**
   * Does work. The broker thread goes on meanwhile.
   *
   * @param work runs on another thread
   * @param answer is told the result on the broker thread, later, unless the broker has stopped;
   *     false if the work has failed
   */
  void run(BooleanSupplier work, Answer answer);
}
