package dev.midge.lwt.report;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;

/** Prints a drill in the Test Anything Protocol, version 13. */
public final class TapReport {
  private final Examination examination;
  private final StringBuilder tap = new StringBuilder();

  private TapReport(Examination examination) {
    this.examination = examination;
  }

  /** Returns the lines. */
  public static String of(Examination examination) {
    return new TapReport(examination).print();
  }

  private String print() {
    tap.append("TAP version 13\n1..").append(examination.rows().size()).append('\n');
    tap.append("# ").append(plain(Table.summary(examination, Integer.MAX_VALUE))).append('\n');
    int number = 1;
    for (RowResult row : examination.rows()) {
      point(number++, row);
    }
    for (String left : examination.result().leftBehind()) {
      tap.append("# left behind: ").append(plain(left)).append('\n');
    }
    if (examination.lost() != null) {
      tap.append("Bail out! ").append(plain(examination.lost())).append('\n');
    }
    return tap.toString();
  }

  private void point(int number, RowResult row) {
    boolean broken = examination.isBroken(row);
    tap.append(broken ? "not ok " : "ok ").append(number).append(" - ").append(row.row().id());
    switch (row.verdict()) {
      case SKIPPED -> tap.append(" # SKIP ").append(plain(RowText.seen(row)));
      case NOT_EXAMINED ->
          tap.append(" # SKIP ").append(row.verdict().word() + ": " + plain(RowText.seen(row)));
      case OK -> {
        if (row.after() != null) {
          tap.append(" # ").append(RowText.after(row, examination.isRepeated()));
        }
      }
      default -> tap.append(" # ").append(RowText.verdict(row));
    }
    tap.append('\n');
    if (broken) {
      diagnostics(row);
    }
  }

  private void diagnostics(RowResult row) {
    tap.append("  ---\n");
    entry("verdict", RowText.verdict(row));
    entry("clause", row.row().clause());
    entry("rule", row.row().rule());
    entry("ending", row.row().ending());
    entry("expected", row.row().expected());
    entry("seen", RowText.seen(row));
    entry("after", RowText.after(row, examination.isRepeated()));
    String remark = RowText.remark(row);
    if (row.verdict() != Verdict.NOT_EXAMINED && remark != null) {
      entry("reason", remark);
    }
    entry("repeat", examination.subject().command() + " --only " + row.row().id());
    tap.append("  ...\n");
  }

  /** Adds an entry of YAML, whose strings are written as those of JSON. */
  private void entry(String name, String text) {
    tap.append("  ").append(name).append(": \"");
    JsonStringEncoder.getInstance().quoteAsString(RowText.shown(text), tap);
    tap.append("\"\n");
  }

  /** Returns text in which nothing is taken for a directive. */
  private static String plain(String text) {
    return RowText.shown(text).replace("#", "\\#");
  }
}
