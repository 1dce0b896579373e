package dev.midge.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A program whose start is measured.
 *
 * @param name of the case, for --only and for the figures
 * @param program started anew each time
 * @param port the one on which it is going to listen, which ends the measurement; 0 for a program
 *     that ends by itself
 */
record StartCase(String name, Supplier<ProcessBuilder> program, int port) {

  private static final int LOOKS = 10;

  /**
   * Starts it a few times; then once more to look at its memory.
   *
   * @return the median wall time in ms, the mean processor time in ms, the peak of the memory in MB
   */
  Map<String, Double> run(int starts) throws IOException, InterruptedException {
    double[] wall = new double[starts];
    double memory = 0;
    double listeningCpu = 0;
    double before = Child.cpuOfAll();
    for (int i = 0; i < starts; i++) {
      if (port == 0) {
        wall[i] = once(0).seconds();
      } else {
        try (Server server = new Server(program.get(), port)) {
          wall[i] = server.startSeconds;
          listeningCpu += server.cpuSeconds();
          memory = Math.max(memory, server.peakMegabytes());
        }
      }
    }
    double cpu = port == 0 ? Child.cpuOfAll() - before : listeningCpu;
    if (port == 0) {
      for (int i = 0; i < LOOKS && memory == 0; i++) {
        memory = once(1).megabytes(); // A program may be over before the first look.
      }
    }
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put("ms", Samples.median(wall) * 1000);
    measured.put("cpu ms", cpu / starts * 1000);
    measured.put("MB", memory);
    return measured;
  }

  /** Starts it once; returns the wall time in s. */
  double start() throws IOException, InterruptedException {
    if (port == 0) {
      return once(0).seconds();
    }
    try (Server server = new Server(program.get(), port)) {
      return server.startSeconds;
    }
  }

  private Child once(long lookMillis) throws IOException, InterruptedException {
    Child child = Child.run(program.get(), lookMillis);
    if (child.status() != 0) {
      throw new IOException(
          "status " + child.status() + ": " + String.join(" ", program.get().command()));
    }
    return child;
  }
}
