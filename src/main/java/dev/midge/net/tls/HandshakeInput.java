package dev.midge.net.tls;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a handshake, and keeps the last bytes: they may be an alert that JSSE has not told of. */
final class HandshakeInput extends FilterInputStream {
  private static final int MOST_UNREAD = 64 * 1024;

  private final byte[] last = new byte[PlainAlert.LENGTH];
  private boolean over;

  HandshakeInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      note(new byte[] {(byte) read}, 0, 1);
    }
    return read;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = super.read(bytes, from, length);
    if (count > 0 && !over) {
      note(bytes, from, count);
    }
    return count;
  }

  private void note(byte[] bytes, int from, int count) {
    int fresh = Math.min(count, last.length);
    System.arraycopy(last, fresh, last, 0, last.length - fresh);
    System.arraycopy(bytes, from + count - fresh, last, last.length - fresh, fresh);
  }

  /** Takes note that the handshake is over: the last bytes do not matter any more. */
  void end() {
    over = true;
  }

  /** Returns the name of the alert that the client has sent last; null for none. */
  @Nullable String alert() {
    return PlainAlert.at(ByteBuffer.wrap(last), 0);
  }

  /** Reads what a client that has gone had sent before: nobody has read it while we wrote. */
  void readRest() {
    byte[] rest = new byte[1024];
    int total = 0;
    int count = 0;
    try {
      while (count >= 0 && total < MOST_UNREAD) {
        count = read(rest, 0, rest.length);
        total += Math.max(0, count);
      }
    } catch (IOException gone) {
      // Then that was all.
    }
  }
}
