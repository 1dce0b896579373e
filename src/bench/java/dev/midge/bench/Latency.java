package dev.midge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One publisher, one subscriber, a moderate rate: from the moment when a message was due to the
 * moment when the subscriber has it. The driver never sleeps, so that its own waking up is not
 * measured; a message that is late counts from when it was due.
 */
record Latency(int qos, Throughput.Timing timing) implements Scenario {
  static final int RATE = 4_000;

  private static final String TOPIC = "bench/a";

  @Override
  public String name() {
    return "latency-qos" + qos;
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.MIDGE, Target.MOSQUITTO, Target.NODELAY, Target.MIRROR);
  }

  @Override
  public Map<String, Double> run(Servers servers, Target target) throws IOException {
    try (Server server = servers.start(target);
        Wire in = Wire.open(server.port, "bench-sub", 64 * 1024).subscribed(TOPIC, qos);
        Wire out = Wire.open(server.port, "bench-pub", 64 * 1024)) {
      measure(in, out, timing.warmUp(target));
      double cpu = server.cpuSeconds();
      long[] taken = measure(in, out, timing.seconds());
      cpu = server.cpuSeconds() - cpu;
      Arrays.sort(taken);
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("p50 µs", at(taken, 0.50));
      figures.put("p99 µs", at(taken, 0.99));
      figures.put("max ms", taken[taken.length - 1] / 1e6);
      figures.put("broker cpu", cpu / timing.seconds());
      figures.put("peak MB", server.peakMegabytes());
      return figures;
    }
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) (sorted.length * share)] / 1e3;
  }

  /** Nanoseconds that each message took. */
  private long[] measure(Wire in, Wire out, double seconds) throws IOException {
    byte[] packet = Packets.publish(TOPIC, qos, false, Throughput.PAYLOAD);
    int payloadAt = packet.length - Throughput.PAYLOAD;
    long[] taken = new long[(int) (seconds * RATE)];
    long start = System.nanoTime();
    int sent = 0;
    int received = 0;
    int inFlight = 0;
    while (received < taken.length || inFlight > 0) {
      long due = start + sent * (1_000_000_000L / RATE);
      boolean mayPublish = sent < taken.length && inFlight < Throughput.IN_FLIGHT;
      if (mayPublish && System.nanoTime() - due >= 0) {
        sent++;
        int at = out.out.position();
        out.out.put(packet);
        if (qos > 0) {
          inFlight++;
          out.out.putShort(at + payloadAt - 2, (short) sent); // 65535 is not reached
        }
        out.out.putLong(at + payloadAt, due);
      }
      out.flush();
      if (qos > 0) {
        inFlight -= acknowledged(out);
      }
      in.fill();
      received = receive(in, taken, received);
      in.flush();
    }
    return taken;
  }

  private static int receive(Wire wire, long[] taken, int count) {
    ByteBuffer in = wire.in;
    int limit = in.position();
    int at = 0;
    int body;
    while ((body = Frames.body(in, at, limit)) > 0) {
      int end = Frames.end(in, at, body);
      if (end > limit) {
        break;
      }
      int type = Frames.type(in, at);
      if (type == Packets.PUBLISH) {
        taken[count++] = System.nanoTime() - in.getLong(end - Throughput.PAYLOAD);
        int qos = Frames.qos(in, at);
        if (qos > 0) {
          int answer = qos == 1 ? Packets.PUBACK : Packets.PUBREC;
          Packets.ack(wire.out, answer, Frames.packetIdOfPublish(in, body));
        }
      } else if (type == Packets.PUBREL) {
        Packets.ack(wire.out, Packets.PUBCOMP, Frames.packetId(in, body));
      }
      at = end;
    }
    wire.taken(at);
    return count;
  }

  /** How many messages are done with. */
  private static int acknowledged(Wire wire) throws IOException {
    wire.fill();
    int count = 0;
    ByteBuffer in = wire.in;
    int limit = in.position();
    int at = 0;
    int body;
    while ((body = Frames.body(in, at, limit)) > 0 && Frames.end(in, at, body) <= limit) {
      switch (Frames.type(in, at)) {
        case Packets.PUBACK, Packets.PUBCOMP -> count++;
        case Packets.PUBREC -> Packets.ack(wire.out, Packets.PUBREL, Frames.packetId(in, body));
        default -> {}
      }
      at = Frames.end(in, at, body);
    }
    wire.taken(at);
    return count;
  }
}
