package dev.midge.cli.keyboard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines on their way to above the prompt, on a thread of their own: who logs must not wait for
 * whoever edits a line, who may wait for who logs to complete it.
 */
final class LinesAbove {
  private static final int MOST_WAITING = 10_000;
  private static final int END_MILLIS = 2_000;

  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private @Nullable Thread printing;
  private volatile boolean ended;

  /** Begins to print. */
  synchronized void start(Consumer<String> print) {
    Thread thread = new Thread(() -> print(print), "prompt");
    thread.setDaemon(true);
    printing = thread;
    thread.start();
  }

  /** Adds a line; waits only when thousands are on their way. */
  void add(String line) {
    try {
      waiting.put(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(Consumer<String> print) {
    try {
      while (!ended || !waiting.isEmpty()) {
        print.accept(waiting.take());
      }
    } catch (InterruptedException | IllegalStateException e) {
      // The prompt has gone; what is left is returned by end().
    }
  }

  /** Prints what is on its way, if that does not take long; returns the rest. */
  synchronized List<String> end() {
    ended = true;
    Thread thread = printing;
    printing = null;
    if (thread != null) {
      try {
        if (waiting.isEmpty()) {
          thread.interrupt();
        }
        thread.join(END_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    List<String> rest = new ArrayList<>();
    waiting.drainTo(rest);
    return rest;
  }
}
