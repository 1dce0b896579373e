package dev.midge.fault;

import java.time.Duration;

/** Reads {@code --then reconnect[:AFTER]}. */
public final class Afterwards {
  private static final String WORD = "reconnect";

  private Afterwards() {}

  /**
   * Returns how long after a fault the client comes back.
   *
   * @throws FaultSyntaxException for anything else; the message is one line
   */
  public static Duration parse(String word) throws FaultSyntaxException {
    Duration after =
        word.equals(WORD)
            ? Duration.ZERO
            : word.startsWith(WORD + ":")
                ? Durations.parse(word.substring(WORD.length() + 1))
                : null;
    if (after == null) {
      throw new FaultSyntaxException(
          "Invalid --then '"
              + word
              + "': it is reconnect, or reconnect:AFTER such as reconnect:2s.");
    }
    return after;
  }
}
