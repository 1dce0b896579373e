package dev.midge.cli.pipe;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Standard input as a stream of messages, which a failure to read it names. */
public final class StandardInput extends FilterInputStream {
  /** Makes one that reads from that stream. */
  public StandardInput(InputStream in) {
    super(in);
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
