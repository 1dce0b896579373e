package dev.midge.testing.willbroker;

import static dev.midge.testing.willbroker.BenchRows.torn;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Ping;
import dev.midge.testing.RawClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Rows about what is published, to whom, and how often. */
final class BenchRowsOfMessages {
  private static final int MANY = 20;

  private BenchRowsOfMessages() {}

  static List<BenchRow> all() {
    return List.of(
        BenchRow.all("only-topic", " q0, none", b -> reset(b, "", 0, false) + ", " + b.late()),
        BenchRow.all("qos-1", "w q1, none", b -> reset(b, "w", 1, false) + ", " + b.silence()),
        BenchRow.all("qos-2", "w q2, none", b -> reset(b, "w", 2, false) + ", " + b.silence()),
        BenchRow.all("payload-binary", "same", b -> payload(b, 256)),
        BenchRow.all("payload-large", "same", b -> payload(b, 65535)),
        BenchRow.v5("properties", "same", BenchRowsOfMessages::properties),
        BenchRow.v5("expiry", "w q0 retained, none", BenchRowsOfMessages::expiry),
        BenchRow.all("retained", "w q1, w q1 retained", BenchRowsOfMessages::retained),
        BenchRow.all("retained-replaces", "w q0 retained", b -> replaced(b, "w")),
        BenchRow.all("retained-clears", "none", b -> replaced(b, "")),
        BenchRow.all(
            "replaced",
            "w q0",
            b -> {
              b.end(b.mortal(b.will("old", 0), 0));
              return torn(b, b.mortal());
            }),
        BenchRow.all(
            "none-left",
            "none",
            b -> {
              b.end(b.mortal());
              b.mortal(null, 0).reset();
              return b.silence();
            }),
        BenchRow.all(
            "once",
            "w q0, none",
            b -> {
              String seen = torn(b, b.mortal());
              b.end(b.mortal());
              return seen + ", " + b.silence();
            }),
        BenchRow.all("order", "last", BenchRowsOfMessages::order),
        BenchRow.all(
            "to-absent",
            "w",
            b -> {
              RawClient absent = b.client("a" + b.id, true, null, 300, 60);
              b.subscribe(absent, b.topic, false);
              b.end(absent);
              torn(b, b.mortal(b.will("w", 1), 0));
              return onReturn(b.client("a" + b.id, false, null, 300, 60));
            }),
        BenchRow.all(
            "to-itself",
            "w",
            b -> {
              RawClient client = b.mortal(b.will("w", 1), 300);
              b.subscribe(client, b.topic, false);
              torn(b, client);
              return onReturn(b.client(b.id, false, null, 300, 60));
            }),
        BenchRow.v5("to-group", "2 copies", b -> copies(b, "$share/g/" + b.topic, 3)),
        BenchRow.all("to-many", (MANY + 1) + " copies", b -> copies(b, b.topic, MANY)),
        BenchRow.all("storm", "200 wills", BenchRowsOfMessages::storm),
        BenchRow.all("wildcard-topic", "refused", BenchRowsOfMessages::wildcard));
  }

  private static String reset(Bench bench, String payload, int qos, boolean retain)
      throws Exception {
    Will will = bench.will(payload.getBytes(), qos, retain, Properties.NONE);
    return torn(bench, bench.mortal(will, 0));
  }

  private static String payload(Bench bench, int length) throws Exception {
    byte[] payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) i;
    }
    bench.mortal(bench.will(payload, 0, false, Properties.NONE), 0).reset();
    Message message = bench.nextMessage();
    return message != null && Arrays.equals(message.payload(), payload) ? "same" : "different";
  }

  private static String properties(Bench bench) throws Exception {
    Properties published =
        Properties.builder()
            .add(Property.PAYLOAD_FORMAT_INDICATOR, 1)
            .add(Property.CONTENT_TYPE, "text")
            .userProperty("b", "1")
            .userProperty("a", "2")
            .userProperty("b", "1")
            .build();
    Properties given = published.plus(Property.WILL_DELAY_INTERVAL, 1);
    bench.mortal(bench.will("w".getBytes(), 0, false, given), 0).reset();
    Message message = bench.nextMessage();
    return message == null || !message.properties().equals(published) ? "different" : "same";
  }

  private static String expiry(Bench bench) throws Exception {
    Properties two = Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, 2);
    RawClient client = bench.mortal(bench.will("w".getBytes(), 0, true, two), 0);
    LockSupport.parkNanos(2_100_000_000L);
    torn(bench, client);
    String first = bench.late();
    LockSupport.parkNanos(2_100_000_000L);
    return first + ", " + bench.late();
  }

  private static String retained(Bench bench) throws Exception {
    RawClient live = bench.subscriber("live" + bench.id, bench.topic, false);
    reset(bench, "w", 1, true);
    return Bench.words(Bench.take(live)) + ", " + bench.late();
  }

  private static String replaced(Bench bench, String payload) throws Exception {
    Will will = bench.will(payload.getBytes(), 0, true, Properties.NONE);
    RawClient client = bench.mortal(will, 0);
    client.publish(Message.of(bench.topic, "online".getBytes(), Qos.AT_LEAST_ONCE, true));
    client.expect(Ack.class);
    bench.next();
    torn(bench, client);
    return bench.late();
  }

  private static String order(Bench bench) throws Exception {
    RawClient client = bench.mortal(bench.will("w", 1), 0);
    for (int i = 0; i < 300; i++) {
      client.publish(bench.topic, "m" + i, Qos.AT_LEAST_ONCE);
      client.expect(Ack.class);
    }
    client.reset();
    int before = 0;
    for (String next = bench.next(); !next.equals("w q1"); next = bench.next()) {
      if (next.equals("none")) {
        return next;
      }
      before++;
    }
    return before == 300 ? "last" : "after " + before;
  }

  private static String onReturn(RawClient client) throws Exception {
    client.send(Ping.REQUEST);
    try {
      return new String(Bench.take(client).payload());
    } catch (AssertionError pingResponse) {
      return "none";
    }
  }

  private static String copies(Bench bench, String filter, int subscribers) throws Exception {
    for (int i = 0; i < subscribers; i++) {
      bench.collect(bench.subscriber("s" + i + bench.id, filter, false));
    }
    bench.mortal().reset();
    int copies = 0;
    for (String next = bench.next(); !next.equals("none"); next = bench.silence()) {
      copies++;
    }
    return copies + " copies";
  }

  private static String storm(Bench bench) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      clients.add(bench.client(bench.id + i, true, bench.will("w" + i, 0), 0, 60));
    }
    for (RawClient client : clients) {
      client.reset();
    }
    for (String next = bench.next(); !next.equals("none"); next = bench.silence()) {
      seen.add(next);
    }
    return seen.size() + " wills";
  }

  private static String wildcard(Bench bench) throws Exception {
    Message message = Message.of("bench/wild/#", new byte[0], Qos.AT_MOST_ONCE, false);
    try {
      bench.mortal(new Will(message), 0);
      return "accepted";
    } catch (AssertionError refused) {
      return "refused";
    }
  }
}
