package dev.midge.lwt.report;

import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the result of a drill as a table for people, with a summary as its last line. */
public final class Table {
  /** The width from which a terminal has room for the clauses. */
  private static final int WIDE = 110;

  private static final int SHORTEST_NAME = 10;
  private static final String[] HEADS = {"row", "clause", "expected", "seen", "after"};
  private static final String LAST_HEAD = "verdict";
  private static final String GAP = "  ";

  private final Examination examination;
  private final int width;
  private final Colours colours;
  private final StringBuilder text = new StringBuilder();

  private Table(Examination examination, int width, Colours colours) {
    this.examination = examination;
    this.width = width;
    this.colours = colours;
  }

  /**
   * Returns the table.
   *
   * @param width no line is wider, unless the verdict alone is
   */
  public static String of(Examination examination, int width, Colours colours) {
    return new Table(examination, width, colours).print();
  }

  private String print() {
    List<RowResult> rows = examination.rows();
    int[] widths = widths(rows);
    line(HEADS, widths, LAST_HEAD);
    for (RowResult row : rows) {
      line(cells(row), widths, colours.paint(row.verdict(), RowText.verdict(row)));
    }
    text.append('\n');
    remarks(rows, widths);
    wrapped(summary(), "");
    return text.toString();
  }

  private int[] widths(List<RowResult> rows) {
    int[] natural = new int[ColumnWidths.COUNT];
    int last = LAST_HEAD.length();
    for (int column = 0; column < ColumnWidths.COUNT; column++) {
      natural[column] = HEADS[column].length();
    }
    for (RowResult row : rows) {
      String[] cells = cells(row);
      for (int column = 0; column < ColumnWidths.COUNT; column++) {
        natural[column] = Math.max(natural[column], Columns.width(cells[column]));
      }
      last = Math.max(last, Columns.width(RowText.verdict(row)));
    }
    if (width < WIDE) {
      natural[ColumnWidths.CLAUSE] = 0;
    }
    return ColumnWidths.widths(natural, last, width);
  }

  private void line(String[] cells, int[] widths, String last) {
    for (int column = 0; column < ColumnWidths.COUNT; column++) {
      if (widths[column] > 0) {
        text.append(Columns.pad(cells[column], widths[column])).append(GAP);
      }
    }
    text.append(last).append('\n');
  }

  private String[] cells(RowResult row) {
    return new String[] {
      row.row().id(),
      row.row().clause(),
      row.row().expected(),
      RowText.seen(row),
      RowText.after(row, examination.isRepeated())
    };
  }

  /** Prints in full the texts of failed rows that no cell has room for. */
  private void remarks(List<RowResult> rows, int[] widths) {
    int before = text.length();
    for (RowResult row : rows) {
      List<String> parts = new ArrayList<>();
      if ((row.verdict() == Verdict.FAILED || row.control() != null)
          && Columns.width(RowText.seen(row)) > widths[ColumnWidths.SEEN]) {
        parts.add(RowText.seen(row));
      }
      String remark = RowText.remark(row);
      if (remark != null) {
        parts.add(remark);
      }
      if (!parts.isEmpty()) {
        wrapped(row.row().id() + ": " + String.join("; ", parts), GAP);
      }
    }
    if (examination.engine() != null) {
      others(rows);
    }
    if (text.length() > before) {
      text.append('\n');
    }
  }

  /** Prints which rows the engine that the user wants has not played. */
  private void others(List<RowResult> rows) {
    String ids =
        rows.stream()
            .map(RowResult::row)
            .filter(Row::byPackets)
            .map(Row::id)
            .collect(Collectors.joining(", "));
    if (!ids.isEmpty()) {
      wrapped("by the drill itself, since no client library does that: " + ids, GAP);
    }
  }

  private String summary() {
    return summary(examination, width);
  }

  /** Returns the broker, the version of MQTT and the counts; a long name is cut to fit. */
  static String summary(Examination examination, int width) {
    String rest = ", " + examination.protocol() + ": " + RowText.counts(examination.rows());
    int room = Math.max(SHORTEST_NAME, width - rest.length());
    return Columns.cut(RowText.shown(examination.subject().name()), room) + rest;
  }

  private void wrapped(String line, String indent) {
    Columns.wrap(line, width, indent).forEach(part -> text.append(part).append('\n'));
  }
}
