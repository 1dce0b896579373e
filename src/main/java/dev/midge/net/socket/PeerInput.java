package dev.midge.net.socket;

import dev.midge.net.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads what the peer sends, until the channel is ending: then the rest is thrown away. One thread
 * reads, another ends.
 */
final class PeerInput extends BulkInputStream {

  private final InputStream raw;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition readerLeft = lock.newCondition();
  private boolean reading;
  private volatile boolean ending;

  PeerInput(InputStream raw) {
    this.raw = raw;
  }

  /** Throws away what comes from now on. */
  void ending() {
    lock.lock();
    try {
      ending = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Throws away what comes, and waits for the thread that is reading, which reads on until the peer
   * hangs up.
   *
   * @param nanos how long to wait at most
   * @return how much of that time is left for reading on here, 0 or less for none
   */
  long end(long nanos) throws InterruptedException {
    lock.lock();
    try {
      ending = true;
      long left = nanos;
      while (reading && left > 0) {
        left = readerLeft.awaitNanos(left);
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** Reads although the channel is ending. */
  int readOn(byte[] bytes) throws IOException {
    return raw.read(bytes);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    enter();
    try {
      int count = raw.read(bytes, offset, length);
      while (ending && count >= 0) {
        count = raw.read(bytes, offset, length);
      }
      return count;
    } finally {
      leave();
    }
  }

  private void enter() throws IOException {
    lock.lock();
    try {
      if (ending) {
        throw new SocketException("Socket closed");
      }
      reading = true;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      reading = false;
      readerLeft.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
