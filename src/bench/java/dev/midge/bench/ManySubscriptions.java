package dev.midge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many filters with wildcards among some clients: half of them {@code site/N/+/state}, half {@code
 * site/+/unit-N/#}. Each message matches one of either kind, of different clients, so it is
 * delivered twice; the topics go round, so that no memory of the last answers helps.
 */
record ManySubscriptions(Throughput.Timing timing) implements Scenario {
  static final int COUNT = 100_000;
  static final int CLIENTS = 20;
  static final int FILTERS_PER_PACKET = 50;

  /** Messages published at once; the next ones when all of them have arrived. */
  static final int BATCH = 500;

  private static final int TOPICS = COUNT / 2;
  private static final int WARM_UP = 3;

  @Override
  public String name() {
    return "subscriptions";
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.MIDGE, Target.MOSQUITTO);
  }

  @Override
  public Map<String, Double> run(Servers servers, Target target) throws IOException {
    List<Subscriber> subscribers = new ArrayList<>();
    try (Server server = servers.start(target);
        Wire out = Wire.open(server.port, "bench-pub", Wire.BUFFER)) {
      double before = server.residentMegabytes();
      for (int i = 0; i < CLIENTS; i++) {
        subscribers.add(new Subscriber(Wire.open(server.port, "bench-sub-" + i, Wire.BUFFER)));
      }
      double cold = COUNT / ask(subscribers, true);
      double kept = server.residentMegabytes();

      byte[][] messages = messages();
      publishFor(timing.warmUp(target), messages, out, subscribers);
      double cpu = server.cpuSeconds();
      double[] counted = publishFor(timing.seconds(), messages, out, subscribers);
      cpu = server.cpuSeconds() - cpu;

      double peak = server.peakMegabytes();
      double warm = 0;
      for (int i = 0; i < WARM_UP; i++) {
        ask(subscribers, false);
        warm = COUNT / ask(subscribers, true);
      }

      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("subscribed/s", cold);
      figures.put("warm subscribed/s", warm);
      figures.put("deliveries/s", counted[0] / counted[1]);
      figures.put("deliveries/cpu-s", counted[0] / Math.max(0.01, cpu));
      figures.put("before MB", before);
      figures.put("kept MB", kept);
      figures.put("peak MB", peak);
      return figures;
    } finally {
      for (Subscriber subscriber : subscribers) {
        subscriber.wire().close();
      }
    }
  }

  /** Subscribes to all, or ends that. Returns seconds. */
  private static double ask(List<Subscriber> subscribers, boolean begins) throws IOException {
    ByteBuffer[][] packets = new ByteBuffer[CLIENTS][];
    for (int i = 0; i < CLIENTS; i++) {
      packets[i] = packets(i, begins);
    }
    long start = System.nanoTime();
    for (int i = 0; i < CLIENTS; i++) {
      Bulk.ask(subscribers.get(i).wire(), packets[i]);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static ByteBuffer[] packets(int client, boolean begins) {
    int each = COUNT / CLIENTS;
    ByteBuffer[] packets = new ByteBuffer[each / FILTERS_PER_PACKET];
    for (int i = 0; i < packets.length; i++) {
      String[] filters = new String[FILTERS_PER_PACKET];
      for (int j = 0; j < FILTERS_PER_PACKET; j++) {
        int number = (client * each + i * FILTERS_PER_PACKET + j) / 2;
        int other = (number + TOPICS / 2) % TOPICS;
        filters[j] = j % 2 == 0 ? "site/" + number + "/+/state" : "site/+/unit-" + other + "/#";
      }
      packets[i] =
          begins ? Packets.subscribe(i + 1, 0, filters) : Packets.unsubscribe(i + 1, filters);
    }
    return packets;
  }

  private static byte[][] messages() {
    byte[][] packets = new byte[TOPICS][];
    for (int i = 0; i < TOPICS; i++) {
      String topic = "site/" + i + "/unit-" + i + "/state";
      packets[i] = Packets.publish(topic, 0, false, Throughput.PAYLOAD);
    }
    return packets;
  }

  /** Deliveries and seconds. */
  private static double[] publishFor(
      double seconds, byte[][] messages, Wire out, List<Subscriber> subscribers)
      throws IOException {
    long from = received(subscribers);
    long expected = from;
    long start = System.nanoTime();
    int topic = 0;
    while (System.nanoTime() - start < Throughput.nanos(seconds)) {
      for (int i = 0; i < BATCH; i++) {
        topic = (topic + 1) % TOPICS;
        out.out.put(messages[topic]);
      }
      expected += 2 * BATCH;
      while (received(subscribers) < expected) {
        out.flush();
        for (Subscriber subscriber : subscribers) {
          subscriber.ready();
        }
        if (System.nanoTime() - start > Throughput.nanos(seconds + 20)) {
          throw new IOException("messages are missing");
        }
      }
    }
    return new double[] {expected - from, (System.nanoTime() - start) / 1e9};
  }

  private static long received(List<Subscriber> subscribers) {
    long sum = 0;
    for (Subscriber subscriber : subscribers) {
      sum += subscriber.received();
    }
    return sum;
  }
}
