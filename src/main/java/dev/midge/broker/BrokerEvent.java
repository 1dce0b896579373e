package dev.midge.broker;

import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/** An event in the broker, as one line of its log. */
public final class BrokerEvent {
  private final Instant at;
  private final Level level;
  private final Kind kind;
  private final Supplier<String> text;
  private final int size;

  /**
   * @param kind for the colour on a terminal
   * @param text the line without time; may hold further lines that start with a tab; user data is
   *     escaped
   */
  public BrokerEvent(Instant at, Level level, Kind kind, String text) {
    this(at, level, kind, text.length(), () -> text);
  }

  /**
   * Makes an event whose line is built only for those who read it.
   *
   * @param size about how many characters the builder keeps in memory
   */
  BrokerEvent(Instant at, Level level, Kind kind, int size, Supplier<String> text) {
    this.at = at;
    this.level = level;
    this.kind = kind;
    this.size = size;
    this.text = text;
  }

  public Instant at() {
    return at;
  }

  public Level level() {
    return level;
  }

  /** Returns the kind, for the colour on a terminal. */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the line without time; it may hold further lines that start with a tab; user data is
   * escaped. For any thread.
   */
  public String text() {
    return text.get();
  }

  /** Returns about how many characters the event keeps in memory. */
  public int size() {
    return size;
  }

  @Override
  public String toString() {
    return at + " " + level + " " + kind + ": " + text();
  }

  public enum Level {
    ERROR,
    WARNING,
    NOTICE,
    INFORMATION,
    DEBUG,
    SUBSCRIBE,
    UNSUBSCRIBE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Returns the name in small letters, such as {@code notice}. */
    public String word() {
      return word;
    }
  }

  public enum Kind {
    /** Start, stop, listeners. */
    BROKER,
    CONNECTED,
    /** A connection ended by DISCONNECT. */
    GOODBYE,
    /** A connection ended in any other way. */
    ABRUPT_END,
    /** A will was accepted, delayed, published or discarded. */
    WILL,
    PACKET_IN,
    PACKET_OUT,
    /** A fault happened. */
    FAULT,
    OTHER
  }
}
