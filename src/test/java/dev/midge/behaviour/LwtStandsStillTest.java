package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.testing.Program;
import dev.midge.testing.RawClient;
import dev.midge.testing.Slow;
import dev.midge.testing.willbroker.WillBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A drill whose machine stands still blames no broker for it. */
@Slow("stops a drill for longer than its bounds")
class LwtStandsStillTest {
  private static final String WAITS = "waits    1.5 × keep alive of freeze";

  /** Starts a drill that takes stderr for a terminal, on which it tells when a row waits. */
  private static Program drill(WillBroker broker, String... options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Dmidge.terminal=err", "-Dfile.encoding=UTF-8", "-cp"));
    words.addAll(List.of(System.getProperty("java.class.path"), "dev.midge.Midge", "lwt"));
    words.addAll(List.of("-p", String.valueOf(broker.port()), "--only", "freeze"));
    words.addAll(List.of(options));
    return Program.start(Map.of("NO_COLOR", "1", "LC_ALL", "C.UTF-8"), words.toArray());
  }

  /** Stops the drill from the end of the row's client until its will is late. */
  private static void stop(Program drill, WillBroker broker, int time) throws IOException {
    Awaitility.await()
        .until(() -> drill.errText().split(WAITS, -1).length > time || !drill.isAlive());
    drill.signal("STOP");
    Connect silent =
        new Connect(
            ProtocolVersion.V5, true, 4, "c" + time, null, null, null, Properties.NONE, false);
    try (RawClient client = RawClient.connected(broker.port(), silent)) {
      client.expect(Disconnect.class); // After six seconds; the will of the row is due after three.
    }
    drill.signal("CONT");
  }

  @Test
  void theRowIsPlayedAgain() throws IOException {
    try (WillBroker broker = WillBroker.honest();
        Program drill = drill(broker, "--strict")) {
      stop(drill, broker, 1);

      assertThat(drill.await().status()).as(drill.outText()).isZero();
      assertThat(drill.outText()).contains("1 ok, 0 failed");
      assertThat(drill.errText())
          .containsPattern("judge    midge stood still for [0-9]+\\.[0-9] s, again");
    }
  }

  @Test
  void whereItStandsStillEachTimeTheResultSaysSo() throws IOException {
    try (WillBroker broker = WillBroker.honest();
        Program drill = drill(broker)) {
      for (int time = 1; time <= 3; time++) {
        stop(drill, broker, time);
      }

      assertThat(drill.await().status()).as(drill.outText()).isZero();
      assertThat(drill.outText())
          .contains("0 failed, 1 late")
          .containsPattern("midge stood still for [0-9]+\\.[0-9] s meanwhile");
    }
  }
}
