package dev.midge.net.tls;

import dev.midge.net.tls.pem.PrivateKeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Tells before anything is connected that a client key will need its passphrase. */
public final class KeyLock {
  private KeyLock() {}

  /**
   * Tells whether the file has an encrypted key. A pipe is not read, for it can be read only once.
   */
  public static boolean isOn(String keyFile) {
    try {
      Path file = Path.of(keyFile);
      return Files.isRegularFile(file) && PrivateKeyFile.isEncrypted(file);
    } catch (IOException | InvalidPathException e) {
      return false; // Whoever needs the key will say what is wrong with the file.
    }
  }
}
