package dev.midge.broker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.fault.Observer.End;
import dev.midge.broker.fault.Script.Send;
import dev.midge.broker.fault.Seen.WillComes;
import dev.midge.fault.Direction;
import dev.midge.fault.FaultPairs;
import dev.midge.fault.FaultPairs.Pair;
import dev.midge.fault.FaultSide;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.testing.Slow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every effect at every moment that is possible at the broker: a client that knows nothing of it
 * sees exactly what {@link Expectations} says. One broker has them all, one after the other, so
 * that a fault that was cleared leaves no trace.
 */
@Slow("each fault at each moment, one after the other")
class BrokerFaultPairsTest {
  private static final long PAUSE = Duration.ofMillis(300).toNanos();
  private static Scene clean;
  private static Scene scene;
  private static int ids = 100_000;

  @BeforeAll
  static void start() throws Exception {
    clean = new Scene();
    scene = new Scene();
  }

  @AfterAll
  static void stop() throws Exception {
    clean.close();
    scene.close();
  }

  static List<Pair> pairs() {
    return FaultPairs.possible(FaultSide.BROKER).stream()
        .filter(pair -> Script.comes(pair.moment()) && !pair.effect().equals("refuse:tcp"))
        .toList();
  }

  @Test
  void onlyRefuseTcpKnowsNoClients() {
    assertThat(FaultPairs.possible(FaultSide.BROKER))
        .filteredOn(pair -> !pairs().contains(pair))
        .allMatch(pair -> pair.words().equals("refuse:tcp@connack"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void theClientSeesExactlyThat(Pair given) throws Exception {
    Pair pair = given;
    if (given.moment().equals("random:1") && given.effect().startsWith("truncate")) {
      // The broker truncates what it sends only: chance hits CONNACK first.
      pair = new Pair(given.effect(), "connack", given.words());
    } else if (given.words().equals("nack@topic:a/#")) {
      // The broker does not answer what it publishes itself.
      pair = new Pair("nack", "publish-out:*", "nack@topic:b/#");
    }
    String id = "v" + ids++;
    Script script = Script.of(pair.moment(), id);
    Expectations expectations = new Expectations(clean, pair, script);
    Seen seen = expectations.seen();
    scene.plan.clearAll();
    scene.add(pair.words() + " client=" + id);
    try (Observer observer = scene.observer(ProtocolVersion.V5)) {
      script.begin(scene, observer);
      long start = System.nanoTime();
      script.last().play(scene, observer);
      if (pair.effect().equals("reorder")) {
        ping(observer);
      }
      Scene.until(() -> !scene.faults(id).isEmpty());
      assertThat(scene.faults(id).get(0)).startsWith(effect(pair) + "@");
      if (pair.effect().equals("corrupt") && script.direction() == Direction.OUT) {
        check(pair, observer, spoilt(expectations, script));
      } else {
        Scene.until(() -> observer.packets().size() >= seen.packets().size());
        Scene.until(() -> observer.end() != End.OPEN || seen.end() == End.OPEN);
        check(pair, observer, seen);
        goOn(pair, observer, seen, start);
        checkWill(id, observer, seen);
      }
    }
  }

  private static void ping(Observer observer) {
    observer.send(((Send) Script.PING).packet());
  }

  private static String effect(Pair pair) {
    return pair.effect().replace("throttle:2000", "throttle:2000/s");
  }

  private static void check(Pair pair, Observer observer, Seen seen) throws Exception {
    scene.settle();
    List<String> packets = observer.packets();
    assertThat(observer.end()).isEqualTo(seen.end());
    if (pair.effect().equals("corrupt")) {
      assertThat(packets).hasSameSizeAs(seen.packets());
      for (int i = 0; i < packets.size(); i++) {
        boolean last = packets.get(i).equals(seen.packets().get(i));
        int different = bits(packets.get(i), seen.packets().get(i));
        assertThat(different).isEqualTo(last ? 0 : 1);
      }
      assertThat(packets).isNotEqualTo(seen.packets());
    } else if (pair.words().equals("garbage@every:200ms")) {
      assertThat(packets).startsWith(seen.packets().toArray(new String[0]));
      assertThat(packets.subList(1, packets.size())).containsOnly(Expectations.GARBAGE);
    } else {
      assertThat(packets).isEqualTo(seen.packets());
    }
  }

  /** The connection answers, or it does not; after a pause, not before it is over. */
  private static void goOn(Pair pair, Observer observer, Seen seen, long start) throws Exception {
    if (pair.moment().startsWith("every")) {
      scene.plan.clearAll(); // a blackout every 200 ms never ends
      scene.settle();
    }
    int before = observer.packets().size();
    ping(observer);
    if (seen.answers()) {
      Scene.until(() -> observer.endsIn(Script.PINGRESP, before));
      boolean slow = pair.effect().startsWith("blackout") || pair.effect().startsWith("delay");
      if (slow && !pair.moment().startsWith("every")) { // where it is cleared
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(PAUSE);
      }
    } else if (seen.packets().isEmpty() && seen.will() == WillComes.NEVER) {
      return; // PINGREQ is the first packet that the broker handles, and ends the connection
    } else {
      scene.settle();
      assertThat(observer.packets()).hasSize(before);
      assertThat(observer.end()).isEqualTo(seen.end());
    }
  }

  private static void checkWill(String id, Observer observer, Seen seen) throws Exception {
    if (seen.will() == WillComes.NOW) {
      Scene.until(() -> scene.wills(id) > 0);
    } else {
      assertThat(scene.wills(id)).isZero();
    }
    observer.close();
    if (seen.will() == WillComes.LATER) {
      Scene.until(() -> scene.wills(id) > 0);
    }
    scene.settle();
    assertThat(scene.wills(id)).isEqualTo(seen.will() == WillComes.NEVER ? 0 : 1);
  }

  /** Returns the number of different bits. */
  private static int bits(String one, String other) {
    byte[] a = HexFormat.of().parseHex(one);
    byte[] b = HexFormat.of().parseHex(other);
    assertThat(a).hasSameSizeAs(b);
    int bits = 0;
    for (int i = 0; i < a.length; i++) {
      bits += Integer.bitCount((a[i] ^ b[i]) & 0xFF);
    }
    return bits;
  }

  /** Returns what a client sees that flips a bit of its packet itself, for each bit. */
  private static List<List<Object>> spoilt(Expectations expectations, Script script)
      throws Exception {
    List<List<Object>> all = new ArrayList<>();
    boolean hasBody = script.size() > 2;
    for (int bit = hasBody ? 16 : 0; bit < (hasBody ? script.size() * 8 : 4); bit++) {
      Seen seen = expectations.play(script.flipped(bit));
      all.add(List.of(seen.packets(), seen.end()));
    }
    return all;
  }

  private static void check(Pair pair, Observer observer, List<List<Object>> wanted) {
    if (pair.moment().startsWith("random")) { // CONNACK has a flipped bit as well
      Scene.until(() -> sizes(wanted).contains(sizes(observer)));
      return;
    }
    Scene.until(() -> wanted.contains(List.of(observer.packets(), observer.end())));
  }

  private static List<Object> sizes(Observer observer) {
    return List.of(observer.packets().stream().map(String::length).toList(), observer.end());
  }

  private static List<List<Object>> sizes(List<List<Object>> all) {
    return all.stream()
        .map(
            each ->
                List.of(
                    ((List<?>) each.get(0)).stream().map(p -> ((String) p).length()).toList(),
                    each.get(1)))
        .toList();
  }
}
