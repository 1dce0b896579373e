package dev.midge.broker.embedded;

import dev.midge.broker.inspect.Disconnection;

/**
 * The end of a client's connection.
 *
 * @param ending how it ended
 */
public record SeenEnd(String clientId, Disconnection ending) {

  /** Returns the way in which it ended, for instance {@link Disconnection.Kind#RESET}. */
  public Disconnection.Kind kind() {
    return ending.kind();
  }

  /** Returns the client and the way, for instance {@code dev-1 RESET}. */
  @Override
  public String toString() {
    String words = ending.words().isEmpty() ? "" : " (" + ending.words() + ")";
    return FailureText.text(clientId) + " " + kind() + words;
  }
}
