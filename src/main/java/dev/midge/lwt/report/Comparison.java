package dev.midge.lwt.report;

import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Prints the drills of several brokers side by side: rows × brokers, times and verdicts in the
 * cells. Columns that do not fit are first shortened to numbers and signs, then spread over several
 * tables.
 */
public final class Comparison {
  private static final String GAP = "  ";
  private static final String HEAD = "row";
  private static final int SHORTEST_ID = 6;
  private static final String SKIPPED_SIGN = "-";
  private static final String NOT_EXAMINED_SIGN = "?";

  private final List<Examination> all;
  private final int width;
  private final Colours colours;
  private final StringBuilder text = new StringBuilder();
  private boolean numbered;
  private boolean signs;

  private Comparison(List<Examination> all, int width, Colours colours) {
    this.all = all;
    this.width = width;
    this.colours = colours;
  }

  /**
   * Returns the tables and their legend.
   *
   * @param all at least one, all with the same rows
   * @param width no line is wider
   */
  public static String of(List<Examination> all, int width, Colours colours) {
    return new Comparison(all, width, colours).print();
  }

  /** The column of one broker. */
  private record Column(String head, List<String> cells, List<Verdict> verdicts) {
    int width() {
      int widest = Columns.width(head);
      for (String cell : cells) {
        widest = Math.max(widest, Columns.width(cell));
      }
      return widest;
    }
  }

  private String print() {
    int ids = HEAD.length();
    for (RowResult row : all.get(0).rows()) {
      ids = Math.max(ids, row.row().id().length());
    }
    List<Column> columns = fitting(ids);
    int widest = columns.stream().mapToInt(Column::width).max().orElse(0);
    // One column has room in any case.
    ids = Math.max(SHORTEST_ID, Math.min(ids, width - GAP.length() - widest));
    int from = 0;
    while (from < columns.size()) {
      int to = from + 1;
      int used = ids + GAP.length() + columns.get(from).width();
      while (to < columns.size() && used + GAP.length() + columns.get(to).width() <= width) {
        used += GAP.length() + columns.get(to++).width();
      }
      table(ids, columns.subList(from, to));
      from = to;
    }
    legend();
    return text.toString();
  }

  /**
   * Returns the columns: with names and words if they fit, or else with numbers, and with signs.
   */
  private List<Column> fitting(int ids) {
    BiFunction<Examination, Integer, String> names =
        (examination, number) -> RowText.shown(examination.subject().name());
    BiFunction<Examination, Integer, String> numbers = (examination, number) -> "" + number;
    List<Column> columns = columns(names);
    if (!isFitting(ids, columns)) {
      numbered = true;
      columns = columns(numbers);
    }
    if (!isFitting(ids, columns)) {
      signs = true;
      columns = columns(numbers);
    }
    return columns;
  }

  private boolean isFitting(int ids, List<Column> columns) {
    int used = ids;
    for (Column column : columns) {
      used += GAP.length() + column.width();
    }
    return used <= width;
  }

  private List<Column> columns(BiFunction<Examination, Integer, String> head) {
    List<Column> columns = new ArrayList<>();
    for (Examination examination : all) {
      List<String> cells = new ArrayList<>();
      List<Verdict> verdicts = new ArrayList<>();
      for (RowResult row : examination.rows()) {
        cells.add(cell(row));
        verdicts.add(row.verdict());
      }
      columns.add(new Column(head.apply(examination, columns.size() + 1), cells, verdicts));
    }
    return columns;
  }

  private String cell(RowResult row) {
    String word = row.verdict().word();
    return switch (row.verdict()) {
      case OK -> row.after() == null ? word : RowText.time(row.after());
      case LATE, EARLY ->
          row.after() == null || signs ? word : word + ", " + RowText.time(row.after());
      case SKIPPED -> signs ? SKIPPED_SIGN : word;
      case NOT_EXAMINED -> signs ? NOT_EXAMINED_SIGN : word;
      case FAILED -> word;
    };
  }

  private void table(int ids, List<Column> columns) {
    text.append(Columns.pad(HEAD, ids));
    for (int i = 0; i < columns.size(); i++) {
      cell(columns.get(i), columns.get(i).head(), null, i == columns.size() - 1);
    }
    List<RowResult> rows = all.get(0).rows();
    for (int r = 0; r < rows.size(); r++) {
      text.append('\n').append(Columns.pad(rows.get(r).row().id(), ids));
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        cell(column, column.cells().get(r), column.verdicts().get(r), i == columns.size() - 1);
      }
    }
    text.append("\n\n");
  }

  private void cell(Column column, String cell, @Nullable Verdict verdict, boolean last) {
    text.append(GAP).append(verdict == null ? cell : colours.paint(verdict, cell));
    if (!last) {
      text.append(" ".repeat(column.width() - Columns.width(cell)));
    }
  }

  private void legend() {
    if (signs) {
      wrapped(SKIPPED_SIGN + "  skipped: the broker or this version of MQTT has no such thing");
      wrapped(NOT_EXAMINED_SIGN + "  not examined");
    }
    int number = 1;
    for (Examination examination : all) {
      String version = examination.result().brokerVersion();
      String head = numbered ? number++ + "  " : "";
      wrapped(
          head
              + RowText.shown(examination.subject().name())
              + (version == null ? "" : " (" + RowText.shown(version) + ")")
              + " over "
              + examination.subject().transport()
              + ", "
              + examination.protocol()
              + ": "
              + RowText.counts(examination.rows())
              + (examination.lost() == null ? "" : "; " + RowText.shown(examination.lost())));
    }
  }

  private void wrapped(String line) {
    Columns.wrap(line, width, "   ").forEach(part -> text.append(part).append('\n'));
  }
}
