package dev.midge.net.socket;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a layer says to the peer before it closes. A peer that does not read, and a writer that is
 * stuck because of it, must not keep the client from ending, so it is said on a thread of its own.
 */
public final class TimedFarewell {
  private static final int PATIENCE_MILLIS = 1000;

  /** Writes them. */
  public interface Words {
    public void say() throws IOException;
  }

  private TimedFarewell() {}

  /** Returns when they are said, cannot be said, or take too long; closing below ends them. */
  public static void say(Words words) {
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
            "midge last words");
    thread.setDaemon(true);
    thread.start();
    try {
      said.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
