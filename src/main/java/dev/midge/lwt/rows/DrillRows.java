package dev.midge.lwt.rows;

import dev.midge.lwt.row.Row;
import dev.midge.mqtt.ProtocolVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** All rows of the drill, in the order of the table. */
public final class DrillRows {
  static final Set<ProtocolVersion> ALL =
      Collections.unmodifiableSet(EnumSet.allOf(ProtocolVersion.class));
  static final Set<ProtocolVersion> V5 =
      Collections.unmodifiableSet(EnumSet.of(ProtocolVersion.V5));

  private DrillRows() {}

  public static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(EndingRows.all());
    rows.addAll(SilenceRows.all());
    rows.addAll(TakeoverRows.all());
    rows.addAll(DelayRows.all());
    rows.addAll(ContentRows.all());
    rows.addAll(RetainedRows.all());
    rows.addAll(LifeRows.all());
    rows.addAll(AudienceRows.all());
    rows.addAll(TransportRows.all());
    return List.copyOf(rows);
  }
}
