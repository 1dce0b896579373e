package dev.midge.mqtt;

/** Quality of service of a delivery. */
public enum Qos {
  AT_MOST_ONCE,
  AT_LEAST_ONCE,
  EXACTLY_ONCE;

  private static final Qos[] LEVELS = values();

  /** Returns the level as it stands in packets: 0, 1 or 2. */
  public int level() {
    return ordinal();
  }

  /**
   * Returns the quality of service of a level.
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

  /** Returns the lower of the two. */
  public Qos min(Qos other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
