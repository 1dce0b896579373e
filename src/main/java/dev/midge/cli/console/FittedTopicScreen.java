package dev.midge.cli.console;

import dev.midge.client.job.MessageSink;
import dev.midge.format.Printer;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The screen of {@code sub -w} where a person looks: each topic has a line of its own, in the order
 * in which they came first, and no line is longer than the screen is wide. Of more topics than
 * there are lines the newest are shown, each in the place of the one that was silent longest, and
 * the others are counted. Used by the thread on which messages arrive and the one that is told of a
 * new size, or that the process goes on after a stop.
 */
public final class FittedTopicScreen implements MessageSink {
  private static final String NO_WRAP = "\033[?7l";
  private static final String WRAP = "\033[?7h";

  /** The echo of Ctrl-C goes too. */
  private static final String AS_BEFORE = "\033[0m\r\033[K";

  private static final String CLEAR = "\033[2J";
  private static final String WIPE = "\033[2K";

  /** More than any screen has; the rest of a message is not kept. */
  private static final int MOST_COLUMNS = 1000;

  /** The line of the broker, and that of the cursor. */
  private static final int OTHER_LINES = 2;

  private final Printer printer;
  private final BooleanSupplier drawn;
  private final OutputStream out;
  private final String title;
  private final Supplier<ScreenSize> size;
  private final Map<String, Topic> topics = new HashMap<>();
  private final List<Topic> shown = new ArrayList<>();
  private ScreenSize now = ScreenSize.USUAL;
  private long messages;
  private boolean ended;

  /** The last message of a topic. */
  private static final class Topic {
    final int number;
    String line = "";
    long message;

    Topic(int number) {
      this.number = number;
    }
  }

  /**
   * Makes a screen that is not drawn yet.
   *
   * @param drawn whether the next message is to be printed
   * @param host the broker, which is named in the first line
   * @param size asked at the start and by {@link #drawAnew()}
   */
  public FittedTopicScreen(
      Printer printer,
      BooleanSupplier drawn,
      OutputStream out,
      String host,
      Supplier<ScreenSize> size) {
    this.printer = printer;
    this.drawn = drawn;
    this.out = out;
    this.title = "Broker: " + host;
    this.size = size;
  }

  /** Draws the empty screen. */
  public FittedTopicScreen start() {
    drawAnew();
    return this;
  }

  /** Draws all of the screen, which may have another size, or what a shell has written on it. */
  public void drawAnew() {
    ScreenSize asked = size.get();
    synchronized (this) {
      if (ended) {
        return;
      }
      now = asked;
      choose();
      StringBuilder screen = new StringBuilder(CLEAR + "\033[1;1H");
      screen.append(ScreenLine.fit(title, now.columns()));
      for (int i = 0; i < shown.size(); i++) {
        line(i, screen);
      }
      foot(screen);
      try {
        write(screen.toString());
      } catch (IOException e) {
        // StandardOutput has told, which ends the job.
      }
    }
  }

  private int room() {
    return Math.max(1, now.lines() - OTHER_LINES);
  }

  /** Chooses the newest topics, in the order of their first messages. */
  private void choose() {
    shown.clear();
    shown.addAll(topics.values());
    if (shown.size() > room()) {
      shown.sort(Comparator.comparingLong((Topic topic) -> topic.message).reversed());
      shown.subList(room(), shown.size()).clear();
    }
    shown.sort(Comparator.comparingInt(topic -> topic.number));
  }

  @Override
  public synchronized void accept(ReceivedMessage received) throws IOException {
    if (ended || !drawn.getAsBoolean()) {
      return;
    }
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    printer.print(received, printed);
    Topic topic =
        topics.computeIfAbsent(received.message().topic(), name -> new Topic(topics.size()));
    topic.line = ScreenLine.fit(ScreenLine.of(printed.toByteArray()), MOST_COLUMNS);
    topic.message = ++messages;
    StringBuilder changes = new StringBuilder();
    line(place(topic), changes);
    foot(changes);
    // One write, so that a screen line is never seen half.
    write(changes.toString());
  }

  /** Returns the place where the topic is shown from now on. */
  private int place(Topic topic) {
    int place = shown.indexOf(topic);
    if (place >= 0) {
      return place;
    }
    if (shown.size() < room()) {
      shown.add(topic);
      return shown.size() - 1;
    }
    int oldest = 0;
    for (int i = 1; i < shown.size(); i++) {
      oldest = shown.get(i).message < shown.get(oldest).message ? i : oldest;
    }
    shown.set(oldest, topic);
    return oldest;
  }

  private void line(int place, StringBuilder to) {
    to.append("\033[").append(place + 2).append(";1H").append(WIPE);
    to.append(ScreenLine.fit(shown.get(place).line, now.columns()));
  }

  private void foot(StringBuilder to) {
    to.append("\033[").append(shown.size() + 2).append(";1H");
    int others = topics.size() - shown.size();
    if (others > 0) {
      to.append(WIPE).append(ScreenLine.fit(others + " more", now.columns()));
    }
  }

  /** Restores the terminal; no message is drawn any more. */
  public synchronized void end() {
    ended = true;
    try {
      write(AS_BEFORE);
    } catch (IOException e) {
      // Nobody looks any more.
    }
  }

  /** Writes with the wrap off, and on again: a signal may stop or end the process behind it. */
  private void write(String text) throws IOException {
    out.write((NO_WRAP + text + WRAP).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
