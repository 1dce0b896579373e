package dev.midge.cli;

import dev.midge.broker.BrokerEvent;
import java.io.PrintStream;

/**
 * The broker's terminal: its log lines, with the time before them, coloured where a person reads.
 */
final class BrokerLog {
  private final PrintStream err;
  private final Terminal terminal;

  BrokerLog(PrintStream err, Terminal terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  void event(BrokerEvent event) {
    err.println(painted(event.kind(), event.at().getEpochSecond() + ": " + event.text(), terminal));
  }

  /** An abrupt end and a will stand out. */
  static String painted(BrokerEvent.Kind kind, String line, Terminal terminal) {
    return switch (kind) {
      case ABRUPT_END -> terminal.paint(Terminal.Shade.BAD, line);
      case WILL -> terminal.paint(Terminal.Shade.WILL, line);
      case CONNECTED -> terminal.paint(Terminal.Shade.GOOD, line);
      case GOODBYE -> terminal.paint(Terminal.Shade.CALM, line);
      case PACKET_IN -> terminal.paint(Terminal.Shade.IN, line);
      case PACKET_OUT -> terminal.paint(Terminal.Shade.OUT, line);
      case BROKER, OTHER -> line;
    };
  }
}
