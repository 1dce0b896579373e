package dev.midge.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Standard output of {@code sub}: what is printed while more messages are there already goes out in
 * one write. {@link #flush} comes when there are none, so that a live pipe shows each at once.
 */
public final class BatchedOutput extends OutputStream {
  private static final int CAPACITY = 32 * 1024;

  /** The time that the last bytes may take where nobody reads. */
  private static final long PATIENCE_MILLIS = 1000;

  private final OutputStream out;
  private final byte[] buffer = new byte[CAPACITY];
  private final ReentrantLock lock = new ReentrantLock();
  private int count;

  /** Makes one that writes to a stream. */
  public BatchedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      if (length > CAPACITY - count) {
        drain();
      }
      if (length > CAPACITY) {
        out.write(bytes, offset, length);
      } else {
        System.arraycopy(bytes, offset, buffer, count, length);
        count += length;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void flush() throws IOException {
    lock.lock();
    try {
      drain();
    } finally {
      lock.unlock();
    }
  }

  private void drain() throws IOException {
    int length = count;
    count = 0;
    if (length > 0) {
      out.write(buffer, 0, length);
    }
    out.flush();
  }

  private boolean isWritten() {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      return count == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Writes the rest; but whoever wants to end is not held up by a pipe that nobody reads from. */
  public void finish() throws InterruptedException {
    if (isWritten()) {
      return;
    }
    Thread last =
        new Thread(
            () -> {
              try {
                flush();
              } catch (IOException closed) {
                // Whoever read it has left.
              }
            },
            "midge output");
    last.setDaemon(true);
    last.start();
    last.join(PATIENCE_MILLIS);
  }
}
