package dev.midge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration file of a mosquitto without limits. midge's broker reads the same. */
final class MosquittoConfiguration {
  private static final String LINES =
      """
      allow_anonymous true
      max_inflight_messages 20
      max_queued_messages 0
      max_queued_bytes 0
      persistence false
      """;

  private MosquittoConfiguration() {}

  /**
   * Writes one.
   *
   * @param noDelay whether it says {@code set_tcp_nodelay true}
   * @param more lines
   */
  static Path write(int port, boolean noDelay, String more) throws IOException {
    Path file = Files.createTempFile("midge-bench", ".conf");
    file.toFile().deleteOnExit();
    // It gives up root's rights, but reads the file before.
    return Files.writeString(
        file,
        "listener "
            + port
            + " 127.0.0.1\n"
            + LINES
            + (noDelay ? "set_tcp_nodelay true\n" : "")
            + more);
  }
}
