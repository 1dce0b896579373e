package dev.midge.cli.console;

import dev.midge.broker.BrokerEvent;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.regex.Pattern;

/**
 * The broker's terminal: its log lines, with the time before them, coloured where a person reads.
 * Scripts read mosquitto's form: seconds since 1970, and client identifiers in full.
 */
public final class BrokerLog {

  /** The readers of the lines. */
  public enum Reader {
    SCRIPT,
    PERSON
  }

  private final PrintStream err;
  private final Terminal terminal;
  private final Reader reader;

  /** Makes a log that prints on standard error. */
  public BrokerLog(PrintStream err, Terminal terminal, Reader reader) {
    this.err = err;
    this.terminal = terminal;
    this.reader = reader;
  }

  /** Prints the line of an event. */
  public void event(BrokerEvent event) {
    String line =
        reader == Reader.PERSON
            ? ForPersons.clock(event.at()) + ' ' + ForPersons.shortened(event.text())
            : event.at().getEpochSecond() + ": " + event.text();
    err.println(painted(event.kind(), line, terminal));
  }

  /** Prints the line of an event in full, with that time before it. */
  public void event(BrokerEvent event, String time) {
    err.println(painted(event.kind(), time + event.text(), terminal));
  }

  /** Returns the line in the colour of its kind: an abrupt end and a will stand out. */
  public static String painted(BrokerEvent.Kind kind, String line, Terminal terminal) {
    return switch (kind) {
      case ABRUPT_END, FAULT -> terminal.paint(Terminal.Shade.BAD, line);
      case WILL -> terminal.paint(Terminal.Shade.WILL, line);
      case CONNECTED -> terminal.paint(Terminal.Shade.GOOD, line);
      case GOODBYE -> terminal.paint(Terminal.Shade.CALM, line);
      case PACKET_IN -> terminal.paint(Terminal.Shade.IN, line);
      case PACKET_OUT -> terminal.paint(Terminal.Shade.OUT, line);
      case BROKER, OTHER -> line;
    };
  }

  /** Loaded only where a person reads. */
  private static final class ForPersons {
    /** A client identifier that the broker has made up: {@code auto-} and a UUID. */
    private static final Pattern MADE_UP =
        Pattern.compile("\\b(auto-[0-9a-f]{4})[0-9a-f]{4}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");

    static String clock(Instant at) {
      LocalTime time = LocalTime.ofInstant(at, ZoneId.systemDefault());
      return twoDigits(time.getHour())
          + ':'
          + twoDigits(time.getMinute())
          + ':'
          + twoDigits(time.getSecond());
    }

    private static String twoDigits(int number) {
      return number < 10 ? "0" + number : Integer.toString(number);
    }

    static String shortened(String text) {
      return text.contains("auto-") ? MADE_UP.matcher(text).replaceAll("$1…") : text;
    }
  }
}
