package dev.midge.cli.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The standard output of one of several commands that run at the same time and share midge's: lines
 * go out whole, and long ones in large pieces.
 */
final class WholeLines extends OutputStream {
  private static final int MOST_HELD = 64 * 1024;

  private final OutputStream shared;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  /**
   * @param shared is written to under its own lock
   */
  WholeLines(OutputStream shared) {
    this.shared = shared;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int whole = end;
    while (whole > offset && bytes[whole - 1] != '\n') {
      whole--;
    }
    if (whole > offset) {
      held.write(bytes, offset, whole - offset);
      pass();
    }
    held.write(bytes, whole, end - whole);
    if (held.size() >= MOST_HELD) {
      pass();
    }
  }

  private void pass() throws IOException {
    synchronized (shared) {
      held.writeTo(shared);
      shared.flush();
    }
    held.reset();
  }

  /** Passes on what has no line end. The shared output stays open. */
  @Override
  public void close() throws IOException {
    if (held.size() > 0) {
      pass();
    }
  }
}
