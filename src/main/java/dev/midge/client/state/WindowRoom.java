package dev.midge.client.state;

import dev.midge.mqtt.Message;

/**
 * Knows how many messages an {@link InflightWindow} holds room for: those that the broker takes at
 * a time and, if they are small, some more, which the thread that reads can send at once when an
 * acknowledgement comes. Guarded by the window.
 */
final class WindowRoom {

  /** Far below the number of identifiers, so that none is soon used again. */
  private static final int MAX_SIZE = 10_000;

  /**
   * So little that the system takes a write of it without waiting, once the messages before are
   * acknowledged: the thread that reads must not be held up.
   */
  private static final int SMALL_BYTES = 16 * 1024;

  /** A message takes about so many bytes beside its topic and its payload. */
  private static final int OVERHEAD_BYTES = 32;

  private int limit;
  private int sent;
  private volatile boolean taken; // To ask without the lock.
  private boolean ahead;
  private volatile int bytes; // Volatile to be asked without the lock.

  /**
   * A connection begins.
   *
   * @param size the number of messages that the broker takes at a time
   * @param moreAhead whether small messages may be held ready beyond that
   */
  void begin(int size, boolean moreAhead) {
    limit = Math.min(size, MAX_SIZE);
    sent = 0;
    taken = false;
    ahead = moreAhead;
  }

  /** The connection is over: whoever adds must not read its input far ahead of the next one. */
  void end() {
    ahead = false;
  }

  /** Returns whether all that is not delivered yet can be written without waiting. Any thread. */
  boolean isSmall() {
    return bytes <= SMALL_BYTES;
  }

  /** Returns whether the broker takes no more before it has answered. Any thread. */
  boolean isTaken() {
    return taken;
  }

  /** One more is sent. */
  void taken() {
    taken = ++sent >= limit;
  }

  /** One that was sent is delivered. */
  void left() {
    taken = --sent >= limit;
  }

  /** Returns whether there is room for that message beside so many. */
  boolean isFor(Message message, int held) {
    return held < limit || ahead && held < MAX_SIZE && bytes + size(message) <= SMALL_BYTES;
  }

  /** Returns whether so many are few enough for whoever waits to go on. */
  boolean isWorthWaking(int held) {
    return held <= limit / 2 || ahead && bytes < SMALL_BYTES / 2;
  }

  void added(Message message) {
    bytes += size(message);
  }

  void removed(Message message) {
    bytes -= size(message);
  }

  private static int size(Message message) {
    return message.payload().length + message.topic().length() + OVERHEAD_BYTES;
  }
}
