package dev.midge.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Many retained messages of QoS 0, and one who wants them all. */
record RetainedTopics() implements Scenario {
  static final int COUNT = 100_000;

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
    try (Server server = servers.start(target)) {
      double before = server.residentMegabytes();
      double stored;
      try (Wire out = Wire.open(server.port, "bench-pub", Wire.BUFFER)) {
        stored = Bulk.publish(out, COUNT, RetainedTopics::packet);
      }
      double kept = server.residentMegabytes();

      try (Wire in = Wire.open(server.port, "bench-sub", Wire.BUFFER)) {
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
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("stored/s", COUNT / stored);
        figures.put("to # ms", (last - start) / 1e6);
        figures.put("lost", (double) (COUNT - count));
        figures.put("before MB", before);
        figures.put("kept MB", kept);
        figures.put("peak MB", server.peakMegabytes());
        return figures;
      }
    }
  }

  private static byte[] packet(int number) {
    String topic = "site/" + number / 1000 + "/room/" + number % 1000 + "/temperature";
    return Packets.publish(topic, 0, true, Throughput.PAYLOAD);
  }
}
