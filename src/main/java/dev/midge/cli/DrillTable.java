package dev.midge.cli;

import dev.midge.lwt.Outcome;
import dev.midge.lwt.Verdict;
import dev.midge.mqtt.ProtocolVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The result of the drill as a table for people. */
final class DrillTable {
  private static final String[] HEADS = {"ending", "expected", "seen", "after", "verdict"};

  private DrillTable() {}

  static void write(
      List<Outcome> outcomes,
      String broker,
      ProtocolVersion version,
      Terminal terminal,
      OutputStream out)
      throws IOException {
    int[] widths = new int[HEADS.length - 1];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = HEADS[column].length();
      for (Outcome outcome : outcomes) {
        widths[column] = Math.max(widths[column], cells(outcome)[column].length());
      }
    }
    StringBuilder table = new StringBuilder();
    row(table, HEADS, widths, HEADS[4]);
    for (Outcome outcome : outcomes) {
      row(table, cells(outcome), widths, verdict(outcome.verdict(), terminal));
    }
    table.append('\n').append(summary(outcomes, broker, version)).append('\n');
    out.write(table.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void row(StringBuilder table, String[] cells, int[] widths, String last) {
    for (int column = 0; column < widths.length; column++) {
      table.append(cells[column]).append(" ".repeat(widths[column] - cells[column].length() + 2));
    }
    table.append(last).append('\n');
  }

  private static String[] cells(Outcome outcome) {
    return new String[] {
      outcome.ending(),
      outcome.expected(),
      Manners.MIDGE.shown(outcome.seen()),
      time(outcome.after())
    };
  }

  private static String time(Duration after) {
    if (after == null) {
      return "-";
    }
    long millis = after.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    long hundredths = millis / 10 % 100;
    return millis / 1000 + "." + (hundredths < 10 ? "0" : "") + hundredths + " s";
  }

  static String verdict(Verdict verdict, Terminal terminal) {
    return switch (verdict) {
      case OK -> terminal.paint(Terminal.Shade.GOOD, verdict.word());
      case FAILED -> terminal.paint(Terminal.Shade.BAD, verdict.word());
      case SKIPPED -> terminal.paint(Terminal.Shade.CAUTION, verdict.word());
    };
  }

  private static String summary(List<Outcome> outcomes, String broker, ProtocolVersion version) {
    int[] counts = new int[Verdict.values().length];
    for (Outcome outcome : outcomes) {
      counts[outcome.verdict().ordinal()]++;
    }
    String name =
        version == ProtocolVersion.V5 ? "5" : version == ProtocolVersion.V3_1_1 ? "3.1.1" : "3.1";
    return broker
        + ", MQTT "
        + name
        + ": "
        + counts[Verdict.OK.ordinal()]
        + " ok, "
        + counts[Verdict.FAILED.ordinal()]
        + " failed, "
        + counts[Verdict.SKIPPED.ordinal()]
        + " skipped";
  }
}
