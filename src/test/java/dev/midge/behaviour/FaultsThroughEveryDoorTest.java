package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.net.Endpoint;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ObservedBroker;
import dev.midge.testing.Slow;
import dev.midge.testing.Tap;
import dev.midge.testing.WebSocketServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault leaves the Last Will, through whatever the client came. */
@Slow("each fault through each transport")
class FaultsThroughEveryDoorTest {
  /** A unix socket cannot be tapped. */
  private static final Set<Door> TAPPED = EnumSet.complementOf(EnumSet.of(Door.UNIX));

  @TempDir static Path directory;
  private static MiniBrokerWithDoors broker;

  @BeforeAll
  static void start() throws Exception {
    broker = new MiniBrokerWithDoors(directory, Limits.DEFAULT);
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  static Stream<Arguments> table() {
    List<Arguments> rows = new ArrayList<>();
    for (Door door : Door.values()) {
      for (Effect effect : new Effect[] {Effect.CLOSE, Effect.RESET, Effect.WILL}) {
        rows.add(Arguments.of(door, effect));
      }
      for (EffectKind kind :
          new EffectKind[] {EffectKind.TRUNCATE, EffectKind.GARBAGE, EffectKind.TAKEOVER}) {
        rows.add(Arguments.of(door, new Effect.Plain(kind)));
      }
    }
    return rows.stream();
  }

  private static MidgeRun watcher() {
    Object[] words = Door.words("sub", broker.endpoint(Door.TCP), "-t", "will", "-C", "1", "-d");
    return MidgeRun.start(words).awaitOut("Subscribed");
  }

  private static Object[] commandLine(Endpoint endpoint, Effect effect) {
    return Door.words(
        "pub",
        endpoint,
        "-t",
        "t",
        "-m",
        "x",
        "-k",
        effect.equals(Effect.FREEZE) ? 5 : 600, // Only a freeze is found out by the keep alive.
        "-i",
        "victim",
        "--will-topic",
        "will",
        "--will-payload",
        "alas",
        "--fault",
        effect.text() + "@publish:1");
  }

  @ParameterizedTest
  @MethodSource("table")
  void theWillIsPublished(Door door, Effect effect) {
    MidgeRun watcher = watcher();
    MidgeRun run = MidgeRun.run(commandLine(broker.endpoint(door), effect));

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(watcher.await().outText()).contains("\nalas\n");
  }

  /** WebSocket puts packets into frames, and a frame may wait for no end that never comes. */
  @ParameterizedTest
  @CsvSource({
    "truncate@publish:1, 300500",
    "truncate+reset@publish:1, 300500",
    "truncate+freeze@publish:1, 300500",
    "garbage@publish:1, 00ffffffffff",
    "garbage@connected, 00ffffffffff",
    "freeze@bytes-out:20, 30",
    "close@bytes-out:21, 3005",
  })
  void halfAPacketArrivesThroughWebSocketToo(String fault, String last) throws Exception {
    for (String engine : List.of("direct", "paho")) {
      try (ObservedBroker observer = new ObservedBroker(false);
          WebSocketServer server = WebSocketServer.to(observer.port()).start()) {
        Object[] message = {"-t", "t", "-m", "x", "-i", "c", "--engine", engine};
        MidgeRun run =
            MidgeRun.start(
                with(new Object[] {"pub", "--ws", "-p", server.port(), "--fault", fault}, message));
        Awaitility.await()
            .untilAsserted(
                () ->
                    assertThat(observer.connections())
                        .singleElement()
                        .satisfies(
                            seen ->
                                assertThat(HexFormat.of().formatHex(seen.bytes()))
                                    .as(run.errText())
                                    .startsWith("10110004")
                                    .hasSize(2 * 19 + last.length())
                                    .endsWith(last)));
        observer.connections().get(0).hangUp();
        assertThat(run.await().status()).as(run.errText()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNIX")
  void aResetIsOneOfTcpAndACloseIsNot(Door door) throws Exception {
    try (Tap tap = Tap.to(broker.port(door))) {
      MidgeRun.run(commandLine(broker.tapped(door, tap), Effect.RESET));
      Awaitility.await().untilAsserted(() -> assertThat(tap.ending()).isEqualTo("RST"));
    }
    try (Tap tap = Tap.to(broker.port(door))) {
      MidgeRun.run(commandLine(broker.tapped(door, tap), Effect.CLOSE));
      Awaitility.await().untilAsserted(() -> assertThat(tap.ending()).isEqualTo("FIN"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatSlowsAConnectionDownLosesNothing(Door door) {
    Object[] watching = {"-t", "slow", "-C", "3", "-q", "2", "-d"};
    Object[] slowly = {"--fault", "slice:7:1ms", "--fault", "delay:5ms±5ms", "--fault-seed", "1"};
    MidgeRun watcher =
        MidgeRun.start(with(Door.words("sub", broker.endpoint(door), watching), slowly))
            .awaitOut("Subscribed");
    Object[] message = {"-t", "slow", "-m", "all of it", "-q", "2", "--repeat", "3"};
    MidgeRun run =
        MidgeRun.run(
            with(
                Door.words("pub", broker.endpoint(door), message),
                "--fault",
                "blackout:100ms@publish:2",
                "--fault",
                "throttle:20000/s@publish:1"));

    assertThat(run.status()).as(run.errText()).isZero();
    assertThat(watcher.await().status()).as(watcher.errText()).isZero();
    assertThat(watcher.outText().split("\nall of it\n", -1)).hasSize(4);
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray();
  }

  private record Frozen(Door door, Tap tap, MidgeRun run, long before) {}

  /** The broker misses its pings, and tells so by the will; not one byte came in between. */
  @Test
  void afterAFreezeNothingArrivesAnyMore() throws Exception {
    Object[] watching = {"-t", "will", "-C", TAPPED.size(), "-d"};
    MidgeRun watcher =
        MidgeRun.start(Door.words("sub", broker.endpoint(Door.TCP), watching))
            .awaitOut("Subscribed");
    List<Frozen> all = new ArrayList<>();
    for (Door door : TAPPED) { // all at once, for it takes its time
      Tap tap = Tap.to(broker.port(door));
      MidgeRun run = MidgeRun.start(commandLine(broker.tapped(door, tap), Effect.FREEZE));
      run.awaitErr("freeze");
      all.add(new Frozen(door, tap, run, tap.bytesOnceStill()));
    }

    assertThat(watcher.await().outText().split("\nalas\n", -1)).hasSize(TAPPED.size() + 1);
    for (Frozen frozen : all) {
      assertThat(frozen.run.await().status()).isZero(); // the broker has hung up
      assertThat(frozen.tap.bytes()).as("%s", frozen.door).isEqualTo(frozen.before);
      frozen.tap.close();
    }
  }
}
