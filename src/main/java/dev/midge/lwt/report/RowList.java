package dev.midge.lwt.report;

import dev.midge.lwt.row.Row;
import dev.midge.mqtt.ProtocolVersion;
import java.util.List;

/** Prints the rows of the drill for people: id, clause and sentence of each. */
public final class RowList {
  private static final String INDENT = "    ";

  private RowList() {}

  /**
   * Returns the list.
   *
   * @param width no line is wider
   */
  public static String of(List<Row> rows, int width) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      boolean only5 = row.versions().stream().allMatch(ProtocolVersion::isV5);
      String only =
          (only5 ? ", MQTT 5 only" : "") + (row.byPackets() ? ", --engine does not apply" : "");
      String head = row.id() + " (" + row.clause() + only + ")";
      Columns.wrap(head, width, INDENT).forEach(line -> text.append(line).append('\n'));
      Columns.wrap(INDENT + row.rule(), width, INDENT)
          .forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }
}
