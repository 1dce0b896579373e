package dev.midge.testing.willbroker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WillBrokerTest {
  @ParameterizedTest
  @ValueSource(strings = {"5", "311", "31"})
  void theDrillFindsNothingWrongWithAnHonestBroker(String version) {
    try (WillBroker broker = WillBroker.honest()) {
      MidgeRun run = MidgeRun.run("lwt", "-p", broker.port(), "-V", version);
      assertThat(run.status()).as(run.outText() + run.errText()).isZero();
      assertThat(run.outText()).contains(" 0 failed");
    }
  }
}
