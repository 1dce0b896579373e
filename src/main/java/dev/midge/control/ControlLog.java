package dev.midge.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last lines of a log and hands new ones to followers. Who writes a line is never kept
 * waiting by those who read. For any thread.
 */
public final class ControlLog {
  private static final int MOST_LINES = 500;
  private static final int MOST_CHARACTERS = 256 * 1024;

  /** Lines that wait for a follower who does not read. */
  private static final int MOST_WAITING = 1000;

  private final Deque<LogLine> lines = new ArrayDeque<>();
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private int characters;

  /** Adds a line; the oldest ones make room. */
  public synchronized void add(LogLine line) {
    lines.addLast(line);
    characters += line.size();
    while (lines.size() > MOST_LINES || characters > MOST_CHARACTERS && lines.size() > 1) {
      characters -= lines.removeFirst().size();
    }
    for (Follower follower : followers) {
      follower.offer(line);
    }
  }

  /** Returns the lines that are kept. */
  public synchronized List<LogLine> lines() {
    return new ArrayList<>(lines);
  }

  /** Begins to follow: with the lines that are kept, then those that come, without a gap. */
  public synchronized Follower follow() {
    Follower follower = new Follower(lines());
    followers.add(follower);
    return follower;
  }

  /** One who reads along. */
  public final class Follower implements AutoCloseable {
    private final List<LogLine> before;
    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
    private long lost;

    private Follower(List<LogLine> before) {
      this.before = before;
    }

    /** Returns the lines from before it followed. */
    public List<LogLine> before() {
      return before;
    }

    // Called by one thread at a time: add() holds the lock.
    private void offer(LogLine line) {
      if (waiting.size() >= MOST_WAITING) {
        lost++;
      } else {
        waiting.add(new Entry(line, lost));
        lost = 0;
      }
    }

    /** Waits for the next line; null when this was closed. */
    public @Nullable Entry next() throws InterruptedException {
      Entry entry = waiting.take();
      return entry.line == null ? null : entry;
    }

    @Override
    public void close() {
      followers.remove(this);
      waiting.add(new Entry(null, 0));
    }
  }

  /**
   * A line for a follower.
   *
   * @param line null for the end
   * @param lost how many lines before it were dropped because he did not read
   */
  public record Entry(@Nullable LogLine line, long lost) {}
}
