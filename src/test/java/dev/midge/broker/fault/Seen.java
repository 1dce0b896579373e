package dev.midge.broker.fault;

import dev.midge.broker.fault.Observer.End;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client sees of a fault.
 *
 * @param packets in hexadecimal digits
 * @param answers true if the broker goes on to answer
 */
record Seen(List<String> packets, End end, WillComes will, boolean answers) {

  /** The time at which the client's will is published. */
  enum WillComes {
    /** At once: the broker has ended the connection. */
    NOW,
    /** When the client closes its socket. */
    LATER,
    /** Never: there was no session, or an orderly end. */
    NEVER
  }

  static Seen closed(List<String> packets, End end, WillComes will) {
    return new Seen(packets, end, will, false);
  }

  /** Returns a connection that is open, and answers nothing. */
  static Seen silent(List<String> packets, WillComes will) {
    return new Seen(packets, End.OPEN, will, false);
  }

  /** Returns a connection that goes on. */
  static Seen alive(List<String> packets) {
    return new Seen(packets, End.OPEN, WillComes.LATER, true);
  }

  Seen packets(List<String> other) {
    return new Seen(other, end, will, answers);
  }

  Seen will(WillComes other) {
    return new Seen(packets, end, other, answers);
  }

  static List<String> and(List<String> packets, String... more) {
    List<String> all = new ArrayList<>(packets);
    all.addAll(List.of(more));
    return all;
  }
}
