package dev.midge.cli.pipe;

import dev.midge.cli.options.PayloadOptions;
import dev.midge.client.source.PayloadSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one payload from each line: LF, or the byte given in its place, ends it and is not sent, CR
 * stays, a last line without its end counts. Any bytes.
 */
public final class LineSource implements PayloadSource {
  private final InputStream in;
  private final byte endOfLine;
  private final byte[] buffer = new byte[64 * 1024];
  private int from;
  private int end;
  private int to;

  /** Makes a source of the lines of a stream. */
  public LineSource(InputStream in) {
    this(in, (byte) '\n');
  }

  /** Makes a source of what that byte ends. */
  public LineSource(InputStream in, byte endOfLine) {
    this.in = in;
    this.endOfLine = endOfLine;
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream begun = null; // what does not fit into the buffer
    while (true) {
      if (from == to) {
        to = in.read(buffer);
        from = 0;
        end = 0;
        if (to <= 0) {
          to = 0;
          return begun == null ? null : begun.toByteArray();
        }
      }
      int start = from;
      boolean complete = end() < to;
      from = complete ? ++end : end;
      int length = complete ? end - 1 - start : end - start;
      if (begun == null && complete) {
        return Arrays.copyOfRange(buffer, start, start + length);
      }
      if (begun != null && begun.size() + length > PayloadOptions.MAX_PAYLOAD) {
        throw new IOException("A line must be less than 268435455 bytes.");
      }
      begun = begun == null ? new ByteArrayOutputStream() : begun;
      begun.write(buffer, start, length);
      if (complete) {
        return begun.toByteArray();
      }
    }
  }

  @Override
  public boolean isReady() {
    return end() < to;
  }

  /**
   * Returns the index at which the line ends that begins at {@link #from}, as far as it is known.
   */
  private int end() {
    while (end < to && buffer[end] != endOfLine) {
      end++;
    }
    return end;
  }

  @Override
  public boolean isStream() {
    return true;
  }
}
