package dev.midge.cli.console;

import dev.midge.client.job.MessageSink;
import dev.midge.format.Printer;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The screen of {@code sub -w}: each topic has a line of its own, in the order in which they came
 * first, as mosquitto draws it. Used by the thread on which messages arrive. A person gets {@link
 * FittedTopicScreen}.
 */
public final class TopicScreen implements MessageSink {
  private final Printer printer;
  private final BooleanSupplier drawn;
  private final OutputStream out;
  private final Map<String, Integer> lines = new HashMap<>();

  private TopicScreen(Printer printer, BooleanSupplier drawn, OutputStream out) {
    this.printer = printer;
    this.drawn = drawn;
    this.out = out;
  }

  /**
   * Clears the screen, names the broker and returns the sink for messages.
   *
   * @param drawn whether the next message is to be printed
   */
  public static TopicScreen start(
      Printer printer, BooleanSupplier drawn, OutputStream out, String host) {
    TopicScreen watch = new TopicScreen(printer, drawn, out);
    try {
      watch.write(ascii("\033[2J\033[1;1HBroker: " + host + "\n"));
    } catch (IOException e) {
      // StandardOutput has told, which ends the job.
    }
    return watch;
  }

  @Override
  public void accept(ReceivedMessage received) throws IOException {
    // The first line is the broker's.
    Integer line = lines.get(received.message().topic());
    if (line == null) {
      line = lines.size() + 2;
      lines.put(received.message().topic(), line);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ascii("\033[" + line + ";1H"));
    if (drawn.getAsBoolean()) {
      printer.print(received, bytes);
    }
    bytes.writeBytes(ascii("\033[" + (lines.size() + 1) + ";1H\n"));
    // One write, so that a screen line is never seen half.
    write(bytes.toByteArray());
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
