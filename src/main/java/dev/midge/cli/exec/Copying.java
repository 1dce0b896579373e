package dev.midge.cli.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * Copies what a process writes, on a thread of its own, until it or the one who reads has come to
 * an end.
 */
final class Copying implements Runnable {
  private static final int BUFFER_BYTES = 8192;

  private final InputStream from;
  private final OutputStream to;
  private boolean closed;

  private Copying(InputStream from, OutputStream to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Writes all to the standard input of a process and closes it; a process that does not want it is
   * no failure.
   */
  static void feed(byte[] input, OutputStream process) {
    start(
        () -> {
          try (process) {
            process.write(input);
          } catch (IOException e) {
            // It has ended, or has closed its standard input.
          }
        });
  }

  /** Begins. */
  static Ending begin(InputStream process, OutputStream to) {
    Copying copying = new Copying(process, to);
    Thread thread = start(copying);
    return limit -> copying.end(thread, limit);
  }

  /** Waits for the end of a copying. */
  interface Ending {
    /**
     * Waits until all is copied, or the time is over, and closes the target.
     *
     * @param limit by {@link System#nanoTime}
     */
    void await(long limit) throws InterruptedException;
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "midge exec stream");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from) { // Whoever writes to it from now on is told that nobody reads.
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        if (!write(buffer, count)) {
          return;
        }
      }
    } catch (IOException e) {
      // Whoever runs the command is told of a failed output by the output itself.
    }
  }

  private synchronized boolean write(byte[] bytes, int count) throws IOException {
    if (!closed) {
      to.write(bytes, 0, count);
      to.flush();
    }
    return !closed;
  }

  private void end(Thread thread, long limit) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime());
    thread.join(Math.max(1, left));
    synchronized (this) {
      closed = true;
      try {
        to.close();
      } catch (IOException e) {
        // As above.
      }
    }
  }
}
