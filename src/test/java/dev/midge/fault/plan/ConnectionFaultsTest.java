package dev.midge.fault.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.fault.Direction;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.PacketType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionFaultsTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock = new AtomicLong();
  private final List<FaultEvent> events = new ArrayList<>();

  private FaultPlan plan(FaultSide side, long seed, String... faults) throws Exception {
    FaultPlan plan = new FaultPlan(side, seed, clock::get, events::add);
    for (String fault : faults) {
      plan.add(FaultParser.parse(fault, side));
    }
    return plan;
  }

  private static ConnectionFaults connect(FaultPlan plan, String clientId) {
    ConnectionFaults faults = plan.open("127.0.0.1:1");
    faults.identify(clientId, null, ProtocolVersion.V5);
    return faults;
  }

  private static List<String> publish(ConnectionFaults faults, Direction direction, String topic) {
    return faults.packet(direction, PacketType.PUBLISH, topic).stream().map(Due::moment).toList();
  }

  @Test
  void packetsAreCountedOnEachConnectionAndInTheirDirection() throws Exception {
    FaultPlan plan = plan(FaultSide.BROKER, 1, "close@publish-out:2");
    for (int i = 0; i < 2; i++) {
      ConnectionFaults faults = connect(plan, "a");
      assertThat(publish(faults, Direction.OUT, "t")).isEmpty();
      assertThat(publish(faults, Direction.IN, "t")).isEmpty();
      assertThat(publish(faults, Direction.OUT, "t")).containsExactly("publish-out:2");
      assertThat(publish(faults, Direction.OUT, "t")).isEmpty();
    }
  }

  @Test
  void countedFaultsHappenAsOftenAndNoMore() throws Exception {
    FaultPlan plan = plan(FaultSide.BROKER, 1, "close@publish-out:1x2");
    assertThat(publish(connect(plan, "a"), Direction.OUT, "t")).hasSize(1);
    assertThat(publish(connect(plan, "b"), Direction.OUT, "t")).hasSize(1);
    assertThat(publish(connect(plan, "c"), Direction.OUT, "t")).isEmpty();
    assertThat(plan.faults().get(0).happened()).isEqualTo(2);
  }

  @Test
  void aClientDiesOnceOfAFaultUnlessItIsToldOtherwise() throws Exception {
    FaultPlan once = plan(FaultSide.CLIENT, 1, "reset@publish:1");
    assertThat(publish(connect(once, "a"), Direction.OUT, "t")).hasSize(1);
    assertThat(publish(connect(once, "a"), Direction.OUT, "t")).isEmpty();
    FaultPlan twice = plan(FaultSide.CLIENT, 1, "reset@publish:1x2");
    assertThat(publish(connect(twice, "a"), Direction.OUT, "t")).hasSize(1);
    assertThat(publish(connect(twice, "a"), Direction.OUT, "t")).hasSize(1);
    assertThat(publish(connect(twice, "a"), Direction.OUT, "t")).isEmpty();
  }

  @Test
  void onlyWhoIsMeantIsHit() throws Exception {
    FaultPlan plan = plan(FaultSide.PROXY, 1, "drop@publish-in:* client=dev-* topic=a/#");
    assertThat(publish(connect(plan, "dev-1"), Direction.IN, "a/b")).hasSize(1);
    assertThat(publish(connect(plan, "dev-1"), Direction.IN, "b")).isEmpty();
    assertThat(publish(connect(plan, "other"), Direction.IN, "a/b")).isEmpty();
    assertThat(publish(plan.open("127.0.0.1:2"), Direction.IN, "a/b")).isEmpty();
  }

  @Test
  void timeIsCountedFromConnackOrFromThePlanWhicheverIsLater() throws Exception {
    FaultPlan plan = plan(FaultSide.PROXY, 1, "close@after:2s", "blackout:1s@every:5s");
    ConnectionFaults faults = connect(plan, "a");
    assertThat(faults.nextTime()).isEqualTo(ConnectionFaults.NEVER);
    clock.set(SECOND);
    faults.connected();
    assertThat(faults.nextTime()).isEqualTo(3 * SECOND);
    assertThat(faults.time()).isEmpty();
    clock.set(3 * SECOND);
    assertThat(faults.time()).extracting(Due::moment).containsExactly("after:2s");
    assertThat(faults.nextTime()).isEqualTo(6 * SECOND);
    clock.set(6 * SECOND);
    assertThat(faults.time()).extracting(Due::moment).containsExactly("every:5s");
    assertThat(faults.nextTime()).isEqualTo(11 * SECOND);
    plan.add(FaultParser.parse("reset@after:1s", FaultSide.PROXY));
    assertThat(faults.nextTime()).isEqualTo(7 * SECOND);
  }

  @Test
  void aSlowFaultThatIsAddedLaterBeginsAtOnceAndEndsWhenItIsCleared() throws Exception {
    FaultPlan plan = plan(FaultSide.PROXY, 1);
    ConnectionFaults faults = connect(plan, "a");
    faults.connected();
    clock.set(SECOND);
    int number = plan.add(FaultParser.parse("delay:1s+throttle:10", FaultSide.PROXY)).number();
    assertThat(faults.nextTime()).isEqualTo(SECOND);
    assertThat(faults.time()).hasSize(1);
    assertThat(faults.shaping(Direction.IN))
        .isEqualTo(new Shaping(Duration.ofSeconds(1), 10, Integer.MAX_VALUE, Duration.ZERO));
    assertThat(plan.clear(number)).isTrue();
    assertThat(faults.shaping(Direction.IN)).isEqualTo(Shaping.NONE);
    assertThat(connect(plan, "b").connected()).isEmpty();
    assertThat(plan.clear(number)).isFalse();
  }

  @Test
  void bytesAreCountedTogetherOrInOneDirection() throws Exception {
    FaultPlan plan = plan(FaultSide.PROXY, 1, "close@bytes:10", "reset@bytes-in:6");
    ConnectionFaults faults = connect(plan, "a");
    assertThat(faults.untilBytes(Direction.OUT)).isEqualTo(10);
    assertThat(faults.untilBytes(Direction.IN)).isEqualTo(6);
    assertThat(faults.bytes(Direction.OUT, 5)).isEmpty();
    assertThat(faults.untilBytes(Direction.IN)).isEqualTo(5);
    assertThat(faults.bytes(Direction.IN, 5)).extracting(Due::moment).containsExactly("bytes:10");
    assertThat(faults.bytes(Direction.IN, 1)).extracting(Due::moment).containsExactly("bytes-in:6");
    assertThat(faults.untilBytes(Direction.IN)).isEqualTo(ConnectionFaults.NEVER);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 42, 1234567, -1, Long.MAX_VALUE, Long.MIN_VALUE, 99})
  void withTheSameSeedTheSameHappensWhicheverDirectionIsFirst(long seed) throws Exception {
    List<List<Integer>> runs = new ArrayList<>();
    for (boolean inFirst : new boolean[] {true, false}) {
      FaultPlan plan = plan(FaultSide.PROXY, seed, "drop@random:0.3", "drop@random:0.3 share=50");
      List<Integer> hits = new ArrayList<>();
      for (String id : List.of("a", "b", "a", "c")) {
        ConnectionFaults faults = connect(plan, id);
        List<Integer> in = new ArrayList<>();
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          if (inFirst) {
            in.add(publish(faults, Direction.IN, "t").size());
          }
          out.add(publish(faults, Direction.OUT, "t").size());
          if (!inFirst) {
            in.add(publish(faults, Direction.IN, "t").size());
          }
        }
        hits.addAll(in);
        hits.addAll(out);
      }
      runs.add(hits);
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains(0, 1);
  }

  @Test
  void chanceKeepsToItsProbability() throws Exception {
    ConnectionFaults faults = connect(plan(FaultSide.PROXY, 7, "drop@random:0.25"), "a");
    int hits = 0;
    for (int i = 0; i < 4000; i++) {
      hits += publish(faults, Direction.IN, "t").size();
    }
    assertThat(hits).isBetween(850, 1150);
  }

  @Test
  void probabilityZeroNeverHappensAndOneAlways() throws Exception {
    ConnectionFaults never = connect(plan(FaultSide.PROXY, 7, "drop@random:0"), "a");
    ConnectionFaults always = connect(plan(FaultSide.PROXY, 7, "drop@random:1"), "a");
    for (int i = 0; i < 1000; i++) {
      assertThat(publish(never, Direction.IN, "t")).isEmpty();
      assertThat(publish(always, Direction.IN, "t")).hasSize(1);
    }
  }

  @Test
  void theListenerHearsWhatWasCarriedOut() throws Exception {
    FaultPlan plan = plan(FaultSide.BROKER, 1, "reset@connected client=a");
    ConnectionFaults faults = connect(plan, "a");
    Due due = faults.connected().get(0);
    clock.set(1_500_000_000L);
    plan.carriedOut(faults, due);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).line()).isEqualTo("Fault reset at connected, a, after 1.500 s");
  }

  @Test
  void aPlanLetsGoOfWhoNoLongerWatchesIt() throws Exception {
    FaultPlan plan = plan(FaultSide.BROKER, 1);
    AtomicLong told = new AtomicLong();
    Runnable end = plan.onChange(told::incrementAndGet);
    plan.add(FaultParser.parse("close@publish-out:1", FaultSide.BROKER));
    end.run();
    plan.add(FaultParser.parse("close@publish-out:2", FaultSide.BROKER));

    assertThat(told).hasValue(1);
  }
}
