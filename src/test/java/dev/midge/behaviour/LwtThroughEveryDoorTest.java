package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.net.Endpoint;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.RecordingRelay;
import dev.midge.testing.Slow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The drill takes the user's way to the broker in all rows, that of the killed process too. */
@Slow("plays the drill through each transport")
class LwtThroughEveryDoorTest {
  private static final int TLS_HANDSHAKE_RECORD = 22;
  private static final String PASSWORD = "correct horse";

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

  private static MidgeRun start(Endpoint endpoint, Object... more) {
    List<Object> words = new ArrayList<>(List.of("-u", "user", "-P", PASSWORD));
    words.addAll(List.of("--quiet", "--json"));
    words.addAll(List.of(more));
    return MidgeRun.start(Door.words("lwt", endpoint, words.toArray()));
  }

  @Test
  void everyRowIsPlayedThroughEveryDoor() throws Exception {
    Map<Door, MidgeRun> runs = new EnumMap<>(Door.class);
    for (Door door : Door.values()) {
      runs.put(door, start(broker.endpoint(door)));
    }
    for (Map.Entry<Door, MidgeRun> run : runs.entrySet()) {
      MidgeRun ended = run.getValue().await();
      assertThat(LwtTest.verdicts(ended.out()))
          .as("%s", run.getKey())
          .contains("ok")
          .doesNotContain("failed", "late", "early", "not examined");
      assertThat(ended.status()).as(ended.errText()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"TLS, direct", "TLS, paho", "WEBSOCKET_OVER_TLS, paho"})
  void notOneByteIsSentOutsideTlsByAnEngine(Door door, String engine) throws Exception {
    notOneByteIsSentOutsideTls(door, "--engine", engine);
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "WEBSOCKET_OVER_TLS"})
  void notOneByteIsSentOutsideTls(Door door) throws Exception {
    notOneByteIsSentOutsideTls(door, new Object[0]);
  }

  private static void notOneByteIsSentOutsideTls(Door door, Object... more) throws Exception {
    try (RecordingRelay relay = RecordingRelay.to(broker.port(door))) {
      Endpoint direct = broker.endpoint(door);
      Endpoint relayed =
          new Endpoint(
              direct.transport(), direct.host(), relay.port(), null, direct.tls(), direct.proxy());

      // Each way in which the drill connects: watcher, control, clients, the one that is killed.
      List<Object> words = new ArrayList<>(List.of(more));
      words.addAll(List.of("--only", "clean,kill,takeover,retained,to-group"));
      MidgeRun run = start(relayed, words.toArray()).await();

      assertThat(run.status()).as(run.errText()).isZero();
      assertThat(relay.connections())
          .isNotEmpty()
          .allSatisfy(bytes -> assertThat(bytes[0]).isEqualTo((byte) TLS_HANDSHAKE_RECORD))
          .allSatisfy(
              bytes ->
                  assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                      .doesNotContain(PASSWORD));
    }
  }
}
