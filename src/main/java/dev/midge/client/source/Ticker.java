package dev.midge.client.source;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** The clock by which messages are sent at their times; {@link System#nanoTime}, but in tests. */
public interface Ticker {

  /** Counts as {@link System#nanoTime} does. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long now() {
          return System.nanoTime();
        }

        @Override
        public void sleepUntil(long due) throws InterruptedIOException {
          try {
            for (long left = due - now(); left > 0; left = due - now()) {
              TimeUnit.NANOSECONDS.sleep(left);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
          }
        }
      };

  /** Returns the time in nanoseconds, from any beginning. */
  long now();

  /** Returns at that time, or later. */
  void sleepUntil(long due) throws InterruptedIOException;
}
