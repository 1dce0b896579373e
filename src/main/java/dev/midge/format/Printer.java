package dev.midge.format;

import dev.midge.mqtt.Received;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * Turns a received message into output bytes: the one way by which {@code sub} and {@code rr}
 * print.
 */
public final class Printer {

  /** How messages look. */
  public static final class Style {
    /** The template of {@code -F}; null for none. It wins over verbose. */
    public String format;

    public boolean verbose;
    public boolean noNewline;
    public boolean pretty;
  }

  /**
   * Compiles the style; compiling is the check.
   *
   * @param complain takes the lines for stderr, without line end
   * @throws FormatException for a template that is none
   */
  public static Printer of(Style style, Clock clock, Consumer<String> complain)
      throws FormatException {
    throw new UnsupportedOperationException();
  }

  /** Writes one message, all its bytes at once, and flushes. */
  public void print(Received message, OutputStream out) throws IOException {
    throw new UnsupportedOperationException();
  }
}
