package dev.midge.control.socket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a connection, in UTF-8, each of a bounded length. One thread reads, one writes. */
final class Lines {
  private static final int FIRST_SIZE = 4096;

  private final SocketChannel channel;
  private final int most;
  private byte[] bytes = new byte[FIRST_SIZE];
  private int start;
  private int end;

  /**
   * @param most bytes of a line that comes
   */
  Lines(SocketChannel channel, int most) {
    this.channel = channel;
    this.most = most;
  }

  /** A line that is longer than allowed. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong(int most) {
      super("A line has at most " + most + " bytes.");
    }
  }

  /**
   * Waits for the next line.
   *
   * @return the line without its end; null at the end of the input
   * @throws EOFException if the input ends within a line
   */
  @Nullable String next() throws IOException {
    int searched = start;
    while (true) {
      for (; searched < end; searched++) {
        if (bytes[searched] == '\n') {
          String line = new String(bytes, start, searched - start, StandardCharsets.UTF_8);
          start = searched + 1;
          return line;
        }
      }
      if (end - start > most) {
        throw new TooLong(most);
      }
      searched -= start;
      makeRoom();
      int count = channel.read(ByteBuffer.wrap(bytes, end, bytes.length - end));
      if (count < 0) {
        if (end > start) {
          throw new EOFException("The other end has gone within a line.");
        }
        return null;
      }
      end += count;
    }
  }

  private void makeRoom() {
    System.arraycopy(bytes, start, bytes, 0, end - start);
    end -= start;
    start = 0;
    if (end == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
  }

  /** Writes a line and waits until the system has taken it. */
  synchronized void write(String line) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }
}
