package dev.midge.net.tls;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Reads a file for a server's TLS, so that an error names it. */
final class TlsFile {
  /** A way to read a file. */
  interface Reading<T> {
    T of(Path file) throws IOException, GeneralSecurityException;
  }

  private TlsFile() {}

  /**
   * Returns what a file holds.
   *
   * @throws IOException when it cannot be read, or is no good
   */
  static <T> T use(Path file, Reading<T> reading) throws IOException {
    try {
      return reading.of(file);
    } catch (NoSuchFileException e) {
      throw new IOException("Unable to load " + file + ": No such file.", e);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IOException("Unable to load " + file + ": " + e.getMessage() + ".", e);
    }
  }
}
