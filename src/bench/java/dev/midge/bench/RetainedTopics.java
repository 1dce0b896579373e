package dev.midge.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many retained messages of QoS 0 in a broker that has just started, and one who wants them all;
 * then they are cleared and stored again, until the broker is warm.
 */
record RetainedTopics() implements Scenario {
  static final int COUNT = 100_000;

  private static final int WARM_UP = 2;

  /** How long nothing may come before the rest counts as lost, in nanoseconds. */
  private static final long PATIENCE = 5_000_000_000L;

  @Override
  public String name() {
    return "retained";
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.MIDGE, Target.MOSQUITTO);
  }

  @Override
  public Map<String, Double> run(Servers servers, Target target) throws IOException {
    try (Server server = servers.start(target);
        Wire out = Wire.open(server.port, "bench-pub", Wire.BUFFER)) {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("before MB", server.residentMegabytes());
      figures.put("stored/s", COUNT / Bulk.publish(out, COUNT, number -> packet(number, 64)));
      figures.put("kept MB", server.residentMegabytes());
      try (Wire in = Wire.open(server.port, "bench-sub", Wire.BUFFER)) {
        figures.putAll(readAll(in));
      }
      figures.put("peak MB", server.peakMegabytes());

      double warm = 0;
      for (int i = 0; i <= WARM_UP; i++) {
        Bulk.publish(out, COUNT, number -> packet(number, 0));
        warm = Bulk.publish(out, COUNT, number -> packet(number, 64));
      }
      figures.put("warm stored/s", COUNT / warm);
      return figures;
    }
  }

  private static Map<String, Double> readAll(Wire in) throws IOException {
    Subscriber subscriber = new Subscriber(in);
    long start = System.nanoTime();
    in.out.put(Packets.subscribe(1, 0, "#"));
    subscriber.ready();
    long last = start;
    long count = 0;
    while (count < COUNT && System.nanoTime() - last < PATIENCE) {
      subscriber.ready();
      if (subscriber.received() > count) {
        count = subscriber.received();
        last = System.nanoTime();
      }
    }
    return Map.of("to # ms", (last - start) / 1e6, "lost", (double) (COUNT - count));
  }

  /** Stores a message, or clears it where the payload has no byte. */
  private static byte[] packet(int number, int payload) {
    String topic = "site/" + number / 1000 + "/room/" + number % 1000 + "/temperature";
    return Packets.publish(topic, 0, true, payload);
  }
}
