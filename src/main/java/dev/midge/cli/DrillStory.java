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
    line("  client   " + deed);
  }

  @Override
  public void watcher(String name, String sight) {
    String text = "  " + name + " ".repeat(Math.max(1, 9 - name.length())) + sight;
    line(terminal.paint(Terminal.Shade.WILL, text));
  }

  @Override
  public void outcome(Outcome outcome) {
    line("  " + DrillTable.verdict(outcome.verdict(), terminal) + "       " + outcome.seen());
  }

  /** A line of the embedded broker; of the packets only those that tell the story. */
  void broker(BrokerEvent event) {
    boolean packet =
        event.kind() == BrokerEvent.Kind.PACKET_IN || event.kind() == BrokerEvent.Kind.PACKET_OUT;
    boolean tells =
        packet
            ? event.text().startsWith("Sending PUBLISH")
                || event.text().startsWith("Received DISCONNECT")
            : event.kind() != BrokerEvent.Kind.OTHER
                && event.level() != BrokerEvent.Level.SUBSCRIBE;
    if (tells) {
      String text = "  broker   " + event.text();
      line(BrokerLog.painted(event.kind(), text, terminal));
    }
  }

  private synchronized void line(String text) {
    err.println(text);
  }
}
