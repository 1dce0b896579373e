package dev.midge.lwt;

import dev.midge.client.LinkFailure;

/** Placeholder for this branch only: the lead's file takes its place. */
public final class Drill {
  /**
   * @param connected told when the watcher is connected
   */
  public Drill(Target target, DrillSpec spec, DrillListener listener, Runnable connected) {}

  /**
   * Plays the rows.
   *
   * @throws LinkFailure when the watcher cannot connect
   * @throws DrillRefused when the user may not publish or read below the prefix
   */
  public DrillResult run() throws LinkFailure, DrillRefused, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Ends the drill early, from any thread: {@link #run} removes what was left and returns. */
  public void stop() {}
}
