package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The story with Debian's mosquitto in every part. */
class LastWillWithMosquittoIT {

  @BeforeAll
  static void require() {
    Mosquitto.require();
  }

  @Test
  void mosquittoSubSeesMidgeDieOnTheMiniBroker() {
    try (MidgeBroker broker = new MidgeBroker();
        Program watcher = mosquittoSub(broker.port(), "sensor/status")) {
      Program.midge(
              "conn",
              "-p",
              broker.port(),
              "-i",
              "s1",
              "--will-topic",
              "sensor/status",
              "--will-payload",
              "offline",
              "--fault",
              "reset@after:1s")
          .await();

      watcher.awaitOut("sensor/status offline\n");
      broker.program().awaitErr("Client s1 [127.0.0.1:").awaitErr("bad socket read/write");
    }
  }

  @Test
  void mosquittoSubSeesNothingWhenMidgeSaysGoodbye() {
    try (MidgeBroker broker = new MidgeBroker();
        Program watcher = mosquittoSub(broker.port(), "#")) {
      String[] will = {"--will-topic", "sensor/status", "--will-payload", "offline"};
      Program byTime =
          Program.midge("conn", "-p", broker.port(), "-W", "2", will[0], will[1], will[2], will[3]);
      Program bySignal =
          Program.midge("conn", "-p", broker.port(), will[0], will[1], will[2], will[3]);
      bySignal.awaitErr("Connected").signal("TERM");
      assertThat(byTime.await().status()).isZero();
      assertThat(bySignal.await().status()).isZero();
      Program.midge("pub", "-p", broker.port(), "-t", "end", "-m", "x").await();

      watcher.awaitOut("end x\n");
      assertThat(messages(watcher)).containsExactly("end x");
    }
  }

  @ParameterizedTest(name = "{0}, MQTT {1}")
  @CsvSource({
    "close,5",
    "reset,5",
    "kill,5",
    "will,5",
    "garbage,5",
    "takeover,5",
    "garbage+reset,5",
    "close,311",
    "reset,311",
    "kill,311",
    "garbage,311",
    "takeover,311",
    "reset,31"
  })
  void mosquittoSubSeesMidgeDieOnMosquitto(String effect, String version) {
    try (Mosquitto mosquitto = Mosquitto.start();
        Program watcher = mosquittoSub(mosquitto.port(), "sensor/status")) {
      Program.midge(
              "conn",
              "-p",
              mosquitto.port(),
              "-V",
              version,
              "-i",
              "s1",
              "--will-topic",
              "sensor/status",
              "--will-payload",
              "offline",
              "--fault",
              effect + "@connected")
          .await();

      watcher.awaitOut("sensor/status offline\n");
    }
  }

  @ParameterizedTest(name = "MQTT {0}")
  @ValueSource(strings = {"31", "311", "5"})
  void midgeSubSeesAKilledMosquittoSubDieOnTheMiniBroker(String version) {
    String mosquittos = version.equals("5") ? "mqttv5" : "mqttv" + version;
    try (MidgeBroker broker = new MidgeBroker();
        Program watcher =
            Program.midge(
                    "sub", "-p", broker.port(), "-V", version, "-t", "w", "-v", "-C", "1", "-d")
                .awaitOut("Subscribed");
        Program victim =
            Program.start(
                "stdbuf",
                "-oL",
                "mosquitto_sub",
                "-V",
                mosquittos,
                "-p",
                broker.port(),
                "-t",
                "x",
                "--will-topic",
                "w",
                "--will-payload",
                "killed",
                "-d")) {
      victim.awaitOut("Subscribed").close();

      assertThat(watcher.await().outText()).contains("w killed\n");
    }
  }

  /** A subscriber that is subscribed when this returns. */
  private static Program mosquittoSub(int port, String filter) {
    return Program.start("stdbuf", "-oL", "mosquitto_sub", "-p", port, "-t", filter, "-v", "-d")
        .awaitOut("Subscribed");
  }

  private static List<String> messages(Program watcher) {
    return watcher
        .outText()
        .lines()
        .filter(line -> !line.startsWith("Client ") && !line.startsWith("Subscribed"))
        .toList();
  }
}
