package dev.midge.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

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
        commit(home),
        mosquitto == null ? null : said(mosquitto, "-h"),
        loadNow());
  }

  /** Documents do not count: the figures are written into one. */
  private static String commit(Path home) {
    String git = home.toString();
    String changed = said("git", "-C", git, "status", "--porcelain", "--", "src", "bin", "pom.xml");
    return said("git", "-C", git, "rev-parse", "--short", "HEAD") + (changed.isEmpty() ? "" : "+");
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
      return all.lines().findFirst().orElse("");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Returns how many descriptors this process may have open, and so those that it starts. */
  static long mostOpenFiles() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
      if (line.startsWith("Max open files")) {
        String soft = line.split("\\s{2,}")[1];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
      }
    }
    throw new IOException("no limit of open files in /proc/self/limits");
  }

  /** Returns the path of a program of this system; null if there is none. */
  static String inPath(String name) {
    for (String dir : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":")) {
      if (Files.isExecutable(Path.of(dir, name))) {
        return dir + "/" + name;
      }
    }
    return null;
  }

  /** Returns one sentence of the command, the day, the programs, the machine and its load. */
  String sentence(String script, List<String> words) {
    return "`"
        + (script + " " + String.join(" ", words)).trim()
        + "` on "
        + date
        + ": midge "
        + midge
        + ", Java "
        + java
        + ", "
        + (mosquitto == null ? "**no mosquitto on this machine**" : mosquitto)
        + "; "
        + cores
        + " × "
        + processor
        + ", "
        + system
        + ". Load average before the run: "
        + load
        + "; after it: "
        + loadNow()
        + ".";
  }
}
