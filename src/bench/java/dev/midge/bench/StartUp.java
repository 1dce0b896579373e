package dev.midge.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * From exec until a connection is accepted; of the bare JVM, until a program without work exits.
 */
record StartUp() implements Scenario {
  /** Starts in a round: one is soon done, and one alone says little. */
  static final int STARTS = 5;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.MIDGE, Target.MOSQUITTO, Target.BARE_JVM);
  }

  @Override
  public Map<String, Double> run(Servers servers, Target target)
      throws IOException, InterruptedException {
    double[] taken = new double[STARTS];
    double memory = Double.NaN;
    for (int i = 0; i < STARTS; i++) {
      if (target == Target.BARE_JVM) {
        taken[i] = servers.bareJvm();
      } else {
        try (Server server = servers.start(target)) {
          taken[i] = server.startSeconds;
          Thread.sleep(200);
          memory = server.residentMegabytes();
        }
      }
    }
    return Map.of("ms", Samples.median(taken) * 1000, "resident MB", memory);
  }
}
