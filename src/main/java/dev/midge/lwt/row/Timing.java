package dev.midge.lwt.row;

import java.time.Duration;

/**
 * The time at which a will has to come.
 *
 * @param end the end of the client, by {@link System#nanoTime}
 * @param earliest the time before which it must not come
 * @param early the verdict on a will before that
 * @param bound the time within which the rule wants it
 * @param limit the time after which it counts as lost
 */
public record Timing(long end, Duration earliest, Verdict early, Duration bound, Duration limit) {
  /** The bound for a will that is due at once: two connections, and a broker that may be busy. */
  public static final Duration AT_ONCE = Duration.ofSeconds(2);

  /** Brokers may count delays and intervals by whole seconds, and look at them once a second. */
  private static final Duration WHOLE_SECONDS = Duration.ofSeconds(2);

  /** After that a will that is due at once is lost, even where the arrival timeout is longer. */
  private static final Duration LOST = Duration.ofSeconds(10);

  /** The broker starts to count a moment before or after the drill does. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMillis(50);

  /** Returns the timing of a will that is due as soon as the client has ended. */
  static Timing atOnce(long end, Duration arrivalTimeout) {
    return new Timing(end, Duration.ZERO, Verdict.FAILED, AT_ONCE, lost(AT_ONCE, arrivalTimeout));
  }

  /** Returns the timing of a will that is due some seconds after the end, and not before. */
  static Timing after(long end, int seconds, Duration arrivalTimeout) {
    Duration due = Duration.ofSeconds(seconds);
    return new Timing(
        end,
        due.minus(CLOCKS_DIFFER),
        Verdict.FAILED,
        due.plus(WHOLE_SECONDS),
        due.plus(lost(WHOLE_SECONDS, arrivalTimeout)));
  }

  private static Duration lost(Duration bound, Duration arrivalTimeout) {
    Duration limit = arrivalTimeout.compareTo(LOST) < 0 ? arrivalTimeout : LOST;
    return limit.compareTo(bound) > 0 ? limit : bound;
  }

  /**
   * Returns the timing of a will that is due when one and a half times the keep alive has passed
   * [MQTT-3.1.2-22].
   *
   * @param keepAlive seconds
   * @param arrivalTimeout the time after that in which the will may still come
   */
  static Timing silence(long end, long keepAlive, Duration arrivalTimeout) {
    Duration due = Duration.ofMillis(keepAlive * 1500);
    return new Timing(
        end,
        due.minus(CLOCKS_DIFFER),
        Verdict.EARLY, // A server may close a connection for reasons of its own, 3.1.2.10.
        due.plusSeconds(1),
        due.plus(arrivalTimeout));
  }

  /** Returns the time after which the will is lost, by {@link System#nanoTime}. */
  public long deadline() {
    return end + limit.toNanos();
  }

  /** Judges the time from the end of the client to the arrival of the will. */
  public Verdict judge(Duration after) {
    if (after.compareTo(earliest) < 0) {
      return early;
    }
    return after.compareTo(bound) > 0 ? Verdict.LATE : Verdict.OK;
  }

  /** Returns the result of a row in which all wills have come, the last one after that time. */
  public ScriptResult judged(String seen, Duration after) {
    return new ScriptResult(judge(after), seen, after, bound, null);
  }

  /** Returns a time for people, such as {@code 2.5 s}. */
  public static String seconds(Duration time) {
    long tenths = Math.round(time.toMillis() / 100.0);
    return tenths / 10 + "." + tenths % 10 + " s";
  }
}
