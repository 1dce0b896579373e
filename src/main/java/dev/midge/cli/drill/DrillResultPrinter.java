package dev.midge.cli.drill;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.console.TerminalWidth;
import dev.midge.cli.options.ColourOption;
import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.report.Comparison;
import dev.midge.lwt.report.Examination;
import dev.midge.lwt.report.JsonReport;
import dev.midge.lwt.report.JunitReport;
import dev.midge.lwt.report.MarkdownReport;
import dev.midge.lwt.report.RowList;
import dev.midge.lwt.report.Table;
import dev.midge.lwt.report.TapReport;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.Verdict;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the result of the drill to the places that the user names. Each renderer is loaded when it
 * is used.
 */
public final class DrillResultPrinter {
  private final ProcessContext context;
  private final DrillOutputOptions output;
  private final ColourOption colour;

  /** Makes one for the output that the user wants. */
  public DrillResultPrinter(
      ProcessContext context, DrillOutputOptions output, ColourOption colour) {
    this.context = context;
    this.output = output;
    this.colour = colour;
  }

  /** Prints the rows without playing them. */
  public void list(List<Row> rows) throws IOException {
    out(
        output.isJson()
            ? JsonReport.list(rows)
            : RowList.of(rows, Math.min(TerminalWidth.USUAL, width())));
  }

  /**
   * Prints the results on standard output.
   *
   * @param several whether brokers are compared
   */
  public void print(List<Examination> all, boolean several) throws IOException {
    Terminal terminal = colour.out(context);
    if (output.isJson()) {
      out(several ? JsonReport.of(all) : JsonReport.of(all.get(0)));
    } else if (output.isTap()) {
      out(TapReport.of(all.get(0)));
    } else if (several) {
      out(Comparison.of(all, width(), (verdict, text) -> painted(verdict, text, terminal)));
    } else {
      out(Table.of(all.get(0), width(), (verdict, text) -> painted(verdict, text, terminal)));
    }
  }

  /**
   * Writes the files.
   *
   * @param junit null for none
   * @param report null for none
   */
  public void write(List<Examination> all, @Nullable ResultFile junit, @Nullable ResultFile report)
      throws IOException {
    if (junit != null) {
      junit.write(JunitReport.of(all));
    }
    if (report != null) {
      report.write(MarkdownReport.of(all));
    }
  }

  /**
   * Prints on standard error what went wrong beside the rows, a line each.
   *
   * @param told failures that the user knows of
   */
  public void warn(Examination examination, List<ConnectionFailure> told) {
    String name = examination.subject().name();
    ConnectionFailure lost = examination.result().lost();
    if (examination.interrupted()) {
      warning("Interrupted: what was not played by then is not examined (" + name + ").");
    } else if (lost != null && !told.contains(lost)) {
      warning(
          "Error: The broker was lost in the middle of the drill, the rest is not examined ("
              + name
              + "): "
              + Examination.text(lost));
    }
    for (String left : examination.result().leftBehind()) {
      warning("Warning: left behind on " + name + ", could not be removed: " + left);
    }
  }

  private void warning(String line) {
    if (!output.isQuiet()) {
      context.err().println(TerminalEscapes.escaped(line));
    }
  }

  static String painted(Verdict verdict, String text, Terminal terminal) {
    return switch (verdict) {
      case OK -> terminal.paint(Terminal.Shade.GOOD, text);
      case FAILED -> terminal.paint(Terminal.Shade.BAD, text);
      case SKIPPED, EARLY, LATE, NOT_EXAMINED -> terminal.paint(Terminal.Shade.CAUTION, text);
    };
  }

  private int width() {
    return TerminalWidth.of(context, context.outIsTerminal());
  }

  private void out(String text) throws IOException {
    context.out().write(text.getBytes(StandardCharsets.UTF_8));
    context.out().flush();
  }
}
