package dev.midge.lwt;

import dev.midge.client.LinkFailure;
import java.io.IOException;

/**
 * One way in which a client ends, and what the broker owes for it.
 *
 * @param ending how the client ends
 * @param expected what the watcher is to see
 */
record Row(String ending, String expected, Play play) {

  /** Plays the row. */
  interface Play {
    Finding on(Stage stage) throws LinkFailure, IOException, InterruptedException;
  }
}
