package dev.midge.lwt;

/**
 * The user may not publish or not read below the prefix of the drill, so that the broker cannot be
 * examined. The message is for people.
 */
public final class DrillRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * @param code the status of a refused connection: 135 in MQTT 5, 5 before
   */
  DrillRefused(String message, int code) {
    super(message);
    this.code = code;
  }

  /** Returns the status of a refused connection: 135 in MQTT 5, 5 before. */
  public int code() {
    return code;
  }
}
