package dev.midge.mqtt;

/** Quality of service of a delivery. */
public enum Qos {
  AT_MOST_ONCE,
  AT_LEAST_ONCE,
  EXACTLY_ONCE;

  private static final Qos[] LEVELS = values();

  /** The level as it stands on the wire: 0, 1 or 2. */
  public int level() {
    return ordinal();
  }

  /**
   * The quality of service of a level.
   *
   * @param level 0, 1 or 2
   * @throws IllegalArgumentException for any other level
   */
  public static Qos of(int level) {
    if (level < 0 || level > 2) {
      throw new IllegalArgumentException("QoS must be 0, 1 or 2, not " + level);
    }
    return LEVELS[level];
  }

  /** The lower of the two. */
  public Qos min(Qos other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
