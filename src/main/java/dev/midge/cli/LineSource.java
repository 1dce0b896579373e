package dev.midge.cli;

import dev.midge.client.PayloadSource;
import java.io.ByteArrayOutputStream;
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
    ByteArrayOutputStream begun = null; // what does not fit into the buffer
    while (true) {
      if (from == to) {
        to = in.read(buffer);
        from = 0;
        if (to <= 0) {
          to = 0;
          return begun == null ? null : begun.toByteArray();
        }
      }
      int start = from;
      while (from < to && buffer[from] != '\n') {
        from++;
      }
      boolean complete = from < to;
      if (begun == null && complete) {
        return Arrays.copyOfRange(buffer, start, from++);
      }
      begun = begun == null ? new ByteArrayOutputStream() : begun;
      begun.write(buffer, start, from - start);
      if (complete) {
        from++;
        return begun.toByteArray();
      }
    }
  }

  @Override
  public boolean isStream() {
    return true;
  }
}
