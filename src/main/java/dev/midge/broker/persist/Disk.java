package dev.midge.broker.persist;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes: whole snapshots, and changes, of which all that have come meanwhile are
 * synced at once. After a failure it writes nothing until a snapshot succeeds, since changes
 * without those before them are of no use. The methods are for the broker's thread.
 */
final class Disk implements Runnable {
  /** Is told of each job in order, on the disk's thread. */
  interface Listener {
    /**
     * A job is done, and all before it.
     *
     * @param failure null if all is on disk
     */
    void done(long number, boolean snapshot, @Nullable String failure);
  }

  private record Job(long number, List<Frame> frames, boolean snapshot, boolean sync, long bytes) {}

  /** Bytes that may wait: the broker waits when the disk is that much slower. */
  private static final long MAX_WAITING = 32L * 1024 * 1024;

  private static final String AFTER_FAILURE = "the change before was not written";

  private final StateFiles files;
  private final Listener listener;
  private final Thread thread;
  private final Deque<Job> jobs = new ArrayDeque<>();
  private long waiting; // bytes, guarded by this, as the jobs are
  private boolean ending;
  private boolean failed; // of the disk's thread

  Disk(StateFiles files, Listener listener) {
    this.files = files;
    this.listener = listener;
    this.thread = new Thread(this, "broker-disk");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Writes changes; waits while the disk is far behind. */
  void append(long number, List<Frame> frames, boolean sync) {
    add(new Job(number, frames, false, sync, bytes(frames)));
  }

  /** Writes a snapshot. */
  void snapshot(long number, List<Frame> frames) {
    add(new Job(number, frames, true, true, bytes(frames)));
  }

  private static long bytes(List<Frame> frames) {
    return frames.stream().mapToLong(Frame::length).sum();
  }

  private synchronized void add(Job job) {
    boolean interrupted = false;
    while (waiting > MAX_WAITING && !ending) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    jobs.addLast(job);
    waiting += job.bytes;
    notifyAll();
  }

  /** Waits until all is written, and ends the thread. */
  void close() {
    synchronized (this) {
      ending = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      files.close();
    } catch (IOException e) {
      // All that was to be written was synced.
    }
  }

  @Override
  public void run() {
    List<Job> next;
    while (!(next = take()).isEmpty()) {
      Job last = next.get(next.size() - 1);
      String failure;
      try {
        failure = write(next, last);
      } catch (RuntimeException | OutOfMemoryError e) {
        failure = e.toString();
      }
      failed = failure != null;
      listener.done(last.number, last.snapshot, failure);
    }
  }

  /** Takes a snapshot, or all changes before the next one; nothing at the end. */
  private synchronized List<Job> take() {
    while (jobs.isEmpty() && !ending) {
      try {
        wait();
      } catch (InterruptedException e) {
        ending = true; // nobody does this but one who ends the JVM
      }
    }
    List<Job> taken = new ArrayList<>();
    while (!jobs.isEmpty() && (taken.isEmpty() || !jobs.getFirst().snapshot)) {
      Job job = jobs.removeFirst();
      taken.add(job);
      waiting -= job.bytes;
      if (job.snapshot) {
        break;
      }
    }
    notifyAll();
    return taken;
  }

  private @Nullable String write(List<Job> next, Job last) {
    if (failed && !last.snapshot) {
      return AFTER_FAILURE;
    }
    try {
      if (last.snapshot) {
        files.write(last.frames);
      } else {
        boolean sync = false;
        for (Job job : next) {
          files.append(job.frames);
          sync |= job.sync;
        }
        if (sync) {
          files.sync();
        }
      }
      return null;
    } catch (IOException e) {
      String words = StateFiles.words(e);
      try {
        files.cut();
      } catch (IOException again) {
        // The reader leaves out what was written in part.
      }
      return words;
    }
  }
}
