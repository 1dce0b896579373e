package dev.midge.lwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.drill.DrillNetwork;
import dev.midge.client.ClientEvents;
import dev.midge.lwt.row.DrillListener;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;
import dev.midge.lwt.rows.NetworkRows;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import dev.midge.testing.Slow;
import dev.midge.testing.willbroker.Behaviour;
import dev.midge.testing.willbroker.Breach;
import dev.midge.testing.willbroker.Door;
import dev.midge.testing.willbroker.WillBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows whose network fails, in front of a broker that keeps or breaks the rule. */
@Slow("plays the rows whose network fails, which wait for keep alive")
class NetworkRowsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static DrillResult run(WillBroker broker, ProtocolVersion version) throws Exception {
    Endpoint endpoint = new Endpoint("127.0.0.1", broker.port(), null);
    try (DrillNetwork network = DrillNetwork.before(endpoint)) {
      DrillSpec spec = new DrillSpec(NetworkRows.all(), 1, PATIENCE, false, network);
      return new Drill(
              Drills.target(endpoint, version, null), spec, DrillListener.NONE, ClientEvents.NONE)
          .run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBrokerThatKeepsTheRulesIsGreen(ProtocolVersion version) throws Exception {
    try (WillBroker broker = WillBroker.honest()) {
      DrillResult result = run(broker, version);

      assertThat(Drills.complaints(result)).isEmpty();
      assertThat(result.rows()).extracting(RowResult::verdict).containsOnly(Verdict.OK);
      assertThat(result.leftBehind()).isEmpty();
    }
  }

  static Stream<Arguments> breaches() {
    return Stream.of(
        Arguments.of(Breach.FREEZE, List.of("blackout-long", "half-open-out")),
        Arguments.of(Breach.FREEZE_EARLY, List.of("blackout-short", "half-open-in", "latency")),
        Arguments.of(Breach.SLOW_PACKET, List.of("slow-link")));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void eachRowTurnsRed(Breach breach, List<String> rows) throws Exception {
    try (WillBroker broker = WillBroker.start(Behaviour.breaking(breach), Door.TCP)) {
      Map<String, String> complaints = Drills.complaints(run(broker, ProtocolVersion.V5));

      assertThat(complaints.keySet()).as("%s", complaints).containsAll(rows);
    }
  }

  @Test
  void eachRowIsTurnedRedByOneOfThem() {
    TreeSet<String> red = new TreeSet<>();
    breaches()
        .forEach(
            arguments -> {
              for (Object row : (List<?>) arguments.get()[1]) {
                red.add((String) row);
              }
            });
    assertThat(red)
        .containsExactlyInAnyOrderElementsOf(NetworkRows.all().stream().map(Row::id).toList());
  }
}
