package dev.midge.fault.plan;

import java.time.Duration;
import java.util.Locale;

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
    return String.format(
        Locale.ROOT,
        "Fault %s at %s, %s, after %.3f s",
        effects,
        moment,
        connection,
        since.toNanos() / 1e9);
  }
}
