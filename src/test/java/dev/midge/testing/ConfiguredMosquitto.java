package dev.midge.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Debian's mosquitto with lines of configuration, on a free port of the loopback. */
public final class ConfiguredMosquitto implements AutoCloseable {

  private final Process process;
  private final Path configuration;
  private final int port;

  private ConfiguredMosquitto(Process process, Path configuration, int port) {
    this.process = process;
    this.configuration = configuration;
    this.port = port;
  }

  /** Starts one and waits until it listens; the lines are added to its configuration. */
  public static ConfiguredMosquitto start(String... lines) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free.setReuseAddress(true);
      port = free.getLocalPort();
    }
    return startAt(port, lines);
  }

  /** Starts at a port where another one was before. */
  public static ConfiguredMosquitto startAt(int port, String... lines) throws IOException {
    Path configuration = Files.createTempFile("mosquitto", ".conf");
    Mosquitto.require();
    Files.writeString(
        configuration,
        "listener "
            + port
            + " 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n"
            + String.join("\n", lines)
            + "\n");
    Process process =
        new ProcessBuilder("/usr/sbin/mosquitto", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    ConfiguredMosquitto broker = new ConfiguredMosquitto(process, configuration, port);
    Awaitility.await().until(broker::listens);
    return broker;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(configuration);
  }
}
