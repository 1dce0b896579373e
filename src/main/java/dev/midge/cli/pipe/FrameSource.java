package dev.midge.cli.pipe;

import dev.midge.cli.options.PayloadOptions;
import dev.midge.client.source.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads payloads behind their lengths: four bytes, the highest first, and then so many bytes. */
final class FrameSource implements PayloadSource {
  private static final int HEAD = 4;
  private static final int CHUNK = 1 << 20;

  private final InputStream in;
  private final String inputName;
  private final byte[] buffer = new byte[64 * 1024];
  private int from;
  private int to;
  private long number;

  /**
   * @param inputName the input, as complaints name it
   */
  FrameSource(InputStream in, String inputName) {
    this.in = in;
    this.inputName = inputName;
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    number++;
    if (!fill(HEAD)) {
      if (from == to) {
        return null;
      }
      throw cutOff("the " + HEAD + " bytes of its length", HEAD - (to - from));
    }
    long length = length();
    if (length > PayloadOptions.MAX_PAYLOAD) {
      throw new IOException(
          "Frame "
              + number
              + " of "
              + inputName
              + " has "
              + length
              + " bytes by its length, but a message has at most "
              + PayloadOptions.MAX_PAYLOAD
              + "; the length is four bytes, the highest first.");
    }
    from += HEAD;
    return payload((int) length);
  }

  private byte[] payload(int length) throws IOException {
    byte[] payload = new byte[Math.min(length, CHUNK)]; // The length may be a mistake.
    int there = Math.min(payload.length, to - from);
    System.arraycopy(buffer, from, payload, 0, there);
    from += there;
    while (there < length) {
      if (there == payload.length) {
        payload = Arrays.copyOf(payload, (int) Math.min(length, 2L * there));
      }
      int read = in.read(payload, there, payload.length - there);
      if (read <= 0) {
        throw cutOff("its " + length + " bytes", length - there);
      }
      there += read;
    }
    return payload;
  }

  private IOException cutOff(String of, int missing) {
    return new IOException(
        "Frame "
            + number
            + " of "
            + inputName
            + " is cut off: "
            + missing
            + " of "
            + of
            + (missing == 1 ? " is" : " are")
            + " missing.");
  }

  /** Reads until that many bytes are in the buffer; returns false at the end of the input. */
  private boolean fill(int bytes) throws IOException {
    if (from + bytes > buffer.length) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    while (to - from < bytes) {
      if (from == to) {
        from = 0;
        to = 0;
      }
      int read = in.read(buffer, to, buffer.length - to);
      if (read <= 0) {
        return false;
      }
      to += read;
    }
    return true;
  }

  private long length() {
    return (buffer[from] & 0xFFL) << 24
        | (buffer[from + 1] & 0xFF) << 16
        | (buffer[from + 2] & 0xFF) << 8
        | buffer[from + 3] & 0xFF;
  }

  @Override
  public boolean isReady() {
    return to - from >= HEAD && to - from - HEAD >= length();
  }

  @Override
  public boolean isStream() {
    return true;
  }
}
