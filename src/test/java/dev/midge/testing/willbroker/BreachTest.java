package dev.midge.testing.willbroker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreachTest {
  /** Rows and brokers spend their time with waiting. */
  private static final int TOGETHER = 16;

  private static final int FEW = 5;

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void anHonestBrokerKeepsEveryRule(ProtocolVersion version) throws Exception {
    assertThat(red(Behaviour.honest(), version, row -> true)).isEmpty();
  }

  @Test
  void eachRowHasABreach() {
    for (BenchRow row : BenchRows.all()) {
      String name = row.id().toUpperCase(Locale.ROOT).replace('-', '_');
      assertThat(Breach.valueOf(name).row()).isEqualTo(row.id());
    }
  }

  @Test
  void eachBreachIsSeenInItsRow() throws Exception {
    Map<Breach, Map<String, String>> red =
        redByBreach(TOGETHER, ProtocolVersion.V5, breach -> row -> row.id().equals(breach.row()));
    red.forEach((breach, rows) -> assertThat(rows).as("%s", breach).containsKey(breach.row()));
  }

  /** Takes minutes: every row on every broker. */
  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  @EnabledIfSystemProperty(named = "midge.everyBreach", matches = "true")
  void eachBreachIsSeenInNoOtherRow(ProtocolVersion version) throws Exception {
    Map<Breach, Map<String, String>> red = redByBreach(FEW, version, breach -> row -> true);
    red.forEach(
        (breach, rows) -> {
          rows.remove(breach.row());
          assertThat(breach.alsoBreaks()).as(breach + " " + rows).containsAll(rows.keySet());
        });
  }

  private static Map<Breach, Map<String, String>> redByBreach(
      int together, ProtocolVersion version, Function<Breach, Predicate<BenchRow>> choice)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(together);
    try {
      Map<Breach, Future<Map<String, String>>> running = new LinkedHashMap<>();
      for (Breach breach : Breach.values()) {
        if (breach != Breach.TLS_CUT && breach != Breach.WS_CLOSE) { // see DoorsTest
          running.put(
              breach,
              pool.submit(() -> red(Behaviour.breaking(breach), version, choice.apply(breach))));
        }
      }
      Map<Breach, Map<String, String>> red = new LinkedHashMap<>();
      for (Breach breach : running.keySet()) {
        red.put(breach, running.get(breach).get());
      }
      return red;
    } finally {
      pool.shutdownNow();
    }
  }

  /** Plays rows side by side; returns what was seen in those that deviate. */
  private static Map<String, String> red(
      Behaviour behaviour, ProtocolVersion version, Predicate<BenchRow> choice) throws Exception {
    List<BenchRow> rows =
        BenchRows.all().stream().filter(row -> version.isV5() || !row.v5()).filter(choice).toList();
    Map<String, String> red = new TreeMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, rows.size()));
    try (WillBroker broker = WillBroker.start(behaviour)) {
      Map<BenchRow, Future<String>> running = new LinkedHashMap<>();
      for (BenchRow row : rows) {
        running.put(row, pool.submit(() -> seen(broker.port(), version, row)));
      }
      for (BenchRow row : rows) {
        String seen = running.get(row).get();
        if (!seen.equals(row.expected())) {
          red.put(row.id(), seen);
        }
      }
    } finally {
      pool.shutdownNow();
    }
    return red;
  }

  private static String seen(int port, ProtocolVersion version, BenchRow row) throws Exception {
    try (Bench bench = new Bench(port, version, row.id())) {
      return row.stimulus().play(bench);
    } catch (AssertionError missing) {
      return missing.getMessage();
    }
  }
}
