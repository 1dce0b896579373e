package dev.midge.broker.transport;

import java.util.ArrayDeque;

/**
 * Holds back the packets of one connection until the changes of the turns that they were sent in
 * are safe: what a client has seen, the broker does not forget. Broker thread only.
 */
final class CommitGate {
  private record Mark(long number, long bytes) {}

  private final Persistence persistence;
  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private long free; // bytes, since the beginning of the connection

  CommitGate(Persistence persistence) {
    this.persistence = persistence;
  }

  /**
   * Takes note of the bytes that were added up to the end of a turn, and has their changes handed
   * on: some come about while others are flushed, when a fault has held packets back.
   */
  void turnEnded(long added) {
    persistence.commit();
    long number = persistence.handedOn();
    if (number <= persistence.safe()) {
      marks.clear();
      free = added;
      return;
    }
    if (!marks.isEmpty() && marks.getLast().number == number) {
      marks.removeLast();
    }
    marks.addLast(new Mark(number, added));
  }

  /**
   * Returns how many bytes may be written now.
   *
   * @param written bytes that were written so far
   */
  long allowance(long written) {
    if (!persistence.hasUnsafe()) {
      return Long.MAX_VALUE;
    }
    long safe = persistence.safe();
    while (!marks.isEmpty() && marks.getFirst().number <= safe) {
      free = Math.max(free, marks.removeFirst().bytes);
    }
    return free - written;
  }
}
