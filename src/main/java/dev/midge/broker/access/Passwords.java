package dev.midge.broker.access;

import java.io.IOException;
import java.nio.file.Path;

/** The users that a broker knows, with the hashes of their passwords. Immutable. */
public final class Passwords {

  private Passwords() {}

  /**
   * Reads a password file of mosquitto's.
   *
   * @throws AccessFileException when a line is no good
   * @throws IOException when the file cannot be read
   */
  public static Passwords read(Path file) throws IOException {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Tells whether the password is the user's, in constant time; false for an unknown user. Takes
   * milliseconds, and may be called from any thread.
   */
  public boolean check(String user, byte[] password) {
    return false;
  }
}
