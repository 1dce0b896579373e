package dev.midge.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says how often, and after which pauses, a connection is tried again that cannot be made or is
 * lost.
 *
 * @param most how often in a row; CONNACK begins the count anew
 * @param pause before the first try
 * @param longest each pause is twice the one before up to that; the same as {@code pause} where all
 *     are equal
 * @param limit how long one try may take up to CONNACK; null for no limit
 */
public record RetryPolicy(long most, Duration pause, Duration longest, @Nullable Duration limit) {
  /** Stands for no limit of tries. */
  public static final long FOREVER = Long.MAX_VALUE;

  private static final int MOST_DOUBLINGS = 30;

  /**
   * Returns the pause before a try, in milliseconds. Where pauses grow it is between half of what
   * is due and all of it, so that clients which were cut off together do not come back together.
   *
   * @param tried how many tries there were before, since CONNACK or the start
   * @param chance from 0 to 1
   */
  public long pauseMillis(long tried, double chance) {
    long first = pause.toMillis();
    if (longest.compareTo(pause) <= 0) {
      return first;
    }
    long due = Math.min(longest.toMillis(), first << Math.min(tried, MOST_DOUBLINGS));
    return due / 2 + (long) ((due - due / 2) * chance);
  }

  /** Returns when it is tried again, as words for people: {@code every 2 s}. */
  public String words() {
    String often = longest.compareTo(pause) <= 0 ? "every " : "after ";
    String end = longest.compareTo(pause) <= 0 ? "" : ", later up to " + seconds(longest);
    String count = most == FOREVER ? "" : ", at most " + most + (most == 1 ? " time" : " times");
    return often + seconds(pause) + end + count;
  }

  private static String seconds(Duration time) {
    long millis = time.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
