package dev.midge.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A channel that is yet to be connected. {@link #connect} is called once, before {@link #in} and
 * {@link #out}; closing or aborting from another thread ends an attempt.
 */
public interface ClientChannel extends ByteChannel {

  /**
   * Connects, layer by layer; may take for ever.
   *
   * @throws java.net.UnknownHostException when a name is not known
   * @throws NetFailure when the network did its part, but a layer above it refuses
   * @throws IOException with the system's reason when nobody could be reached, or when the channel
   *     was closed meanwhile
   */
  void connect() throws IOException;

  /** Returns what an attempt waits for, in words; null before it and after it. Any thread. */
  @Nullable String awaited();
}
