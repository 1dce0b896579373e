package dev.midge.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/** Debian's mosquitto as a broker, on a free loopback port. */
public final class Mosquitto implements AutoCloseable {
  private static final Path BROKER = Path.of("/usr/sbin/mosquitto");
  private static final Path CLIENT = Path.of("/usr/bin/mosquitto_sub");

  private final Program program;
  private final FreePort port;

  private Mosquitto(Program program, FreePort port) {
    this.program = program;
    this.port = port;
  }

  /** Without mosquitto the test is skipped, but in CI that is a failure. */
  public static void require() {
    boolean there = Files.isExecutable(BROKER) && Files.isExecutable(CLIENT);
    Needs.that(there, "Debian's mosquitto and mosquitto-clients");
  }

  public static Mosquitto start() {
    require();
    FreePort port = FreePort.take();
    Program program = Program.start(BROKER, "-p", port.number());
    Awaitility.await("mosquitto").until(() -> !program.isAlive() || listens(port.number()));
    return running(program, port);
  }

  /**
   * With a configuration of its own, whose {@code PORT} is a free port.
   *
   * @param directory for the configuration file
   */
  public static Mosquitto configured(Path directory, String... lines) throws IOException {
    require();
    FreePort port = FreePort.take();
    // As root it would become another user, who may not read the test's files.
    String user = "user " + System.getProperty("user.name") + "\n";
    String text = user + String.join("\n", lines).replace("PORT", "" + port.number()) + "\n";
    Path file = Files.writeString(directory.resolve("mosquitto.conf"), text);
    Program program = Program.start(BROKER, "-v", "-c", file);
    Awaitility.await("mosquitto")
        .until(() -> !program.isAlive() || program.errText().contains(" running"));
    return running(program, port);
  }

  private static Mosquitto running(Program program, FreePort port) {
    if (!program.isAlive()) {
      port.close();
      throw new AssertionError("mosquitto does not start: " + program.await().errText());
    }
    return new Mosquitto(program, port);
  }

  /** Returns the log of the broker. */
  public String log() {
    return program.errText();
  }

  /** Waits until the broker has logged that. */
  public void awaitLog(String text) {
    program.awaitErr(text);
  }

  public int port() {
    return port.number();
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    program.close();
    program.await();
    port.close();
  }
}
