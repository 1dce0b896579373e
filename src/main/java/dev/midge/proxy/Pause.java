package dev.midge.proxy;

/** Holds new connections back while the proxy is paused. For all threads. */
final class Pause {
  private static final long MOMENT_MILLIS = 10;

  private boolean paused;
  private boolean over;

  synchronized void begin() {
    paused = true;
  }

  synchronized void end() {
    paused = false;
    notifyAll();
  }

  /** Ends it for good. */
  synchronized void close() {
    over = true;
    notifyAll();
  }

  synchronized void awaitEnd() throws InterruptedException {
    while (paused && !over) {
      wait();
    }
  }

  /** Waits a little, unless the proxy is closed: what fails now may succeed then. */
  synchronized void aMoment() {
    try {
      if (!over) {
        wait(MOMENT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
