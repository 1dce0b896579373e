package dev.midge.cli.view;

import dev.midge.cli.console.Terminal;
import dev.midge.client.job.MessageSink;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.text.TerminalEscapes;
import dev.midge.view.ViewException;
import dev.midge.view.json.Change;
import dev.midge.view.json.Difference;
import dev.midge.view.json.JsonDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Prints what has changed in the JSON of a topic since its last message, one line a change with the
 * topic in front: {@code +} added, {@code -} removed, {@code ~} changed. The first message of a
 * topic, and one that is no JSON, is printed whole; a message that changes nothing is not printed.
 */
final class DiffSink implements MessageSink {
  private static final int MOST_TOPICS = 100_000;
  private static final long MOST_BYTES = 64L << 20;

  private final OutputStream out;
  private final Terminal terminal;
  private final boolean person;
  private final LastPayloads last = new LastPayloads(MOST_TOPICS, MOST_BYTES);

  /**
   * Makes one.
   *
   * @param person whether nothing may pass that a terminal obeys
   */
  DiffSink(OutputStream out, Terminal terminal, boolean person) {
    this.out = out;
    this.terminal = terminal;
    this.person = person;
  }

  @Override
  public void accept(ReceivedMessage received) throws IOException {
    Message message = received.message();
    byte[] before = last.put(message.topic(), message.payload());
    if (before == null) {
      whole(message);
    } else if (!Arrays.equals(before, message.payload())) {
      changes(message, before);
    }
  }

  private void changes(Message message, byte[] before) throws IOException {
    @Nullable Object old;
    @Nullable Object now;
    try {
      old = JsonDocument.read(before);
      now = JsonDocument.read(message.payload());
    } catch (ViewException e) {
      whole(message);
      return;
    }
    String topic = topic(message);
    StringBuilder lines = new StringBuilder();
    for (Change change : Difference.between(old, now)) {
      lines.append(topic).append(' ').append(line(change)).append('\n');
    }
    out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private String line(Change change) {
    String path = person ? TerminalEscapes.escaped(change.path()) : oneLine(change.path());
    String place = path.isEmpty() ? "" : " " + path + ":";
    return switch (change.kind()) {
      case ADDED -> terminal.paint(Terminal.Shade.GOOD, "+" + place + " " + json(change.after()));
      case REMOVED -> terminal.paint(Terminal.Shade.BAD, "-" + place + " " + json(change.before()));
      case CHANGED ->
          terminal.paint(Terminal.Shade.CAUTION, "~")
              + place
              + " "
              + json(change.before())
              + " → "
              + terminal.paint(Terminal.Shade.CAUTION, json(change.after()));
    };
  }

  /** A name may have a line end, which would forge a line. */
  private static String oneLine(String path) {
    return path.replace("\n", "\\n").replace("\r", "\\r");
  }

  private String json(@Nullable Object value) {
    return JsonDocument.text(value, person);
  }

  private String topic(Message message) {
    return person
        ? terminal.paint(Terminal.Shade.CALM, TerminalEscapes.escaped(message.topic()))
        : message.topic();
  }

  private void whole(Message message) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes((topic(message) + " ").getBytes(StandardCharsets.UTF_8));
    line.writeBytes(shown(message.payload()));
    line.write('\n');
    line.writeTo(out);
  }

  private byte[] shown(byte[] payload) {
    if (payload.length == 0) {
      return "(null)".getBytes(StandardCharsets.UTF_8);
    }
    byte[] shown;
    try {
      shown = JsonDocument.compact(payload);
    } catch (ViewException e) {
      shown = payload;
    }
    return person
        ? TerminalEscapes.escaped(new String(shown, StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8)
        : shown;
  }

  @Override
  public void rest() throws IOException {
    out.flush();
  }
}
