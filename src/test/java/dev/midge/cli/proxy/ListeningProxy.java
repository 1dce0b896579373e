package dev.midge.cli.proxy;

import dev.midge.testing.MidgeRun;
import java.util.ArrayList;
import java.util.List;

/** Starts {@code midge proxy} on a free port. */
final class ListeningProxy {
  private ListeningProxy() {}

  /** Starts one, and waits until it has printed its port. */
  static MidgeRun start(Object... words) {
    List<Object> line = new ArrayList<>(List.of("proxy", "-p", 0));
    line.addAll(List.of(words));
    MidgeRun run = MidgeRun.start(line.toArray());
    run.awaitOut("\n");
    return run;
  }

  /** Returns the port that it has printed. */
  static int port(MidgeRun proxy) {
    return Integer.parseInt(proxy.outText().lines().findFirst().orElseThrow());
  }
}
