package dev.midge.client.io;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Flushes batched packets when no other has followed for a moment: the thread that batched them may
 * be blocked, by a standard output that nobody reads. Used by {@link PacketWriter}, under its lock;
 * its thread starts when it is first needed.
 */
final class DelayedFlush {

  /** Short compared with any network, long compared with a write. */
  private static final long DELAY_NANOS = 300_000;

  private @Nullable Thread thread;
  private volatile boolean due;
  private volatile boolean asleep;
  private volatile boolean over;

  /** Flushes. */
  interface Flush {
    void flush() throws IOException;
  }

  /** A packet is batched: the flush is due soon. */
  void soon(Flush flush) {
    due = true;
    if (thread == null) {
      thread = new Thread(() -> run(flush), "midge flush");
      thread.setDaemon(true);
      thread.start();
    } else if (asleep) { // To wake it is a system call.
      LockSupport.unpark(thread);
    }
  }

  /** The batch was written. */
  void flushed() {
    due = false;
  }

  /** Ends the thread. Any thread may call it. */
  void end() {
    over = true;
    LockSupport.unpark(thread);
  }

  private void run(Flush flush) {
    while (!over) {
      asleep = true;
      if (!due && !over) {
        LockSupport.park(this);
      }
      asleep = false;
      LockSupport.parkNanos(this, DELAY_NANOS);
      try {
        if (due) {
          flush.flush();
        }
      } catch (IOException broken) {
        return; // The thread that reads finds out why.
      }
    }
  }
}
