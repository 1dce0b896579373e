package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.MidgeRun;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The option --engine and its variable choose what speaks MQTT; what a user sees is the same. */
class EngineOptionTest {
  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start(BrokerConfig.onFreePort());
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @CsvSource({"paho, 5", "paho, 311", "paho, 31", "direct, 5", "direct, 311", "direct, 31"})
  void eachEnginePublishesAndSubscribes(String engine, String version) {
    MidgeRun pub =
        MidgeRun.run(
            "pub",
            "-p",
            broker.port(),
            "--engine",
            engine,
            "-V",
            version,
            "-q",
            2,
            "-r",
            "-t",
            "a",
            "-m",
            "über");
    assertThat(pub.errText()).isEmpty();
    assertThat(pub.status()).isZero();
    MidgeRun sub =
        MidgeRun.run(
            "sub",
            "-p",
            broker.port(),
            "--engine",
            engine,
            "-V",
            version,
            "-q",
            2,
            "-t",
            "#",
            "-C",
            1,
            "-v");
    assertThat(sub.outText()).isEqualTo("a über\n");
    assertThat(sub.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"paho", "direct"})
  void eachEngineLeavesItsWillWhenItIsReset(String engine) {
    MidgeRun conn =
        MidgeRun.run(
            "conn",
            "-p",
            broker.port(),
            "--engine",
            engine,
            "--will-topic",
            "w",
            "--will-payload",
            "offline",
            "--will-retain",
            "--fault",
            "reset@connected");
    assertThat(conn.status()).as(conn.errText()).isZero();
    MidgeRun sub = MidgeRun.run("sub", "-p", broker.port(), "-t", "w", "-C", 1, "-v");
    assertThat(sub.outText()).isEqualTo("w offline\n");
  }

  @Test
  void theVariableIsWeakerThanTheOption() {
    Map<String, String> environment = Map.of("MIDGE_ENGINE", "neither");
    MidgeRun refused =
        MidgeRun.startAs(null, environment, "conn", "-p", broker.port(), "-W", 1).await();
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.errText())
        .startsWith("Error: Invalid --engine argument 'neither': it is paho or direct.")
        .contains("(MIDGE_ENGINE)");
  }

  @Test
  void theDrillObeysTheVariableInTheRowsThatALibraryCanPlay() {
    MidgeRun run =
        MidgeRun.startAs(
                null,
                Map.of("MIDGE_ENGINE", "paho"),
                "lwt",
                "-p",
                broker.port(),
                "--only",
                "reset,half-packet",
                "--json",
                "--quiet")
            .await();

    assertThat(run.outText())
        .containsPattern("\"id\":\"reset\"[^}]*\"engine\":\"paho\"[^}]*\"verdict\":\"ok\"")
        .containsPattern("\"id\":\"half-packet\"[^}]*\"engine\":\"drill\"[^}]*\"verdict\":\"ok\"");
    assertThat(run.status()).isZero();
  }

  @Test
  void anotherWordIsRefused() {
    MidgeRun run = MidgeRun.run("pub", "-t", "a", "-m", "x", "--engine", "warp");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText())
        .startsWith("Error: Invalid --engine argument 'warp': it is paho or direct.");
  }

  @Test
  void mosquittosNamesHaveNoSuchOption() {
    MidgeRun run = MidgeRun.runAs("mosquitto_pub", "-t", "a", "-m", "x", "--engine", "paho");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText()).contains("Unknown option '--engine'");
  }
}
