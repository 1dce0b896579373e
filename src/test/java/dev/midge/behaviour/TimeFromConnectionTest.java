package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Slow;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of -W begins when the broker is reached, and not when the process starts. */
@Slow("waits for whole seconds")
class TimeFromConnectionTest {
  private ScriptedBroker silent;

  @BeforeEach
  void listen() throws IOException {
    silent = new ScriptedBroker();
  }

  @AfterEach
  void close() throws IOException {
    silent.close();
  }

  /** If -W were counted from the start, it would be over long before --connect-timeout. */
  @ParameterizedTest
  @ValueSource(strings = {"sub -t a -W 0.2", "rr -t a -e b -m x -W 0.2", "conn -W 0.2"})
  void itDoesNotCountWhileAProxyIsSilent(String line) {
    MidgeRun run =
        MidgeRun.run(
            (Object[])
                (line + " --connect-timeout 1 --proxy socks5h://127.0.0.1:" + silent.port())
                    .split(" "));
    assertThat(run.errText()).startsWith("Error: Not connected within 1 s (--connect-timeout)");
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"sub -t a -W 0.2, 255", "rr -t a -e b -m x -W 0.2, 27"})
  void itCountsWhileAReachedBrokerSaysNothing(String line, int status) {
    MidgeRun run =
        MidgeRun.run((Object[]) (line + " --connect-timeout 30 -p " + silent.port()).split(" "));
    assertThat(run.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"sub -t a -W 0.2, 255", "rr -t a -e b -m x -W 0.2, 27", "conn -W 0.2, 255"})
  void itCountsWhileAHandshakeOfALayerDoesNotEnd(String line, int status) {
    for (String layer : List.of("--ws", "--tls-use-os-certs", "--tls-use-os-certs --ws")) {
      MidgeRun run =
          MidgeRun.run(
              (Object[])
                  (line + " " + layer + " --connect-timeout 30 -p " + silent.port()).split(" "));
      assertThat(run.status()).as(layer).isEqualTo(status);
    }
  }
}
