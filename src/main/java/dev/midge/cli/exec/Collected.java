package dev.midge.cli.exec;

import java.io.ByteArrayOutputStream;

/** Holds what a command writes, for an answer; nothing where that is more than one may have. */
final class Collected extends ByteArrayOutputStream {
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private boolean full;

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (count + length > MOST_BYTES) {
      full = true;
      reset();
    } else if (!full) {
      super.write(bytes, offset, length);
    }
  }

  /** Tells whether there was more. */
  synchronized boolean isFull() {
    return full;
  }
}
