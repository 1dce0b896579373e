package dev.midge.cli.pipe;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the message that a part of the input stands for. */
interface MessageReader {

  /**
   * Returns the message; null for a part that stands for something else, and is passed over.
   *
   * @param part the one that was given last
   * @param parts makes the complaints about it
   * @throws IOException for a part that is no message
   */
  @Nullable PipedMessage read(byte[] part, Parts parts) throws IOException;
}
