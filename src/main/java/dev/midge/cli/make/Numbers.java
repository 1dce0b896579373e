package dev.midge.cli.make;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of numbers in a template, both ends included. Its numbers have as many decimals as the
 * end that has more: {@code 20.0 25.5} is 20.0, 20.1 and so on.
 *
 * @param least in units of the last decimal
 * @param most likewise, no less than that
 * @param decimals how many
 */
record Numbers(long least, long most, int decimals) {
  private static final Pattern FORM = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,9})?");

  /** Returns the range; null for words that are none. */
  static @Nullable Numbers parse(String from, String to) {
    if (!FORM.matcher(from).matches() || !FORM.matcher(to).matches()) {
      return null;
    }
    BigDecimal first = new BigDecimal(from);
    BigDecimal last = new BigDecimal(to);
    int decimals = Math.max(first.scale(), last.scale());
    try {
      long least = first.setScale(decimals).unscaledValue().longValueExact();
      long most = last.setScale(decimals).unscaledValue().longValueExact();
      return least <= most ? new Numbers(least, most, decimals) : null;
    } catch (ArithmeticException tooLarge) {
      return null;
    }
  }

  /** Returns one of the numbers by chance. */
  String random(Chance chance) {
    return text(chance.between(least, most));
  }

  /**
   * Returns the number on a sine wave that begins in the middle and rises.
   *
   * @param turns how far the wave has come; 1 is one period
   */
  String wave(double turns) {
    double share = (1 + Math.sin(2 * Math.PI * turns)) / 2;
    double above = ((double) most - least) * share;
    return text(Math.min(most, Math.max(least, least + Math.round(above))));
  }

  private String text(long units) {
    return decimals == 0
        ? Long.toString(units)
        : BigDecimal.valueOf(units, decimals).toPlainString();
  }
}
