package dev.midge.cli.drill;

import dev.midge.broker.BrokerEvent;
import dev.midge.cli.console.BrokerLog;
import dev.midge.cli.console.ProgressLine;
import dev.midge.cli.console.Terminal;
import dev.midge.lwt.report.Columns;
import dev.midge.lwt.report.RowText;
import dev.midge.lwt.row.DrillListener;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Timing;
import dev.midge.lwt.row.Verdict;
import dev.midge.text.TerminalEscapes;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prints on the terminal what happens while the drill runs: who does what, in columns. Several rows
 * are played at once and call from threads of their own: a line that is not about the row of the
 * last title has its id before it.
 */
public final class DrillProgress implements DrillListener {
  /** So many lines of the broker show what it does; a row of 200 clients has thousands. */
  private static final int MOST_BROKER_LINES = 12;

  /** All are on this machine; the end of the line, where the reason stands, must not be cut. */
  private static final Pattern ADDRESS =
      Pattern.compile(" \\[127\\.0\\.0\\.1:\\d+]| from 127\\.0\\.0\\.1:\\d+");

  private static final Pattern FOLDED = Pattern.compile("\\s*\n\\s*");

  private final Terminal terminal;
  private final int width;
  private final ProgressLine lines;
  private final Set<String> waiting = new LinkedHashSet<>();
  private String current = "";
  private int of;
  private int judged;
  private int brokerLines;

  /**
   * Makes one.
   *
   * @param width no line is wider
   * @param progress whether the terminal can rewrite a line
   */
  public DrillProgress(PrintStream err, Terminal terminal, int width, boolean progress) {
    this.terminal = terminal;
    this.width = width;
    this.lines = new ProgressLine(err, width, progress);
  }

  /** Prints the name of one of several brokers. */
  public synchronized void title(String broker) {
    line(Terminal.Shade.TITLE, "== " + broker);
  }

  @Override
  public synchronized void row(int number, int count, Row row) {
    broken();
    current = row.id();
    of = count;
    line(
        Terminal.Shade.TITLE,
        "[" + number + "/" + count + "] " + row.id() + " (" + row.ending() + ")");
    progress();
  }

  @Override
  public synchronized void client(Row row, String deed) {
    line(null, told("client", row, deed));
  }

  @Override
  public synchronized void received(Row row, String name, String message) {
    line(Terminal.Shade.WILL, told(name, row, message));
  }

  @Override
  public synchronized void waiting(Row row, String what) {
    waiting.add(row.id());
    line(Terminal.Shade.FAINT, told("waits", row, what));
    progress();
  }

  @Override
  public synchronized void judged(RowResult result) {
    judged++;
    waiting.remove(result.row().id());
    Verdict verdict = result.verdict();
    String text = told(RowText.verdict(result), result.row(), RowText.seen(result));
    String shown = Columns.cut(TerminalEscapes.escaped(text), width);
    // The word alone has the colour.
    int end = Math.min(shown.length(), 2 + RowText.verdict(result).length());
    lines.println(
        shown.substring(0, 2)
            + DrillResultPrinter.painted(verdict, shown.substring(2, end), terminal)
            + shown.substring(end));
    progress();
  }

  @Override
  public synchronized void again(Row row, Duration standstill) {
    judged--;
    String why = "midge stood still for " + Timing.seconds(standstill) + ", again";
    line(Terminal.Shade.FAINT, told("judge", row, why));
  }

  /** Prints a line of the embedded broker, if it tells of a connection, a will or a message. */
  public synchronized void broker(BrokerEvent event) {
    // A time-out ends a row that waits on the side, whatever the present one has to tell.
    boolean always = event.text().contains("exceeded timeout");
    if (always || tells(event) && ++brokerLines <= MOST_BROKER_LINES) {
      String text = ADDRESS.matcher(ShortClientIds.in(event.text())).replaceAll("");
      text = FOLDED.matcher(text.strip()).replaceAll(" "); // The will's topic comes indented.
      String shown = Columns.cut("  broker   " + TerminalEscapes.escaped(text), width);
      lines.println(BrokerLog.painted(event.kind(), shown, terminal));
    }
  }

  /** Takes the line of progress away: the end. */
  public synchronized void end() {
    broken();
    lines.show("");
  }

  /** Tells of the lines that were left out. */
  private void broken() {
    if (brokerLines > MOST_BROKER_LINES) {
      int more = brokerLines - MOST_BROKER_LINES;
      line(Terminal.Shade.FAINT, "  broker   (" + more + " more lines)");
    }
    brokerLines = 0;
  }

  private static boolean tells(BrokerEvent event) {
    String text = event.text();
    return switch (event.kind()) {
      case CONNECTED -> !text.startsWith("New connection"); // The client's name comes next.
      case GOODBYE, ABRUPT_END, FAULT -> true;
      case WILL -> !text.startsWith("No will");
      case PACKET_IN -> text.startsWith("Received DISCONNECT");
      case PACKET_OUT -> text.startsWith("Sending PUBLISH");
      case BROKER, OTHER -> false;
    };
  }

  private String told(String who, Row row, String what) {
    String gap = " ".repeat(Math.max(1, 9 - who.length()));
    String about = row.id().equals(current) ? "" : row.id() + ": ";
    return "  " + who + gap + about + ShortClientIds.in(what);
  }

  private void progress() {
    String what =
        judged == of
            ? "tidying up"
            : waiting.isEmpty() ? "playing: " + current : "waiting: " + String.join(", ", waiting);
    String count = " (" + judged + " of " + of + " judged)";
    // The list may be long; the count stays.
    lines.show(Columns.cut(what, Math.max(1, width - 1 - count.length())) + count);
  }

  private void line(Terminal.@Nullable Shade shade, String text) {
    String shown = Columns.cut(TerminalEscapes.escaped(text), width);
    lines.println(shade == null ? shown : terminal.paint(shade, shown));
  }
}
