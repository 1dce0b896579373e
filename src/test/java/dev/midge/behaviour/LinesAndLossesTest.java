package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of {@code pub -l} when its broker comes back and refuses it. */
class LinesAndLossesTest {

  @ParameterizedTest(name = "MQTT {0}, code {1}")
  @CsvSource({
    "5, 135, Not authorized",
    "311, 5, Connection Refused: not authorised",
  })
  void aRefusalWhenConnectingAgainIsItsStatus(String version, int code, String reason)
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        PipedOutputStream silent = new PipedOutputStream()) {
      MidgeRun pub =
          MidgeRun.startWithInput(
              new PipedInputStream(silent),
              "pub",
              "-p",
              broker.port(),
              "-V",
              version,
              "-t",
              "a",
              "-l",
              "-q",
              "1");
      broker.welcome();
      broker.hangUp();
      broker.refuse(code);

      assertThat(pub.await().status()).isEqualTo(code);
      assertThat(pub.errText())
          .startsWith("Warning: The connection was lost: ")
          .contains(
              "\nError: The broker refused the connection: localhost:"
                  + broker.port()
                  + " over TCP, ")
          .contains(reason + "\nTry: ")
          .hasLineCount(4);
    }
  }
}
