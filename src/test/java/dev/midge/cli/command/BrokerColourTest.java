package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the broker's log has colours. */
class BrokerColourTest {
  private static final String ESCAPE = "\033[";

  @ParameterizedTest
  @CsvSource({
    "auto,NOTHING,false",
    "always,NOTHING,true",
    "always,NO_COLOR,true",
    "auto,CLICOLOR_FORCE,true",
    "never,CLICOLOR_FORCE,false",
  })
  void theOptionWinsOverTheEnvironment(String when, String variable, boolean coloured) {
    Map<String, String> environment = Map.of(variable, "1");
    MidgeRun broker =
        MidgeRun.startAs(null, environment, "broker", "-p", "0", "-v", "--color", when)
            .awaitOut("\n");
    MidgeRun pub = MidgeRun.run("pub", "-p", broker.outText().strip(), "-t", "a", "-m", "x");

    assertThat(pub.status()).as(pub.errText()).isZero();
    broker.awaitErr("DISCONNECT").stop();
    assertThat(broker.errText().contains(ESCAPE)).isEqualTo(coloured);
  }

  @Test
  void mosquittoHasNoSuchOption() {
    assertThat(MidgeRun.runAs("mosquitto", "--color", "always").errText())
        .startsWith("Error: Unknown option '--color'.");
  }
}
