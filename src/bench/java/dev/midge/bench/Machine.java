package dev.midge.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * The machine and the programs that were measured, and the day.
 *
 * @param load the system's load averages when the run began
 */
record Machine(
    LocalDate date,
    String processor,
    int cores,
    String system,
    String java,
    String midge,
    String mosquitto,
    String load) {

  static Machine now(Path launcher, String mosquitto) {
    Path home = launcher.resolveSibling("..");
    return new Machine(
        LocalDate.now(),
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.runtime.version"),
        said("git", "-C", home.toString(), "describe", "--always", "--dirty"),
        mosquitto == null ? null : said(mosquitto, "-h"),
        loadNow());
  }

  static String loadNow() {
    try {
      String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ");
      return fields[0] + " " + fields[1] + " " + fields[2];
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String processorName() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).trim();
        }
      }
    } catch (IOException e) {
      // Not Linux.
    }
    return System.getProperty("os.arch");
  }

  /** The first line that a program prints. */
  static String said(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return all.lines().findFirst().orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
