package dev.midge.client.job;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.EngineKind;
import dev.midge.client.MessageListener;
import dev.midge.client.source.PayloadMessages;
import dev.midge.client.source.PayloadSource;
import dev.midge.client.source.PublishSpec;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.CuttingRelay;
import dev.midge.testing.Specs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many lines by way of a relay that cuts again and again, in front of any broker. The pause between
 * attempts is shortened: many cuts are wanted, not a long test.
 */
final class LinesTrial {

  static final String LAST = "the end";

  private static final int LINES = 10_000;
  private static final int PAUSE_MILLIS = 5;
  private static final int LONGEST = 50_000; // So that the largest line gets through some day.
  private static final int LEAST_CUTS =
      9; // All lines are more than nine times the longest; mostly there are 100.

  private final ProtocolVersion version;
  private final Qos qos;
  private final boolean kept;
  private final long seed;
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger duplicates = new AtomicInteger();
  private final AtomicInteger releases = new AtomicInteger();
  private volatile int connections;

  /**
   * @param kept whether the broker keeps the session: {@code -c}
   */
  LinesTrial(ProtocolVersion version, Qos qos, boolean kept, long seed) {
    this.version = version;
    this.qos = qos;
    this.kept = kept;
    this.seed = seed;
  }

  /** Every kind, from the seed {@code -Dmidge.seed} on, so many seeds: {@code -Dmidge.seeds}. */
  static List<LinesTrial> all() {
    long first = Long.getLong("midge.seed", 1);
    List<LinesTrial> all = new ArrayList<>();
    for (long seed = first; seed < first + Integer.getInteger("midge.seeds", 1); seed++) {
      for (ProtocolVersion version : List.of(ProtocolVersion.V5, ProtocolVersion.V3_1_1)) {
        for (Qos qos : List.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
          all.add(new LinesTrial(version, qos, true, seed));
          all.add(new LinesTrial(version, qos, false, seed));
        }
      }
    }
    return all;
  }

  /** Publishes all lines to the broker at that port, in which a subscriber waits for the topic. */
  void publish(EngineKind engine, int port, String topic) throws Exception {
    try (CuttingRelay relay = new CuttingRelay(port, seed, LONGEST)) {
      JobResult ending =
          new PublishJob(
                  spec(engine, relay.port()), message(topic, qos), new Counting(), PAUSE_MILLIS)
              .publishAll(new PayloadMessages(new Lines(), message(topic, qos)));

      assertThat(ending).isEqualTo(JobResult.DONE);
      assertThat(relay.cuts()).as("%s: cuts", this).isGreaterThanOrEqualTo(LEAST_CUTS);
      assertThat(duplicates).as("%s: lines sent again", this).hasPositiveValue();
      assertThat(sessions)
          .as("%s: sessions found again", this)
          .hasValue(kept ? connections - 1 : 0);
    }
    Connection direct =
        Engines.open(Specs.to(port).spec(), ClientEvents.NONE, MessageListener.IGNORE);
    try (direct) {
      ConnectionFailures.result(
          direct.publish(Message.of(topic, LAST.getBytes(US_ASCII), qos, false)));
      direct.end(0, Properties.NONE);
    }
  }

  private ConnectSpec spec(EngineKind engine, int port) {
    Specs specs = Specs.to(port).engine(engine).version(version).cleanStart(!kept);
    if (kept) {
      specs.clientId("lines-" + engine + version + qos + seed);
    }
    if (kept && version.isV5()) {
      specs.properties(
          Properties.builder()
              .add(Property.SESSION_EXPIRY_INTERVAL, 4294967295L)
              .add(Property.RECEIVE_MAXIMUM, 20)
              .build());
    }
    return specs.spec();
  }

  private static PublishSpec message(String topic, Qos qos) {
    return new PublishSpec(topic, qos, false, Properties.NONE, Properties.NONE, Duration.ZERO);
  }

  /** Compares what a subscriber got, up to {@connection #LAST}. */
  void check(List<String> arrived) {
    List<String> wanted = new ArrayList<>();
    for (int number = 1; number <= LINES; number++) {
      wanted.add(line(number));
    }
    if (qos == Qos.EXACTLY_ONCE && kept) {
      assertSame(arrived, wanted);
    } else {
      Set<String> first = new LinkedHashSet<>(arrived);
      assertSame(new ArrayList<>(first), wanted);
      assertThat(arrived.size() - first.size())
          .as("%s: lines that came more than once", this)
          .isLessThanOrEqualTo(duplicates.get() + releases.get());
    }
  }

  /** Tells the first difference instead of 10,000 lines. */
  private void assertSame(List<String> arrived, List<String> wanted) {
    int same = 0;
    while (same < Math.min(arrived.size(), wanted.size())
        && arrived.get(same).equals(wanted.get(same))) {
      same++;
    }
    assertThat(brief(arrived, same))
        .as("%s: after %d lines", this, same)
        .isEqualTo(brief(wanted, same));
  }

  private static List<String> brief(List<String> lines, int from) {
    return lines.subList(from, Math.min(from + 5, lines.size())).stream()
        .map(line -> line.substring(0, Math.min(line.length(), 8)))
        .toList();
  }

  /** Some are short, some are long, and a few do not fit into any buffer. */
  private static String line(int number) {
    char[] filling = new char[number % 2500 == 0 ? 40_000 : number % 37];
    Arrays.fill(filling, '.');
    return number + new String(filling);
  }

  @Override
  public String toString() {
    return version + ", " + qos + (kept ? ", kept session" : "") + ", -Dmidge.seed=" + seed;
  }

  private static final class Lines implements PayloadSource {
    private int number;

    @Override
    public byte[] next() {
      return number == LINES ? null : line(++number).getBytes(US_ASCII);
    }

    @Override
    public boolean isReady() {
      return number < LINES;
    }

    @Override
    public boolean isStream() {
      return true;
    }
  }

  private final class Counting implements ClientEvents {

    @Override
    public boolean wantsPackets() {
      return true;
    }

    @Override
    public void sending(Packet packet) {
      if (packet instanceof Publish publish && publish.dup()) {
        duplicates.incrementAndGet();
      }
      if (packet instanceof Ack && packet.type() == PacketType.PUBREL) {
        releases.incrementAndGet();
      }
    }

    @Override
    public void connected(Connack connack, String clientId) {
      connections++;
      if (connack.sessionPresent()) {
        sessions.incrementAndGet();
      }
    }
  }
}
