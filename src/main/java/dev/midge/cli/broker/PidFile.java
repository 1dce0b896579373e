package dev.midge.cli.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file that holds the process identifier as long as the broker runs. */
final class PidFile {
  private final @Nullable Path path;

  private PidFile(@Nullable Path path) {
    this.path = path;
  }

  /**
   * Writes it.
   *
   * @param path null for none
   * @throws IOException when it cannot be written; the message says so
   */
  static PidFile write(@Nullable Path path) throws IOException {
    if (path != null) {
      try {
        Files.writeString(path, String.valueOf(ProcessHandle.current().pid()));
      } catch (IOException e) {
        throw new IOException("Unable to write pid file " + path + ".", e);
      }
    }
    return new PidFile(path);
  }

  void remove() {
    try {
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // Its directory is gone, or not ours any more.
    }
  }
}
