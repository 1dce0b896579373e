package dev.midge.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.client.FaultStory.Expected;
import dev.midge.client.job.Engines;
import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.EachEngine;
import dev.midge.testing.Heard;
import dev.midge.testing.ObservedBroker;
import dev.midge.testing.ObservedBroker.Observed;
import dev.midge.testing.ObservedBroker.Step;
import dev.midge.testing.Playing;
import dev.midge.testing.Specs;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
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

  private static final List<String> MOMENTS =
      List.of(
          "end",
          "connected",
          "connack",
          "subscribed",
          "after:50ms",
          "every:50ms",
          "bytes:100",
          "bytes-in:30",
          "bytes-out:60",
          "eof",
          "connect-out:1",
          "connack-in:1",
          "publish-out:2",
          "publish-in:2",
          "publish-out:1..2",
          "publish-out:*",
          "publish-out:every/2",
          "puback-out:1",
          "puback-in:1",
          "pubrec-out:1",
          "pubrec-in:1",
          "pubrel-out:1",
          "pubrel-in:1",
          "pubcomp-out:1",
          "pubcomp-in:1",
          "subscribe-out:1",
          "suback-in:1",
          "unsubscribe-out:1",
          "unsuback-in:1",
          "pingreq-out:1",
          "pingresp-in:1",
          "disconnect-out:1",
          "disconnect-in:1",
          "topic:a/#",
          "random:1");

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
    return EFFECTS.stream()
        .flatMap(effect -> MOMENTS.stream().map(moment -> effect + "@" + moment + "x1"))
        .map(words -> words.replace("@topic:a/#x1", "@topic:a/# x1"))
        .filter(FaultPairsOfAClientTest::isPossible);
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

  /** The whole conversation of a client; stops where its connection does. */
  private static void converse(
      Connection connection, ObservedBroker broker, Heard heard, boolean ping, boolean clock)
      throws Exception {
    CompletableFuture<?> over = connection.over();
    either(connection.opened(), over);
    if (clock) {
      await().until(() -> over.isDone() || !heard.faults.isEmpty());
    }
    either(
        connection.subscribe(List.of(Subscription.of("a/#", Qos.EXACTLY_ONCE)), Properties.NONE),
        over);
    either(connection.publish(message("a/1", Qos.AT_LEAST_ONCE)), over);
    either(connection.publish(message("a/2", Qos.EXACTLY_ONCE)), over);
    either(broker.connections().get(0).conversed(), over);
    connection.inputEnded();
    either(connection.unsubscribe(List.of("a/#"), Properties.NONE), over);
    if (broker.isDisconnecting()) {
      either(new CompletableFuture<>(), over);
    }
    if (ping) {
      await()
          .until(
              () ->
                  over.isDone()
                      || heard.received.stream().anyMatch(p -> p.type() == PacketType.PINGRESP));
    }
  }

  private static void either(CompletableFuture<?> step, CompletableFuture<?> over)
      throws Exception {
    CompletableFuture.anyOf(step, over).get(20, TimeUnit.SECONDS);
  }

  private static Message message(String topic, Qos qos) {
    return Message.of(topic, "0123456789".getBytes(UTF_8), qos, false);
  }

  private static final class Run implements AutoCloseable {
    final ObservedBroker broker;
    final Heard heard = new Heard();
    final Playing<ConnectionOutcome> client;

    Run(EngineKind engine, String fault) throws Exception {
      boolean ping = fault.contains("@ping");
      broker = new ObservedBroker(fault.contains("@disconnect-in"));
      Specs specs =
          Specs.to(broker.port())
              .version(ProtocolVersion.V5)
              .clientId("c1")
              .engine(engine)
              .keepAlive(ping ? 1 : 60);
      if (fault.contains("@")) {
        if (!fault.startsWith("none")) {
          specs.fault(fault);
        }
      }
      boolean clock = fault.contains("@after") || fault.contains("@every");
      client =
          Playing.of(
              () -> {
                try (Connection connection = Engines.start(specs.spec(), engine, heard, heard)) {
                  try {
                    converse(connection, broker, heard, ping, clock && !fault.startsWith("none"));
                    connection.end(0, Properties.NONE);
                  } catch (CancellationException | ExecutionException | ConnectionFailure ended) {
                    // Which over() tells.
                  }
                  ConnectionOutcome outcome = connection.over().get(20, TimeUnit.SECONDS);
                  if (outcome == ConnectionOutcome.STRUCK) {
                    connection.struck().get(20, TimeUnit.SECONDS);
                  }
                  return outcome;
                }
              });
    }

    Observed first() {
      await().until(() -> !broker.connections().isEmpty());
      return broker.connections().get(0);
    }

    @Override
    public void close() throws Exception {
      broker.close();
    }
  }

  /** The conversation without a fault, as the broker sees it. */
  private List<Step> baseline(String fault) {
    String variant =
        fault.contains("@ping")
            ? "none@ping"
            : fault.contains("@disconnect-in") ? "none@disconnect-in" : "none";
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
                assertThat(hex(seen.bytes())).isEqualTo(hex(expected.bytes()));
                assertThat(seen.ending()).isEqualTo(expected.ending());
              });
      if (expected.takenOver()) {
        assertThat(types(run.broker.connections().get(1)))
            .containsExactly(PacketType.CONNECT, PacketType.CONNACK, PacketType.DISCONNECT);
      }
      if (expected.ending().isEmpty()) {
        await().until(() -> !run.heard.faults.isEmpty());
        seen.disturb((byte) 0xd0, (byte) 0);
        staysAsItIs(seen, expected);
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

  private static void staysAsItIs(Observed seen, Expected expected) {
    await()
        .during(100, TimeUnit.MILLISECONDS)
        .until(() -> seen.ending().isEmpty() && seen.bytes().length == expected.bytes().length);
  }

  private static List<PacketType> types(Observed seen) {
    await().until(() -> seen.ending().equals("FIN"));
    return seen.steps().stream().map(Step::type).toList();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
