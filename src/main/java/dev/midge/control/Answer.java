package dev.midge.control;

import java.util.concurrent.CompletableFuture;

/** The result of a request. */
public sealed interface Answer {

  /** The answer is known. */
  record Known(Facts facts) implements Answer {}

  /**
   * The answer is not known yet.
   *
   * @param facts who does not want them any more cancels it
   */
  record Awaited(CompletableFuture<Facts> facts) implements Answer {}

  /** Lines of the log, without an end; who has enough closes the follower. */
  record Following(ControlLog.Follower follower) implements Answer {}

  /**
   * The end was asked for.
   *
   * @param end begins it, once the answer was given
   */
  record Ending(Facts facts, Runnable end) implements Answer {}
}
