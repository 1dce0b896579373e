package dev.midge.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As many messages as go through. Each publisher has a topic of its own. */
record Throughput(int publishers, int subscribers, int qos, double aim, Timing timing)
    implements Scenario {
  static final int PAYLOAD = 64;

  /** Messages in flight per publisher: what both brokers grant by default. */
  static final int IN_FLIGHT = 20;

  /** Messages under way that the slowest subscriber does not have. */
  static final int WINDOW = 2_000;

  /** With QoS 1 and 2 they queue in the broker: below what it keeps for a subscriber. */
  static final int WINDOW_ACKNOWLEDGED = 800;

  /**
   * How long, in seconds.
   *
   * @param warmUp before anything is counted
   */
  record Timing(double warmUp, double seconds) {

    /** Returns how long this one runs before; a program without a JVM is as fast from the start. */
    double warmUp(Target target) {
      boolean isNative = target == Target.MOSQUITTO || target == Target.NODELAY;
      return isNative ? Math.min(warmUp, 0.5) : warmUp;
    }
  }

  @Override
  public String name() {
    return publishers + "-" + subscribers + "-qos" + qos;
  }

  String title() {
    return publishers + " → " + subscribers + ", QoS " + qos;
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.MIDGE, Target.MOSQUITTO, Target.NODELAY, Target.MIRROR);
  }

  @Override
  public Map<String, Double> run(Servers servers, Target target) throws IOException {
    try (Server server = servers.start(target);
        Flow flow = flow(server.port)) {
      long start = System.nanoTime();
      flow.runUntil(start + nanos(timing.warmUp(target)));

      long driver = ProcessHandle.current().pid();
      double brokerCpu = server.cpuSeconds();
      double driverCpu = Server.cpuSeconds(driver);
      long received = flow.received();
      long from = System.nanoTime();
      flow.runUntil(from + nanos(timing.seconds));
      double seconds = (System.nanoTime() - from) / 1e9;
      double deliveries = flow.received() - received;
      brokerCpu = server.cpuSeconds() - brokerCpu;
      driverCpu = Server.cpuSeconds(driver) - driverCpu;

      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("deliveries/s", deliveries / seconds);
      figures.put("deliveries/cpu-s", deliveries / Math.max(0.01, brokerCpu));
      figures.put("broker cpu", brokerCpu / seconds);
      figures.put("driver cpu", driverCpu / seconds);
      figures.put("resident MB", server.residentMegabytes());
      figures.put("peak MB", server.peakMegabytes());
      figures.put("lost", (double) flow.drain());
      return figures;
    }
  }

  static long nanos(double seconds) {
    return (long) (seconds * 1e9);
  }

  Flow flow(int port) throws IOException {
    String filter = publishers == 1 ? topic(0) : "bench/#";
    List<Subscriber> in = new ArrayList<>();
    for (int i = 0; i < subscribers; i++) {
      Wire wire = Wire.open(port, "bench-sub-" + i, Wire.BUFFER).subscribed(filter, qos);
      in.add(new Subscriber(wire));
    }
    List<Publisher> out = new ArrayList<>();
    for (int i = 0; i < publishers; i++) {
      Wire wire = Wire.open(port, "bench-pub-" + i, Wire.BUFFER);
      out.add(new Publisher(wire, topic(i), qos, PAYLOAD, IN_FLIGHT));
    }
    return new Flow(out, in, qos == 0 ? WINDOW : WINDOW_ACKNOWLEDGED);
  }

  private static String topic(int publisher) {
    return "bench/" + (char) ('a' + publisher);
  }
}
