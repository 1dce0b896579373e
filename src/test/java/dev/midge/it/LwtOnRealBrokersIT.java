package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.midge.peers.brokers.RealBroker;
import dev.midge.testing.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The drill on brokers of others: each is red in the rows in which it is known to deviate, and in
 * no others. docs/lwt.md explains each deviation.
 */
class LwtOnRealBrokersIT {
  /** Drills on one broker each run side by side; those that load the machine run alone. */
  private static final String MACHINE = "machine";

  /** mosquitto 2.0.11 in MQTT 5. */
  private static final Set<String> MOSQUITTO_5 =
      Set.of(
          "reason-error",
          "reason-expiry-0",
          "second-connect",
          "takeover-kept",
          "takeover-expiry-0",
          "takeover-clean-start",
          "delay-clean-start",
          "delay-expiry-0");

  private static final Set<String> MOSQUITTO_3 = Set.of("second-connect", "takeover-kept");

  /** Moquette 0.17, which speaks no MQTT 5. */
  private static final Set<String> MOQUETTE =
      Set.of(
          "takeover-kept",
          "payload-large",
          "retained",
          "retained-replaces",
          "retained-clears",
          "wildcard-topic");

  /**
   * Rows that Moquette 0.17 fails now and then: it sends the will of a kept session twice, and on a
   * busy machine that of a client which closes the connection right behind DISCONNECT.
   */
  private static final Set<String> MOQUETTE_AT_TIMES = Set.of("to-itself", "clean");

  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = MACHINE, mode = ResourceAccessMode.READ)
  @ParameterizedTest(name = "{0}, -V {1}")
  @CsvSource({
    "mosquitto, 5",
    "mosquitto, 311",
    "mosquitto, 31",
    "hivemq, 5",
    "hivemq, 311",
    "moquette, 311"
  })
  void eachBrokerDeviatesWhereItIsKnownTo(String name, String version) throws IOException {
    try (RealBroker broker = RealBroker.start(name)) {
      Program run = Program.midge("lwt", "-p", broker.port(), "-V", version, "--json").await();

      Map<String, String> verdicts = verdicts(run.outText());
      Set<String> red = new TreeSet<>(red(verdicts));
      if (name.equals("moquette")) {
        red.removeAll(MOQUETTE_AT_TIMES);
      }
      assertThat(red).as(run.outText()).isEqualTo(new TreeSet<>(known(name, version)));
      assertThat(verdicts.values()).doesNotContain("not examined");
    }
  }

  private static Set<String> known(String name, String version) {
    return switch (name) {
      case "mosquitto" -> version.equals("5") ? MOSQUITTO_5 : MOSQUITTO_3;
      case "moquette" -> MOQUETTE;
      default -> Set.of();
    };
  }

  /** Twenty drills, ten at a time: the machine is busy, and the broker with it. */
  @ResourceLock(MACHINE)
  @Test
  @Timeout(600)
  void theVerdictsOnMosquittoAreTheSameEachTimeOnABusyMachine() throws IOException {
    try (RealBroker broker = RealBroker.start("mosquitto")) {
      for (int round = 0; round < 2; round++) {
        List<Program> runs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          runs.add(Program.midge("lwt", "-p", broker.port(), "--json"));
        }
        for (Program run : runs) {
          assertThat(red(verdicts(run.await().outText())))
              .as(run.outText())
              .isEqualTo(new TreeSet<>(MOSQUITTO_5));
        }
      }
    }
  }

  /** Returns the rows that are failed or not examined. */
  private static Set<String> red(Map<String, String> verdicts) {
    Set<String> red = new TreeSet<>();
    verdicts.forEach(
        (id, verdict) -> {
          if (verdict.equals("failed") || verdict.equals("not examined")) {
            red.add(id);
          }
        });
    return red;
  }

  private static Map<String, String> verdicts(String json) throws IOException {
    Map<String, String> verdicts = new TreeMap<>();
    String id = null;
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() != JsonToken.FIELD_NAME) {
          continue;
        }
        if (parser.currentName().equals("id")) {
          id = parser.nextTextValue();
        } else if (parser.currentName().equals("verdict")) {
          verdicts.put(id, parser.nextTextValue());
        }
      }
    }
    return verdicts;
  }
}
