package dev.midge.lwt;

import java.time.Duration;
import java.util.List;

/**
 * What a drill is to do.
 *
 * @param rows those to play, in the order of the table
 * @param times how often each row is played, from 1
 * @param patience how long a will that silence brings about may be late before it counts as lost
 * @param wantsVersion whether to ask for {@code $SYS/broker/version}; a broker may cut the
 *     connection of those who ask
 */
public record DrillSpec(List<Row> rows, int times, Duration patience, boolean wantsVersion) {
  /** The patience unless the user says otherwise. */
  public static final Duration PATIENCE = Duration.ofSeconds(40);
}
