package dev.midge.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/** Starts a fresh server of each kind. A run that hangs is ended by the death of its server. */
final class Servers {
  static final List<String> JVM_FLAGS = List.of("-XX:+UseSerialGC", "-XX:-UsePerfData");

  private static final long LONGEST_RUN_MILLIS = 180_000;

  private final Path launcher;
  private final String mosquitto;
  private final Timer watch = new Timer(true);

  /**
   * @param launcher bin/midge
   * @param mosquitto the program; null if there is none
   */
  Servers(Path launcher, String mosquitto) {
    this.launcher = launcher;
    this.mosquitto = mosquitto;
  }

  boolean has(Target target) {
    return switch (target) {
      case MOSQUITTO, NODELAY, PROXIED -> mosquitto != null;
      case MIDGE, MIRROR, BARE_JVM -> true;
    };
  }

  Server start(Target target) throws IOException {
    if (target == Target.PROXIED) {
      Server broker = start(Target.NODELAY);
      int port = Server.freePort();
      return guarded(new Server(proxy(port, broker.port), port).before(broker));
    }
    int port = Server.freePort();
    return guarded(new Server(command(target, port), port));
  }

  private Server guarded(Server server) {
    watch.schedule(
        new TimerTask() {
          @Override
          public void run() {
            server.kill();
          }
        },
        LONGEST_RUN_MILLIS);
    return server;
  }

  private List<String> command(Target target, int port) throws IOException {
    return switch (target) {
      case MIDGE -> List.of(launcher.toString(), "broker", "-q", "-p", String.valueOf(port));
      case MOSQUITTO -> mosquitto(port, false);
      case NODELAY -> mosquitto(port, true);
      case MIRROR -> java(Bench.class.getName(), "mirror", String.valueOf(port));
      case PROXIED -> throw new IllegalArgumentException("two processes");
      case BARE_JVM -> java(Nothing.class.getName());
    };
  }

  private List<String> mosquitto(int port, boolean noDelay) throws IOException {
    Path file = MosquittoConfiguration.write(port, noDelay, "log_dest none\n");
    return List.of(mosquitto, "-c", file.toString());
  }

  private List<String> proxy(int port, int brokerPort) {
    return List.of(
        launcher.toString(),
        "proxy",
        "-q",
        "-p",
        String.valueOf(port),
        "--to",
        "mqtt://127.0.0.1:" + brokerPort);
  }

  /** Exec to exit of a program that does nothing, in seconds. */
  double bareJvm() throws IOException, InterruptedException {
    long start = System.nanoTime();
    new ProcessBuilder(command(Target.BARE_JVM, 0)).start().waitFor();
    return (System.nanoTime() - start) / 1e9;
  }

  private static List<String> java(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(words));
    return command;
  }

  /** The program whose start is the measure of all starts. */
  static final class Nothing {
    private Nothing() {}

    public static void main(String[] words) {}
  }
}
