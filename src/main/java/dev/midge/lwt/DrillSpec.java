package dev.midge.lwt;

import dev.midge.lwt.row.FaultyNetwork;
import dev.midge.lwt.row.Row;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a drill.
 *
 * @param rows those to play, in the order of the table
 * @param times the number of passes, from 1
 * @param arrivalTimeout how late a will may be that the broker owes for silence or a delay, before
 *     it counts as lost: {@code --patience}
 * @param wantsVersion whether to ask for {@code $SYS/broker/version}; a broker may cut the
 *     connection that asks
 * @param network between some clients and the broker; null for none
 */
public record DrillSpec(
    List<Row> rows,
    int times,
    Duration arrivalTimeout,
    boolean wantsVersion,
    @Nullable FaultyNetwork network) {
  /** The arrival timeout unless the user says otherwise. */
  public static final Duration ARRIVAL_TIMEOUT = Duration.ofSeconds(40);
}
