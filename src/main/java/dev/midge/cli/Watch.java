package dev.midge.cli;

import dev.midge.client.MessageSink;
import dev.midge.format.Printer;
import dev.midge.mqtt.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The screen of {@code sub -w}: each topic has a line of its own, in the order in which they came
 * first. Used by the thread on which messages arrive. Where a person looks, long lines are cut at
 * the edge of the screen, old text is wiped, and the screen is left in order.
 */
final class Watch implements MessageSink {
  private static final String NO_WRAP = "\033[?7l";

  /** What the terminal shows of Ctrl-C goes too. */
  private static final String AS_BEFORE = "\033[0m\r\033[K\033[?7h";

  private static final String WIPE = "\033[2K";

  private final Printer printer;
  private final BooleanSupplier drawn;
  private final OutputStream out;
  private final boolean careful;
  private final Map<String, Integer> lines = new HashMap<>();
  private boolean ended;

  private Watch(Printer printer, BooleanSupplier drawn, OutputStream out, boolean careful) {
    this.printer = printer;
    this.drawn = drawn;
    this.out = out;
    this.careful = careful;
  }

  /**
   * Clears the screen and names the broker.
   *
   * @param drawn whether the next message is to be printed
   * @param careful whether a person looks
   */
  static Watch start(
      Printer printer, BooleanSupplier drawn, OutputStream out, String host, boolean careful) {
    Watch watch = new Watch(printer, drawn, out, careful);
    try {
      watch.write(ascii((careful ? NO_WRAP : "") + "\033[2J\033[1;1HBroker: " + host + "\n"));
    } catch (IOException e) {
      // Nobody reads any more; the first message tells the subscriber so.
    }
    return watch;
  }

  @Override
  public synchronized void accept(Received received) throws IOException {
    if (ended) {
      return;
    }
    // The first line is the broker's.
    Integer line = lines.get(received.message().topic());
    if (line == null) {
      line = lines.size() + 2;
      lines.put(received.message().topic(), line);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ascii("\033[" + line + ";1H"));
    if (drawn.getAsBoolean()) {
      bytes.writeBytes(ascii(careful ? WIPE : ""));
      printer.print(received, bytes);
    }
    bytes.writeBytes(ascii("\033[" + (lines.size() + 1) + ";1H\n"));
    // One write, so that a screen line is never seen half.
    write(bytes.toByteArray());
  }

  /** Gives the screen back. */
  synchronized void end() {
    ended = true;
    try {
      write(ascii(careful ? AS_BEFORE : ""));
    } catch (IOException e) {
      // Nobody looks any more.
    }
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
