package dev.midge.lwt.report;

import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;
import dev.midge.text.TerminalEscapes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts about a row that all reports share, without control characters from the broker. */
public final class RowText {
  private static final int MILLIS_OF_SECOND = 1000;
  private static final String NO_TIME = "-";

  /** The order of the summary, which differs from that of severity. */
  private static final List<Verdict> ORDER =
      List.of(
          Verdict.OK,
          Verdict.FAILED,
          Verdict.LATE,
          Verdict.EARLY,
          Verdict.SKIPPED,
          Verdict.NOT_EXAMINED);

  private RowText() {}

  /** Returns a time for people: {@code 12 ms}, {@code 3.46 s}. */
  static String time(Duration time) {
    long millis = time.toMillis();
    return millis < MILLIS_OF_SECOND ? millis + " ms" : seconds(time) + " s";
  }

  /** Returns seconds with two digits behind the point, cut and not rounded. */
  private static String seconds(Duration time) {
    long hundredths = time.toMillis() / 10;
    return String.format(Locale.ROOT, "%d.%02d", hundredths / 100, hundredths % 100);
  }

  /**
   * Returns the time of the will's arrival.
   *
   * @param repeated whether the row was played several times: then least, median and most
   */
  static String after(RowResult row, boolean repeated) {
    if (row.after() == null) {
      return NO_TIME;
    }
    if (!repeated || row.least() == null || row.most() == null) {
      return time(row.after());
    }
    if (row.most().toMillis() < MILLIS_OF_SECOND) {
      return row.least().toMillis()
          + "/"
          + row.after().toMillis()
          + "/"
          + row.most().toMillis()
          + " ms";
    }
    return seconds(row.least()) + "/" + seconds(row.after()) + "/" + seconds(row.most()) + " s";
  }

  /** Returns the verdict, and for a late will the time by which it was late. */
  public static String verdict(RowResult row) {
    if (row.verdict() == Verdict.LATE && row.bound() != null) {
      Duration last = row.most() == null ? row.after() : row.most();
      if (last != null && last.compareTo(row.bound()) > 0) {
        return row.verdict().word() + " by " + time(last.minus(row.bound()));
      }
    }
    return row.verdict().word();
  }

  /** Returns the description of what was seen, or the reason for which the row was not played. */
  public static String seen(RowResult row) {
    boolean played =
        row.verdict() != Verdict.SKIPPED && row.verdict() != Verdict.NOT_EXAMINED
            || row.reason() == null;
    String text = played ? row.seen() : row.reason();
    return text == null ? NO_TIME : shown(text);
  }

  /** Returns the reason where {@link #seen} does not show it; null for none. */
  static @Nullable String remark(RowResult row) {
    String reason = row.reason() == null ? null : shown(row.reason());
    return reason == null || reason.equals(seen(row)) ? null : reason;
  }

  /** Returns text as one line without control characters. */
  static String shown(String text) {
    return TerminalEscapes.escaped(text);
  }

  /** Returns {@code 45 ok, 1 failed, 2 skipped}: each verdict that occurs, and failed always. */
  static String counts(List<RowResult> rows) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    rows.forEach(row -> counts.merge(row.verdict(), 1, Integer::sum));
    counts.putIfAbsent(Verdict.FAILED, 0);
    StringBuilder text = new StringBuilder();
    for (Verdict verdict : ORDER) {
      if (counts.containsKey(verdict)) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(counts.get(verdict))
            .append(' ')
            .append(verdict.word());
      }
    }
    return text.toString();
  }

  /** Returns seconds as numbers of JSON and XML are written. */
  static String decimal(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / (double) MILLIS_OF_SECOND);
  }
}
