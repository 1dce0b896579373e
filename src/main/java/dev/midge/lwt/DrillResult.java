package dev.midge.lwt;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.row.RowResult;
import dev.midge.mqtt.Properties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a whole drill.
 *
 * @param rows in the order of the table
 * @param brokerVersion from {@code $SYS/broker/version}; null when the broker has none or was not
 *     asked
 * @param connack the properties of the watcher's CONNACK
 * @param lost the failure that ended the drill early; null when it was played to its end
 * @param refused what the broker forbids, so that it could not be examined; null where it could
 * @param leftBehind descriptions of the retained messages and sessions that could not be removed
 */
public record DrillResult(
    List<RowResult> rows,
    @Nullable String brokerVersion,
    Properties connack,
    @Nullable ConnectionFailure lost,
    @Nullable String refused,
    List<String> leftBehind) {

  /**
   * Returns whether the broker kept the rule of every row that was played.
   *
   * @param strict counts a will that came early or late as a broken rule
   */
  public boolean isWell(boolean strict) {
    return lost == null && rows.stream().noneMatch(row -> row.verdict().isAgainst(strict));
  }
}
