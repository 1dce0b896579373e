package dev.midge.net.socket;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does what a layer has to do with the peer before it closes. A peer that does not read, and a
 * writer that is stuck because of it, must not keep the client from ending, so it is done on a
 * thread of its own.
 */
public final class TimedFarewell {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The last words of a layer, such as TLS's close_notify. */
  public interface Words {
    void say() throws IOException;
  }

  private TimedFarewell() {}

  /** Returns when they are said, cannot be said, or take a second; closing below ends them. */
  public static void say(Words words) {
    say(words, LIMIT_NANOS);
  }

  static void say(Words words, long nanos) {
    CountDownLatch said = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                words.say();
              } catch (IOException gone) {
                // Nobody is listening any more.
              } finally {
                said.countDown();
              }
            },
            "midge farewell");
    thread.setDaemon(true);
    thread.start();
    try {
      said.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
