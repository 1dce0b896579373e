package dev.midge.cli.exec;

import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts how commands ended. For several threads. */
final class Tally {
  private final @Nullable Duration limit;
  private final Map<Integer, Integer> ended = new TreeMap<>();
  private int all;
  private int failed;
  private int timedOut;
  private int tooLong;
  private int notStarted;
  private int stopped;

  /**
   * @param limit the time that a command may take; null for none
   */
  Tally(@Nullable Duration limit) {
    this.limit = limit;
  }

  synchronized void add(CommandEnd end) {
    all++;
    failed += end.isFailure() ? 1 : 0;
    switch (end.kind()) {
      case ENDED -> ended.merge(end.status(), 1, Integer::sum);
      case TIMED_OUT -> timedOut++;
      case TOO_LONG -> tooLong++;
      case NOT_STARTED -> notStarted++;
      case STOPPED -> stopped++;
    }
  }

  synchronized boolean anyFailed() {
    return failed > 0;
  }

  /** Returns a sentence; null where no command was run. */
  synchronized @Nullable String text() {
    if (all == 0) {
      return null;
    }
    StringJoiner parts =
        new StringJoiner(", ", all == 1 ? "1 command: " : all + " commands: ", ".");
    String verb = " ended with ";
    for (Map.Entry<Integer, Integer> entry : ended.entrySet()) {
      parts.add(entry.getValue() + verb + entry.getKey());
      verb = " with ";
    }
    if (timedOut > 0) {
      parts.add(timedOut + " took longer than " + limitText());
    }
    if (tooLong > 0) {
      parts.add(tooLong + " wrote more than 16 MiB");
    }
    if (notStarted > 0) {
      parts.add(notStarted + " could not be started");
    }
    if (stopped > 0) {
      parts.add(stopped + (stopped == 1 ? " was stopped" : " were stopped"));
    }
    return parts.toString();
  }

  private String limitText() {
    if (limit == null) {
      return "allowed";
    }
    long millis = limit.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
