package dev.midge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The broker that clients are measured with: mosquitto without limits as it comes, the same with
 * {@code set_tcp_nodelay true}, or midge's, which is also the one where there is no mosquitto.
 *
 * @param mosquitto the program; null if there is none
 */
record Broker(String mosquitto, Path launcher) {

  /** Brokers that a client sees differently. */
  enum Kind {
    STOCK(""),
    NODELAY("-nodelay"),
    MIDGE("-own");

    /** The end of the names of its cases. */
    final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }

    String title() {
      return switch (this) {
        case STOCK -> "mosquitto as it comes";
        case NODELAY -> "mosquitto with `set_tcp_nodelay true`";
        case MIDGE -> "`midge broker`";
      };
    }
  }

  Running start(Kind kind) throws IOException {
    int port = Server.freePort();
    Path said = Files.createTempFile("midge-bench", ".log");
    said.toFile().deleteOnExit();
    ProcessBuilder program =
        mosquitto == null || kind == Kind.MIDGE
            ? Midge.program(
                launcher.toString(), "broker", "-c", configuration(port, kind).toString())
            : Midge.program(mosquitto, "-c", configuration(port, kind).toString());
    return new Running(new Server(program.redirectError(said.toFile()), port), said);
  }

  /** A mosquitto that is only going to be started. */
  ProcessBuilder mosquitto(int port) {
    try {
      return Midge.program(mosquitto, "-c", configuration(port, Kind.STOCK).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path configuration(int port, Kind kind) throws IOException {
    return MosquittoConfiguration.write(
        port, kind == Kind.NODELAY, "log_dest stderr\nlog_type subscribe\n");
  }

  /**
   * One that is listening.
   *
   * @param said its log
   */
  record Running(Server server, Path said) implements AutoCloseable {
    int port() {
      return server.port;
    }

    List<String> address() {
      return List.of("-h", "127.0.0.1", "-p", String.valueOf(server.port));
    }

    void awaitSubscription() throws IOException, InterruptedException {
      while (!Files.readString(said).contains(StreamCase.TOPIC)) {
        Thread.sleep(1);
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      Files.delete(said);
    }
  }
}
