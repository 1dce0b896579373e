package dev.midge.lwt;

/**
 * Told of everything that happens while the drill runs. Called from several threads, for rows wait
 * side by side.
 */
public interface DrillListener {
  /** Listens to nothing. */
  DrillListener NONE = new DrillListener() {};

  /**
   * A row begins.
   *
   * @param number counted from 1
   * @param of the number of rows
   */
  default void row(int number, int of, Row row) {}

  /** A client of the row does something. */
  default void client(Row row, String deed) {}

  /**
   * A subscriber of the row receives a message.
   *
   * @param name {@code watcher}, or {@code late} for one who subscribes late
   */
  default void received(Row row, String name, String message) {}

  /**
   * The row has done its part and waits, while the next ones go on.
   *
   * @param what is waited for
   */
  default void waiting(Row row, String what) {}

  /** The row is judged. */
  default void judged(RowResult result) {}
}
