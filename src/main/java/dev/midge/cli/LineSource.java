package dev.midge.cli;

import dev.midge.client.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * One payload for each line: LF ends it and is not sent, CR stays, a last line without LF counts.
 * Any bytes.
 */
final class LineSource implements PayloadSource {
  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private int from;
  private int to;

  LineSource(InputStream in) {
    this.in = in;
  }

  @Override
  public byte[] next() throws IOException {
    byte[] line = null;
    while (true) {
      if (from == to) {
        to = in.read(buffer);
        from = 0;
        if (to <= 0) {
          to = 0;
          return line;
        }
      }
      int start = from;
      while (from < to && buffer[from] != '\n') {
        from++;
      }
      line = joined(line, start);
      if (from < to) {
        from++;
        return line;
      }
    }
  }

  private byte[] joined(byte[] line, int start) {
    if (line == null) {
      return Arrays.copyOfRange(buffer, start, from);
    }
    byte[] longer = Arrays.copyOf(line, line.length + from - start);
    System.arraycopy(buffer, start, longer, line.length, from - start);
    return longer;
  }

  @Override
  public boolean isStream() {
    return true;
  }
}
