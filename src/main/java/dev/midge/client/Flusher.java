package dev.midge.client;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes what waits for company when none has come for a moment: whoever left it there may be held
 * up by a printer that nobody reads from. Used by {@link Outgoing}, under its lock; its thread is
 * started when it is first needed.
 */
final class Flusher {

  /** Short against any network, long against a write. */
  private static final long LINGER_NANOS = 300_000;

  private final Outgoing outgoing;
  private Thread thread;
  private volatile boolean due;
  private volatile boolean asleep;
  private volatile boolean over;

  Flusher(Outgoing outgoing) {
    this.outgoing = outgoing;
  }

  /** Something waits. */
  void soon() {
    due = true;
    if (thread == null) {
      thread = new Thread(this::run, "midge flush");
      thread.setDaemon(true);
      thread.start();
    } else if (asleep) { // To wake it is a system call.
      LockSupport.unpark(thread);
    }
  }

  /** Nothing waits any more. */
  void written() {
    due = false;
  }

  /** Nothing will wait any more. Any thread. */
  void end() {
    over = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!over) {
      asleep = true;
      if (!due && !over) {
        LockSupport.park(this);
      }
      asleep = false;
      LockSupport.parkNanos(this, LINGER_NANOS);
      try {
        if (due) {
          outgoing.flush();
        }
      } catch (IOException broken) {
        return; // The thread that reads finds out why.
      }
    }
  }
}
