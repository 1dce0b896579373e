package dev.midge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.client.FaultStory.Expected;
import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultPairs;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Heard;
import dev.midge.testing.ObservedBroker;
import dev.midge.testing.ObservedBroker.Observed;
import dev.midge.testing.ObservedBroker.Step;
import dev.midge.testing.Playing;
import dev.midge.testing.Slow;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every effect at every moment that the rules let a client carry out, through each engine: a broker
 * that observes bytes and ends sees exactly that, and nothing else.
 */
@Slow("each fault at each moment, through each engine")
@EachEngine
@Execution(ExecutionMode.CONCURRENT)
class FaultPairsOfAClientTest {
  private static final List<String> EFFECTS =
      List.of(
          "close",
          "reset",
          "freeze",
          "freeze:in",
          "freeze:out",
          "will",
          "reason:0x82",
          "truncate",
          "truncate+reset",
          "truncate+freeze",
          "garbage",
          "garbage+reset",
          "takeover",
          "blackout:100ms",
          "delay:10ms",
          "throttle:2000",
          "slice:3:1ms",
          "delay:5ms+reset");

  /** Returns the pairs of the table, with times as short as this conversation. */
  private static final List<String> MOMENTS =
      FaultPairs.MOMENTS.stream().map(moment -> moment.replace("200ms", "50ms")).toList();

  private static final Map<String, List<Step>> BASELINES = new ConcurrentHashMap<>();

  @Parameter EngineKind engine;

  private static boolean isPossible(String words) {
    try {
      FaultParser.parse(words, FaultSide.CLIENT);
      return true;
    } catch (FaultSyntaxException e) {
      return false;
    }
  }

  static Stream<String> pairs() {
    return EFFECTS.stream().flatMap(FaultPairsOfAClientTest::moments);
  }

  /** Returns the faults with that effect that the rules allow, one for each moment. */
  static Stream<String> moments(String effect) {
    return MOMENTS.stream()
        .map(moment -> effect + "@" + moment + "x1")
        .map(words -> words.replace("@topic:a/#x1", "@topic:a/# x1"))
        .filter(FaultPairsOfAClientTest::isPossible);
  }

  /** Returns the conversation without a fault that one with that fault is compared with. */
  static String variant(String fault) {
    return fault.contains("@ping")
        ? "none@ping"
        : fault.contains("@disconnect-in") ? "none@disconnect-in" : "none";
  }

  @Test
  void noEffectOfAClientIsLeftOut() {
    for (EffectKind kind : EffectKind.values()) {
      if (kind.isOf(FaultSide.CLIENT) && kind != EffectKind.KILL) { // KillAtEveryMomentIT
        assertThat(EFFECTS).as(kind.word()).anyMatch(effect -> effect.startsWith(kind.word()));
      }
    }
    for (PacketType type : PacketType.values()) {
      if (type != PacketType.RESERVED && type != PacketType.AUTH) { // midge sends none
        assertThat(MOMENTS).anyMatch(word -> word.startsWith(type.name().toLowerCase() + "-"));
      }
    }
  }

  private static final class Run implements AutoCloseable {
    final ObservedBroker broker;
    final Heard heard = new Heard();
    final Playing<ConnectionOutcome> client;

    Run(EngineKind engine, String fault) throws Exception {
      broker = new ObservedBroker(fault.contains("@disconnect-in"));
      client = Playing.of(() -> FaultConversation.play(broker.port(), engine, fault, heard));
    }

    Observed first() {
      await().until(() -> !broker.connections().isEmpty());
      return broker.connections().get(0);
    }

    /** What the client knows, for a failure of the test. */
    String state() {
      return client
          + " faults "
          + heard.faults
          + " losses "
          + heard.losses
          + " in "
          + heard.received;
    }

    @Override
    public void close() throws IOException {
      broker.close();
    }
  }

  /** The conversation without a fault, as the broker sees it. */
  private List<Step> baseline(String fault) {
    String variant = variant(fault);
    return BASELINES.computeIfAbsent(
        engine + variant,
        key -> {
          try (Run run = new Run(engine, variant)) {
            run.client.result();
            await().until(() -> !run.first().ending().isEmpty());
            return List.copyOf(run.first().steps());
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @AfterAll
  static void noThreadOutlivesItsConnection() {
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().matches("midge (fault|shaping)")));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theObserverSeesExactlyThat(String fault) throws Exception {
    Expected expected = FaultStory.expected(fault, baseline(fault));
    try (Run run = new Run(engine, fault)) {
      Observed seen = run.first();
      await()
          .pollInterval(10, TimeUnit.MILLISECONDS)
          .untilAsserted(
              () -> {
                assertThat(hex(seen.bytes()))
                    .as(() -> seen.ending() + " " + run.state())
                    .isEqualTo(hex(expected.bytes()));
                assertThat(seen.ending()).as(run::state).isEqualTo(expected.ending());
              });
      if (expected.takenOver()) {
        assertThat(types(run.broker.connections().get(1)))
            .containsExactly(PacketType.CONNECT, PacketType.CONNACK, PacketType.DISCONNECT);
      }
      if (expected.ending().isEmpty()) {
        await().until(() -> !run.heard.faults.isEmpty());
        try {
          seen.disturb((byte) 0xd0, (byte) 0);
        } catch (IOException ended) {
          throw new AssertionError(seen.ending() + " " + run.state(), ended);
        }
        staysAsItIs(run, seen, expected);
        seen.hangUp();
      }
      ConnectionOutcome outcome = run.client.result();
      assertThat(run.heard.faults).hasSize(1);
      assertThat(outcome.kind()).isEqualTo(expected.outcome());
      assertThat(run.broker.connections()).hasSize(expected.takenOver() ? 2 : 1);
      assertThat(Arrays.equals(seen.bytes(), expected.bytes())).isTrue();
      assertThat(expected.tookAsLong(seen)).isTrue();
    }
  }

  private static void staysAsItIs(Run run, Observed seen, Expected expected) {
    await()
        .during(100, TimeUnit.MILLISECONDS)
        .untilAsserted(
            () -> {
              assertThat(seen.ending()).as(run::state).isEmpty();
              assertThat(hex(seen.bytes())).as(run::state).isEqualTo(hex(expected.bytes()));
            });
  }

  private static List<PacketType> types(Observed seen) {
    await().until(() -> seen.ending().equals("FIN"));
    return seen.steps().stream().map(Step::type).toList();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
