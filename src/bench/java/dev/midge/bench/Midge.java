package dev.midge.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The launcher with one JDK, with or without its start-up archive.
 *
 * @param java home of the JDK; null for the one that the launcher finds
 */
record Midge(Path launcher, Path java, boolean archive) {

  /** {@code midge} with these words. */
  ProcessBuilder command(String... words) {
    return program(launcher, words);
  }

  /** One of mosquitto's names, which are links to the launcher. */
  ProcessBuilder dropIn(String name, String... words) {
    return program(launcher.resolveSibling("drop-in").resolve(name), words);
  }

  private ProcessBuilder program(Path program, String... words) {
    ProcessBuilder builder = program(program.toString(), words);
    builder.environment().remove("MIDGE_ARCHIVE");
    if (java != null) {
      builder.environment().put("JAVA_HOME", java.toString());
    }
    if (!archive) {
      builder.environment().put("MIDGE_ARCHIVE", "off");
    }
    return builder;
  }

  /** Any program; what it says is thrown away. */
  static ProcessBuilder program(String program, String... words) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /**
   * Starts it until its archives are there.
   *
   * @return whether they are in use
   */
  boolean warmUp() throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(silent.getLocalPort());
      return isInUse(command("pub", "-p", port, "-t", "a", "-m", "x"))
          && isInUse(command("sub", "-p", port, "-t", "a"))
          && isInUse(command("broker", "-q", "-p", "0"));
    }
  }

  private static boolean isInUse(ProcessBuilder program) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 120_000_000_000L;
    do {
      Process process = program.start();
      Thread.sleep(1000);
      String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      process.destroyForcibly().waitFor();
      if (line.contains("-XX:SharedArchiveFile") || line.contains("-XX:AOTCache")) {
        return true;
      }
    } while (System.nanoTime() < deadline);
    return false;
  }

  /** What the JDK calls its build. */
  String version() throws IOException {
    Path home = java == null ? Path.of(System.getProperty("java.home")) : java;
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_RUNTIME_VERSION="))
          .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
          .findFirst()
          .orElse(home.getFileName().toString());
    }
  }
}
