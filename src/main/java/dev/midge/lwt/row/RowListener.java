package dev.midge.lwt.row;

/** Receives the events of one row, on several threads. */
public interface RowListener {
  /** A client of the row has done something. */
  void client(String action);

  /**
   * A subscriber of the row has received a message.
   *
   * @param subscriber {@code watcher}, or {@code late} for one that has subscribed late
   * @param message its topic and its description
   */
  void received(String subscriber, String message);

  /**
   * The row has done its part and waits, while the next ones begin.
   *
   * @param what the event that it waits for
   */
  void waiting(String what);
}
