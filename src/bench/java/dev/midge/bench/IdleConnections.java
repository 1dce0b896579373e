package dev.midge.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * New connections of a broker that has just started, and of the same one when it has had several
 * thousand; memory while they say nothing.
 */
record IdleConnections() implements Scenario {
  static final int COUNT = 1_000;

  private static final int WARM_UP = 5;
  private static final int WARM = 3;
  private static final long SETTLE_MILLIS = 2_000;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.MIDGE, Target.MOSQUITTO);
  }

  @Override
  public Map<String, Double> run(Servers servers, Target target)
      throws IOException, InterruptedException {
    try (Server server = servers.start(target);
        Crowd crowd = new Crowd(server.port)) {
      Thread.sleep(500); // what a server still does after it listens is not of interest
      double before = server.residentMegabytes();
      double cpu = server.cpuSeconds();
      double seconds = crowd.growTo(COUNT);
      cpu = server.cpuSeconds() - cpu;
      Thread.sleep(SETTLE_MILLIS);
      double resident = server.residentMegabytes();

      double[] taken = new double[WARM_UP + WARM];
      for (int i = 0; i < taken.length; i++) {
        crowd.shrinkTo(0);
        Thread.sleep(50); // until it has seen their ends
        taken[i] = crowd.growTo(COUNT);
      }
      double warm = Samples.median(Arrays.copyOfRange(taken, WARM_UP, taken.length));

      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("connections/s", COUNT / seconds);
      figures.put("connect cpu ms", cpu * 1000);
      figures.put("warm connections/s", COUNT / warm);
      figures.put("before MB", before);
      figures.put("resident MB", resident);
      return figures;
    }
  }
}
