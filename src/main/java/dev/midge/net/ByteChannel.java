package dev.midge.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A pipe of bytes to a peer that can also be cut. */
public interface ByteChannel extends Closeable {

  /** Returns what the peer sends. Reads wait without a limit; closing the channel ends them. */
  InputStream in() throws IOException;

  /** Returns what goes to the peer. Unbuffered: each write reaches the system. */
  OutputStream out() throws IOException;

  /**
   * Ends what is sent, in order (TCP: FIN); what the peer sends can still be read. A pipe that
   * cannot be half open ends whole.
   */
  default void endOutput() throws IOException {
    close();
  }

  /** Ends the pipe in order: what was written is still delivered (TCP: FIN). */
  @Override
  void close() throws IOException;

  /** Cuts the pipe: what was not delivered yet is lost (TCP: RST). */
  void abort() throws IOException;
}
