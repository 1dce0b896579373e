package dev.midge.lwt.row;

import java.time.Duration;

/**
 * Receives the events of a drill. Called from several threads, since rows wait at the same time.
 */
public interface DrillListener {
  /** Ignores all events. */
  DrillListener NONE = new DrillListener() {};

  /**
   * A row begins.
   *
   * @param number counted from 1
   * @param of the number of rows
   */
  default void row(int number, int of, Row row) {}

  /** A client of the row has done something. */
  default void client(Row row, String action) {}

  /**
   * A subscriber of the row has received a message.
   *
   * @param name {@code watcher}, or {@code late} for one that has subscribed late
   */
  default void received(Row row, String name, String message) {}

  /**
   * The row has done its part and waits, while the next ones begin.
   *
   * @param what the event that it waits for
   */
  default void waiting(Row row, String what) {}

  /** The row is judged. */
  default void judged(RowResult result) {}

  /**
   * The row is played again, since this process stood still while it was played: its verdict says
   * nothing.
   */
  default void again(Row row, Duration standstill) {}

  /** Returns a listener that passes the events of one row on to this one. */
  default RowListener forRow(Row row) {
    DrillListener drill = this;
    return new RowListener() {
      @Override
      public void client(String action) {
        drill.client(row, action);
      }

      @Override
      public void received(String subscriber, String message) {
        drill.received(row, subscriber, message);
      }

      @Override
      public void waiting(String what) {
        drill.waiting(row, what);
      }
    };
  }
}
