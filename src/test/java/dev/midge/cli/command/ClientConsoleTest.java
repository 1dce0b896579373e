package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.cli.options.FaultOptions;
import dev.midge.testing.MidgeRun;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of clients while all goes well. */
class ClientConsoleTest {
  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start(BrokerConfig.onFreePort());
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private MidgeRun run(String line) {
    return MidgeRun.run((Object[]) (line + " -p " + broker.port()).split(" "));
  }

  @Test
  void connSaysWhatItsGoodbyeDoesToTheWill() {
    assertThat(run("conn -W 2 --will-topic w").errText())
        .endsWith("Disconnected by DISCONNECT, so the broker discards the will.\n");
    assertThat(run("conn -W 2").errText()).endsWith("Disconnected by DISCONNECT.\n");
    assertThat(run("conn -W 2 --will-topic w --quiet").errText()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|The broker gives up after 1.5 s, 1.5 times the keep alive of 1 s.",
        "60|The broker gives up after 90 s, 1.5 times the keep alive of 60 s.",
        "65535|The broker gives up after 98302.5 s, 1.5 times the keep alive of 65535 s.",
        "0|Without keep alive (0) the broker never gives up by itself.",
      })
  void aFrozenClientTellsHowLongTheBrokerWaits(int keepAlive, String told) {
    assertThat(FaultOptions.brokerTimeout(keepAlive)).isEqualTo(told);
  }

  @Test
  void linesOfDebuggingHaveNoNull() {
    assertThat(run("pub -t a -m x -d").outText())
        .startsWith("Client (no id yet) sending CONNECT\n")
        .doesNotContain("null");
    assertThat(run("pub -t a -m x -d -V 311").outText()).doesNotContain("null");
  }

  @Test
  void subSaysThatItIsSubscribedWhereAPersonLooks() {
    assertThat(run("sub -t a -W 2").errText()).isEqualTo("Timed out\n");
    MidgeRun seen = MidgeRun.runOnTerminal(Map.of(), "sub", "-t", "a", "-E", "-p", broker.port());
    assertThat(seen.errText())
        .isEqualTo("Subscribed to a at localhost:" + broker.port() + "; Ctrl-C ends.\n");
    assertThat(
            MidgeRun.runOnTerminal(Map.of(), "sub", "-t", "a", "-E", "--quiet", "-p", broker.port())
                .errText())
        .isEmpty();
  }
}
