package dev.midge.testing;

import java.io.IOException;
import java.net.InetAddress;
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

  /** Keeps the port; null where the test does. */
  private final FreePort kept;

  private ConfiguredMosquitto(Process process, Path configuration, int port, FreePort kept) {
    this.process = process;
    this.configuration = configuration;
    this.port = port;
    this.kept = kept;
  }

  /** Starts one and waits until it listens; the lines are added to its configuration. */
  public static ConfiguredMosquitto start(String... lines) throws IOException {
    FreePort kept = FreePort.take();
    return start(kept.number(), kept, lines);
  }

  /** Starts at a port that the test keeps: another one was there before. */
  public static ConfiguredMosquitto startAt(FreePort port, String... lines) throws IOException {
    return start(port.number(), null, lines);
  }

  private static ConfiguredMosquitto start(int port, FreePort kept, String... lines)
      throws IOException {
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
    ConfiguredMosquitto broker = new ConfiguredMosquitto(process, configuration, port, kept);
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
    if (kept != null) {
      kept.close();
    }
  }
}
