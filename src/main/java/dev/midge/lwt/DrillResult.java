package dev.midge.lwt;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.row.RowResult;
import dev.midge.mqtt.Properties;
import java.util.List;

/**
 * The outcome of a whole drill.
 *
 * @param rows in the order of the table
 * @param brokerVersion the broker's own {@code $SYS/broker/version}; null when it tells none
 * @param connack the properties of the watcher's CONNACK
 * @param lost why the drill ended early; null when it was played to its end
 * @param leftBehind topics of retained messages and client ids of sessions that could not be
 *     removed
 */
public record DrillResult(
    List<RowResult> rows,
    String brokerVersion,
    Properties connack,
    ConnectionFailure lost,
    List<String> leftBehind) {

  /**
   * Says whether the broker kept its word in every row that was played.
   *
   * @param strict counts what came early or late as broken
   */
  public boolean isWell(boolean strict) {
    return lost == null && rows.stream().noneMatch(row -> row.verdict().isAgainst(strict));
  }
}
