package dev.midge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program, from exec to exit. Only one at a time: the processor time is what the
 * system has added up for the ended children of this process.
 *
 * @param seconds from exec to exit
 * @param megabytes the most that was ever resident, of 2^20 bytes; 0 if nobody looked
 */
record Child(int status, double seconds, double megabytes) {
  private static final long LONGEST_SECONDS = 90;

  /**
   * Runs the program.
   *
   * @param lookMillis how often to look at its memory; 0 for never
   */
  static Child run(ProcessBuilder program, long lookMillis)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process = program.start();
    Thread stopAtExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(stopAtExit);
    try {
      long most = 0;
      Path status = Path.of("/proc/" + process.pid() + "/status");
      long deadline = begin + LONGEST_SECONDS * 1_000_000_000L;
      while (lookMillis > 0
          && !process.waitFor(lookMillis, TimeUnit.MILLISECONDS)
          && System.nanoTime() - deadline < 0) {
        most = Math.max(most, mostKilobytes(status));
      }
      if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IOException("not done in " + LONGEST_SECONDS + " s: " + words(program.command()));
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Child(process.exitValue(), seconds, most / 1024.0);
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
      } catch (IllegalStateException e) {
        // The driver is ending; the hook does the rest.
      }
    }
  }

  private static long mostKilobytes(Path status) {
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      // It has ended.
    }
    return 0;
  }

  /** Processor time of all children that have ended, in seconds; counted in steps of 10 ms. */
  static double cpuOfAll() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
  }

  /** Returns a command as it is typed: by its name, wherever it lies. */
  private static String words(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.set(0, Path.of(command.get(0)).getFileName().toString());
    return String.join(" ", words);
  }
}
