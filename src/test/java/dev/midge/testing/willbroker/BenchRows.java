package dev.midge.testing.willbroker;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketEncoder;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Rows about the end of a connection and the delay of a will. */
final class BenchRows {
  private static final String WILL = "w q0";
  private static final String NONE = "none";
  private static final String IN_TIME = "in time";
  private static final double NANOS = 1e9;
  private static final long PAUSE_NANOS = 100_000_000;
  private static final int[] ERRORS = {
    0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99
  };

  private BenchRows() {}

  static List<BenchRow> all() {
    return Stream.of(ends(), silences(), takeOvers(), delays(), BenchRowsOfMessages.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<BenchRow> ends() {
    return List.of(
        BenchRow.all("clean", NONE, b -> ended(b, b.mortal(), false)),
        BenchRow.all("clean-reset", NONE, b -> ended(b, b.mortal(), true)),
        BenchRow.all("clean-unread", "m q0, none", BenchRows::unread),
        BenchRow.v5("reason-04", WILL, b -> disconnected(b, b.mortal(), 0x04, Properties.NONE)),
        BenchRow.v5("reason-error", "12 wills", BenchRows::errors),
        BenchRow.v5(
            "reason-expiry-0",
            WILL,
            b ->
                disconnected(
                    b,
                    b.mortal(b.delayed(20), 300),
                    0x04,
                    Properties.of(Property.SESSION_EXPIRY_INTERVAL, 0))),
        BenchRow.all("close", WILL, b -> closed(b, b.mortal())),
        BenchRow.all("kill", WILL, b -> closed(b, b.mortal())),
        BenchRow.all("reset", WILL, b -> torn(b, b.mortal())),
        BenchRow.all(
            "half-packet",
            "w q0, none",
            b -> {
              RawClient client = b.mortal();
              String packet = hex(b, new Publish(b.will("half", 0).message(), false, 0));
              client.sendHex(packet.substring(0, packet.length() - 4));
              client.close();
              return b.next() + ", " + b.silence();
            }),
        BenchRow.all("malformed", WILL, b -> refused(b, "C1 00")),
        BenchRow.all(
            "second-connect", WILL, b -> refused(b, hex(b, RawClient.connect(b.version, b.id)))));
  }

  private static List<BenchRow> silences() {
    return List.of(
        BenchRow.all("freeze", IN_TIME, b -> frozen(b, 1, client -> {})),
        BenchRow.all("freeze-downstream", IN_TIME, BenchRows::frozenAndServed),
        BenchRow.all(
            "freeze-half-packet", IN_TIME, b -> frozen(b, 1, c -> c.sendHex("30 0A 00 05"))),
        BenchRow.v5("server-keep-alive", IN_TIME, b -> frozen(b, 200, client -> {})));
  }

  private static List<BenchRow> takeOvers() {
    return List.of(
        BenchRow.all("takeover", WILL, b -> takenOver(b, b.will("w", 0), 0, true)),
        BenchRow.all("takeover-kept", WILL, b -> takenOver(b, b.will("w", 0), 300, false)),
        BenchRow.v5("takeover-expiry-0", WILL, b -> takenOver(b, b.delayed(20), 0, false)),
        BenchRow.v5("takeover-clean-start", WILL, b -> takenOver(b, b.delayed(20), 300, true)),
        BenchRow.v5("takeover-resume", NONE, b -> takenOver(b, b.delayed(2), 300, false)));
  }

  private static List<BenchRow> delays() {
    return List.of(
        BenchRow.all(
            "kept",
            WILL + ", session",
            b -> {
              RawClient client = b.mortal(b.will("w", 0), 300);
              b.subscribe(client, "other/" + b.id, false);
              String seen = torn(b, client);
              b.client("kept" + b.id, true, null, 0, 60)
                  .publish("other/" + b.id, "x", Qos.AT_LEAST_ONCE);
              RawClient back = b.client(b.id, false, null, 300, 60);
              return seen + (Bench.take(back) == null ? "" : ", session");
            }),
        BenchRow.v5("delay", IN_TIME, b -> delayed(b, b.mortal(b.delayed(2), 300))),
        BenchRow.v5("delay-expiry", IN_TIME, b -> delayed(b, b.mortal(b.delayed(20), 2))),
        BenchRow.v5("delay-expiry-0", WILL, b -> torn(b, b.mortal(b.delayed(20), 0))),
        BenchRow.v5("delay-resume", NONE, b -> back(b, false)),
        BenchRow.v5("delay-clean-start", WILL, b -> back(b, true)));
  }

  private static String hex(Bench bench, Packet packet) {
    return HexFormat.of().formatHex(PacketEncoder.encode(packet, bench.version).array());
  }

  static String torn(Bench bench, RawClient client) throws Exception {
    client.reset();
    return bench.next();
  }

  private static String closed(Bench bench, RawClient client) throws Exception {
    client.close();
    return bench.next();
  }

  private static String ended(Bench bench, RawClient client, boolean reset) throws Exception {
    if (reset) {
      client.send(Disconnect.NORMAL);
      client.reset();
    } else {
      bench.end(client);
    }
    return bench.silence();
  }

  private static String unread(Bench bench) throws Exception {
    RawClient client = bench.bare();
    client.sendHex(
        hex(
                bench,
                RawClient.connect(
                    bench.version, bench.id, true, bench.will("w", 0), Properties.NONE))
            + hex(bench, new Publish(bench.will("m", 0).message(), false, 0))
            + hex(bench, Disconnect.NORMAL));
    client.reset();
    return bench.next() + ", " + bench.silence();
  }

  private static String disconnected(
      Bench bench, RawClient client, int reason, Properties properties) throws Exception {
    client.send(new Disconnect(reason, properties));
    return bench.next();
  }

  private static String errors(Bench bench) throws Exception {
    int count = 0;
    for (int reason : ERRORS) {
      boolean came = disconnected(bench, bench.mortal(), reason, Properties.NONE).equals(WILL);
      if (!came) {
        return "none at " + reason;
      }
      count++;
    }
    return count + " wills";
  }

  private static String refused(Bench bench, String bytes) throws Exception {
    RawClient client = bench.mortal();
    client.sendHex(bytes);
    return bench.next();
  }

  /** Sends the last packet or bytes before the silence. */
  private interface LastWords {
    void say(RawClient client) throws IOException;
  }

  private static String frozen(Bench bench, int keepAlive, LastWords lastWords) throws Exception {
    long start = System.nanoTime();
    RawClient client = bench.client(bench.id, true, bench.will("w", 0), 0, keepAlive);
    lastWords.say(client);
    return time(bench.next(), start, 1.5, 5.5);
  }

  /** Silence of a client to which another one sends all the time. */
  private static String frozenAndServed(Bench bench) throws Exception {
    String topic = "down/" + bench.id;
    RawClient other = bench.client("down" + bench.id, true, null, 0, 60);
    Thread sender =
        new Thread(
            () -> {
              try {
                while (true) {
                  other.publish(topic, "x", Qos.AT_LEAST_ONCE);
                  other.expect(Ack.class);
                  LockSupport.parkNanos(PAUSE_NANOS);
                }
              } catch (IOException | AssertionError over) {
                // The row is over.
              }
            });
    sender.setDaemon(true);
    sender.start();
    return frozen(bench, 1, client -> bench.subscribe(client, topic, false));
  }

  private static String delayed(Bench bench, RawClient client) throws Exception {
    long start = System.nanoTime();
    client.reset();
    return time(bench.next(), start, 2, 5.5);
  }

  private static String time(String seen, long start, double from, double to) {
    double seconds = (System.nanoTime() - start) / NANOS;
    if (!seen.equals(WILL)) {
      return seen;
    }
    return seconds < from ? "early" : seconds > to ? "late" : IN_TIME;
  }

  private static String takenOver(Bench bench, Will will, long expiry, boolean cleanStart)
      throws Exception {
    bench.mortal(will, expiry);
    bench.client(bench.id, cleanStart, null, expiry, 60);
    return will.delay().toSeconds() == 2 ? bench.silence() : bench.next();
  }

  private static String back(Bench bench, boolean cleanStart) throws Exception {
    bench.mortal(bench.delayed(cleanStart ? 20 : 2), 300).reset();
    bench.client(bench.id, cleanStart, null, 300, 60);
    if (cleanStart) {
      return bench.next();
    }
    String early = bench.silence();
    return early.equals(NONE) ? bench.silence() : early;
  }
}
