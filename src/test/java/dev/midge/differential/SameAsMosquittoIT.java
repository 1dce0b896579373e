package dev.midge.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.midge.testing.Mosquitto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The same command lines through Debian's mosquitto_pub, _sub and _rr and through ours of these
 * names: status, standard output, standard error and the bytes on the wire are the same, but for
 * what {@link Features} and {@code differences.txt} list; and what these list is to be seen.
 *
 * <p>A JVM for each case would take five minutes: most of ours run in this one, a tenth of them and
 * all those for which the process matters run through the launcher. With {@code
 * -Dmidge.differential=processes} all of them do, with {@code -Dmidge.differential.only=REGEX} only
 * cases that have such a name are tried.
 */
class SameAsMosquittoIT {
  private static final int AT_A_TIME = 4;
  private static final boolean ALL_AS_PROCESSES =
      "processes".equals(System.getProperty("midge.differential"));

  /** A pattern in the names of the few cases that are to be tried; null for all. */
  private static final String ONLY = System.getProperty("midge.differential.only");

  private static final Map<String, Future<Outcome>> OUTCOMES = new LinkedHashMap<>();
  private static final Map<String, Expected> EXPECTED = Expected.all();
  private static Bench mosquitto;
  private static Bench dropIn;
  private static ExecutorService pool;

  /** What was seen of both. */
  private record Outcome(Case act, Observation mosquitto, Observation dropIn) {}

  @BeforeAll
  static void run() throws Exception {
    Mosquitto.require();
    mosquitto = Bench.mosquitto();
    dropIn = Bench.dropIn(SameAsMosquittoIT::runsInThisJvm);
    pool = Executors.newFixedThreadPool(AT_A_TIME);
    for (Case act : battery()) {
      Future<Outcome> outcome =
          pool.submit(() -> new Outcome(act, mosquitto.run(act), dropIn.run(act)));
      assertThat(OUTCOMES.put(act.name, outcome)).as("two cases named " + act).isNull();
    }
  }

  private static List<Case> battery() {
    Pattern only = Pattern.compile(ONLY == null ? "" : ONLY);
    return Battery.all().stream().filter(act -> only.matcher(act.name).find()).toList();
  }

  private static boolean runsInThisJvm(Case act) {
    return !ALL_AS_PROCESSES && !act.needsProcess() && act.name.hashCode() % 10 != 0;
  }

  @AfterAll
  static void stop() throws Exception {
    pool.shutdownNow();
    mosquitto.close();
    dropIn.close();
  }

  @TestFactory
  Stream<DynamicTest> oursDoesWhatMosquittoDoes() {
    return battery().stream()
        .map(act -> DynamicTest.dynamicTest(act.name, () -> compare(OUTCOMES.get(act.name).get())));
  }

  private static void compare(Outcome outcome) {
    Case act = outcome.act();
    Observation wanted = Features.contract(act, outcome.mosquitto());
    Expected expected = EXPECTED.get(act.name);
    for (Aspect aspect : Aspect.values()) {
      String what = act.tool + " " + act.line + ": " + aspect;
      String seen = outcome.dropIn().get(aspect);
      if (expected == null || !expected.instead().containsKey(aspect)) {
        assertThat(seen).as(what).isEqualTo(wanted.get(aspect));
      } else {
        assertThat(expected.allows(aspect, seen))
            .as(what + " is as listed: " + expected + "; seen: " + seen)
            .isTrue();
        assertThat(seen).as(what + " is listed as different").isNotEqualTo(wanted.get(aspect));
      }
    }
  }

  @Test
  void eachListedDifferenceIsOfACaseAndSaysWhy() {
    assumeTrue(ONLY == null);
    assertThat(OUTCOMES.keySet()).containsAll(EXPECTED.keySet());
    assertThat(EXPECTED.values()).allSatisfy(one -> assertThat(one.why()).isNotBlank());
    assertThat(EXPECTED.values()).allSatisfy(one -> assertThat(one.instead()).isNotEmpty());
  }

  @Test
  void eachMarkIsTheContractsOrADecision() throws Exception {
    String decisions = Files.readString(Path.of("docs/decisions.md")).replace("`", "");
    assertThat(EXPECTED.values())
        .allSatisfy(one -> assertThat(one.mark()).matches("(2\\.1|\u2260|decided) [0-9.]+"));
    assertThat(EXPECTED.values())
        .filteredOn(Expected::isDecided)
        .isNotEmpty()
        .allSatisfy(one -> assertThat(decisions).contains("| " + one.why() + " |"));
  }

  @Test
  void eachListedFeatureIsToBeSeen() throws Exception {
    assumeTrue(ONLY == null);
    List<Feature> unseen = new ArrayList<>(Features.ALL);
    for (Future<Outcome> future : OUTCOMES.values()) {
      Outcome outcome = future.get();
      Observation before = outcome.mosquitto();
      for (Feature feature : Features.ALL) {
        Observation after = feature.apply(outcome.act(), before);
        if (!after.equals(before)) {
          unseen.remove(feature);
        }
        before = after;
      }
    }
    assertThat(unseen).isEmpty();
  }

  @Test
  void theBatteryIsLarge() {
    assumeTrue(ONLY == null);
    assertThat(OUTCOMES).hasSizeGreaterThan(900);
  }
}
