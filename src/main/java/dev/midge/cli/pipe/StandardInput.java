package dev.midge.cli.pipe;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Standard input as a stream of messages, which a failure to read it names. */
public final class StandardInput extends FilterInputStream {
  private StandardInput(InputStream in) {
    super(in);
  }

  /**
   * Returns that stream, whose failures name standard input. The declared type is not {@code
   * StandardInput}, so the verifier of a caller's class loads none: a {@code pub} with {@code -m}
   * needs it not.
   */
  public static InputStream of(InputStream in) {
    return new StandardInput(in);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException e) {
      throw new IOException("standard input: " + e.getMessage(), e);
    }
  }
}
