package dev.midge.broker.access;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The topics that each client may read and write, as an access file says. Immutable. */
public final class AccessRules {

  private AccessRules() {}

  /**
   * Reads an access file of mosquitto's.
   *
   * @throws AccessFileException when a line is no good
   * @throws IOException when the file cannot be read
   */
  public static AccessRules read(Path file) throws IOException {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Tells whether a client may get messages of a topic.
   *
   * @param username null for a client without one
   */
  public boolean mayRead(String clientId, @Nullable String username, String topic) {
    return false;
  }

  /**
   * Tells whether a client may publish to a topic.
   *
   * @param username null for a client without one
   */
  public boolean mayWrite(String clientId, @Nullable String username, String topic) {
    return false;
  }
}
