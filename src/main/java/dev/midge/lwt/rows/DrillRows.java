package dev.midge.lwt.rows;

import dev.midge.lwt.row.Row;
import java.util.ArrayList;
import java.util.List;

/** All rows of the drill, in the order of the table. */
public final class DrillRows {
  private DrillRows() {}

  public static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(DisconnectRows.all());
    rows.addAll(ConnectionEndRows.all());
    rows.addAll(KeepAliveRows.all());
    rows.addAll(TakeoverRows.all());
    rows.addAll(DelayRows.all());
    rows.addAll(ContentRows.all());
    rows.addAll(RetainedRows.all());
    rows.addAll(SequenceRows.all());
    rows.addAll(SubscriberRows.all());
    rows.addAll(TransportRows.all());
    return List.copyOf(rows);
  }
}
