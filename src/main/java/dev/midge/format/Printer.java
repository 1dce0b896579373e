package dev.midge.format;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReceivedMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a received message into output bytes: the one way by which {@code sub} and {@code rr}
 * print. Used by one thread at a time, the one on which messages arrive.
 *
 * <p>Without a format nothing of {@link Format} is loaded, nor of java.time: most runs need
 * neither.
 */
public final class Printer {
  /** The number of bytes in front of a frame. */
  private static final int LENGTH = 4;

  /**
   * The form of messages for programs.
   *
   * @param format the template of {@code -F}, null for none; it wins over verbose
   * @param verbose the topic in front of the payload
   * @param noNewline no line end after a message
   * @param pretty indented JSON, where the format asks for JSON
   */
  public record Style(@Nullable String format, boolean verbose, boolean noNewline, boolean pretty) {

    /** Shows the payload and a line end. */
    public static final Style PLAIN = new Style(null, false, false, false);
  }

  /** The bytes around what is printed of a message. */
  public enum End {
    /** Behind each message stands LF. */
    LINE,
    /** Behind each message stands a NUL byte. */
    NUL,
    /** In front of each message stands its length, in four bytes, the highest first. */
    FRAME,
    /** Messages follow one another without anything between them. */
    NONE
  }

  private final @Nullable Segment body;
  private final @Nullable TerminalForm shown;
  private final boolean verbose;
  private final End end;
  private final ByteBuilder bytes = new ByteBuilder();

  /**
   * The form of messages for a person.
   *
   * @param time the time of day in front
   * @param pretty payloads that are JSON objects or arrays are indented
   * @param oneLine nothing takes more than a line
   */
  public record Look(boolean time, boolean pretty, boolean oneLine) {}

  /**
   * @param body null for payload and topic alone
   * @param shown null to print these as they are
   */
  private Printer(Style style, @Nullable Segment body, @Nullable TerminalForm shown) {
    this(body, shown, style.verbose, style.noNewline ? End.NONE : End.LINE);
  }

  private Printer(@Nullable Segment body, @Nullable TerminalForm shown, boolean verbose, End end) {
    this.body = body;
    this.shown = shown;
    this.verbose = verbose;
    this.end = end;
  }

  /**
   * Returns the same printer with other bytes around each message. With NUL bytes and frames, which
   * programs read, an empty payload is one too: nothing stands for it.
   */
  public Printer ending(End other) {
    return new Printer(body, shown, verbose, other);
  }

  /**
   * Compiles the style; compiling is the check.
   *
   * @param clock tells time and zone when a message is printed; null for none, where no message is
   *     printed or no format asks
   * @param complain takes the lines for stderr, without line end
   * @throws FormatException for a template that is none
   */
  public static Printer of(Style style, @Nullable Clock clock, Consumer<String> complain)
      throws FormatException {
    return new Printer(
        style,
        style.format == null
            ? null
            : Format.parse(style.format, style.pretty, clock, complain, segment -> segment),
        null);
  }

  /**
   * Does the same for a terminal: what the style itself says reaches it as it is, and nothing that
   * a message brings can command it.
   *
   * @param oneLine nothing that a message brings ends a line
   */
  public static Printer shown(
      Style style,
      Palette palette,
      boolean oneLine,
      @Nullable Clock clock,
      Consumer<String> complain)
      throws FormatException {
    TerminalForm shown = new TerminalForm(palette, style.pretty, oneLine);
    return new Printer(
        style,
        style.format == null
            ? null
            : Format.parse(style.format, style.pretty, clock, complain, shown::safely),
        shown);
  }

  /**
   * Returns one for a person at a terminal.
   *
   * @param clock null for none, where no time is shown
   */
  public static Printer screen(Palette palette, Look look, @Nullable Clock clock) {
    return new Printer(
        Style.PLAIN,
        new PersonForm(palette, look.time ? clock : null, look.pretty, look.oneLine),
        null);
  }

  /**
   * Returns one that prints a JSON object for each message.
   *
   * @param pretty indented, on several lines
   */
  public static Printer json(Clock clock, boolean pretty) {
    return new Printer(Style.PLAIN, new JsonLine(clock, pretty), null);
  }

  /** Writes one message, all its bytes at once. */
  public void print(ReceivedMessage received, OutputStream out) throws IOException {
    bytes.cutTo(0);
    bytes.fill(0, end == End.FRAME ? LENGTH : 0);
    if (body != null) {
      body.write(received, bytes);
    } else if (!writePlainly(received.message())) {
      return;
    }
    switch (end) {
      case LINE -> bytes.put('\n');
      case NUL -> bytes.put(0);
      case FRAME -> bytes.setLength(bytes.length() - LENGTH);
      case NONE -> {}
    }
    bytes.flushTo(out);
  }

  /** Returns false for a message of which nothing at all is printed. */
  private boolean writePlainly(Message message) {
    byte[] payload = message.payload();
    boolean empty = payload.length == 0;
    boolean divided = end == End.NUL || end == End.FRAME;
    if (empty && !divided && (end == End.NONE || !verbose)) {
      return false; // with -v -N too: scripts rely on it
    }
    if (verbose) {
      if (shown == null) {
        bytes.put(message.topic());
      } else {
        shown.topic(message.topic(), bytes);
      }
      bytes.put(' ');
    }
    if (empty) {
      bytes.put(divided ? "" : "(null)");
    } else if (shown != null) {
      shown.payload(payload, bytes);
    } else {
      bytes.put(payload);
    }
    return true;
  }
}
