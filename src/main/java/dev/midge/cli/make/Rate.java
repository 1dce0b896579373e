package dev.midge.cli.make;

import dev.midge.cli.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most messages in a time.
 *
 * @param interval from one to the next, in nanoseconds, from 1000; it may have a fraction, so that
 *     a third of a second does not add up to a wrong hour
 */
record Rate(double interval) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(?:/([smh]))?");
  private static final double SECOND = 1e9;
  private static final double LEAST = 1000;
  private static final double MOST = 1000 * 3600 * SECOND;

  /**
   * Returns the rate.
   *
   * @throws UsageException for a word that is none
   */
  static Rate parse(String word) {
    Matcher form = FORM.matcher(word);
    double number = form.matches() ? Double.parseDouble(form.group(1)) : 0;
    String unit = number > 0 && form.group(2) != null ? form.group(2) : "s";
    double time = unit.equals("h") ? 3600 * SECOND : unit.equals("m") ? 60 * SECOND : SECOND;
    double interval = time / number;
    if (interval >= LEAST && interval <= MOST) {
      return new Rate(interval);
    }
    throw new UsageException(
        "Error: Invalid --rate '"
            + word
            + "': a rate is such as 10, 0.5/s, 30/m or 6/h, at most 1000000/s.");
  }
}
