package dev.midge.fault.plan;

import java.time.Duration;

/**
 * A fault that was carried out.
 *
 * @param since time since the start of the plan
 * @param fault the fault as the user writes it
 * @param effects the effects alone
 * @param moment with the number of the packet: {@code publish-out:3}
 * @param connection client identifier, or the address before there is one
 * @param number of that client's connections, from 1
 */
public record FaultEvent(
    Duration since, String fault, String effects, String moment, String connection, int number) {

  /** Returns the line for stderr: time, connection, moment, effect. */
  public String line() {
    return "Fault "
        + effects
        + " at "
        + moment
        + ", "
        + connection
        + ", after "
        + seconds(3)
        + " s";
  }

  /**
   * Returns the seconds since the start of the plan, rounded.
   *
   * @param decimals 1 to 9
   */
  public String seconds(int decimals) {
    long unit = 1;
    for (int i = decimals; i < 9; i++) {
      unit *= 10;
    }
    String digits = Long.toString((since.toNanos() + unit / 2) / unit);
    String all = "0".repeat(Math.max(0, decimals + 1 - digits.length())) + digits;
    int point = all.length() - decimals;
    return all.substring(0, point) + "." + all.substring(point);
  }
}
