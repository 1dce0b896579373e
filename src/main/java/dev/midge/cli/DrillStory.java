package dev.midge.cli;

import dev.midge.broker.BrokerEvent;
import dev.midge.lwt.Outcome;
import dev.midge.lwt.Story;
import java.io.PrintStream;

/** Tells the drill on the terminal while it runs: who does what, in columns. */
final class DrillStory implements Story {
  private final PrintStream err;
  private final Terminal terminal;

  DrillStory(PrintStream err, Terminal terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public void row(int number, int of, String ending) {
    String title = "[" + number + "/" + of + "] " + ending;
    line(terminal.paint(Terminal.Shade.TITLE, title));
  }

  @Override
  public void client(String deed) {
    line("  client   " + shown(deed));
  }

  @Override
  public void watcher(String name, String sight) {
    String text = "  " + name + " ".repeat(Math.max(1, 9 - name.length())) + shown(sight);
    line(terminal.paint(Terminal.Shade.WILL, text));
  }

  @Override
  public void outcome(Outcome outcome) {
    line(
        "  " + DrillTable.verdict(outcome.verdict(), terminal) + "       " + shown(outcome.seen()));
  }

  /** A line of the embedded broker, if it tells of a connection, a will or a message. */
  void broker(BrokerEvent event) {
    if (tells(event)) {
      line(BrokerLog.painted(event.kind(), "  broker   " + event.text(), terminal));
    }
  }

  private static boolean tells(BrokerEvent event) {
    String text = event.text();
    return switch (event.kind()) {
      case CONNECTED, GOODBYE, ABRUPT_END -> true;
      case WILL -> !text.startsWith("No will");
      case PACKET_IN -> text.startsWith("Received DISCONNECT");
      case PACKET_OUT -> text.startsWith("Sending PUBLISH") && text.contains("sensor/status");
      case BROKER, OTHER -> false;
    };
  }

  /** What a broker has sent. */
  private static String shown(String text) {
    return Manners.MIDGE.shown(text);
  }

  private synchronized void line(String text) {
    err.println(text);
  }
}
