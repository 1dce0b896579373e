package dev.midge.broker.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.embedded.EmbeddedBroker;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Slow;
import org.junit.jupiter.api.Test;

/** The Last Will drill at a broker with passwords, access rules and state on disk. */
@Slow("plays the drill twice")
class LwtWithSurroundingsTest {

  @Test
  void allRowsAreGreenWithPasswordsAndAccessRulesAndAfterARestartWithPersistence()
      throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.create()
            .user("drill", "correct horse")
            .access("user drill", "topic readwrite walled/#")
            .persistent()
            .start()) {
      drill(broker);
      broker.restart();
      drill(broker);
    }
  }

  private static void drill(EmbeddedBroker broker) throws Exception {
    MidgeRun run =
        MidgeRun.start(
                "lwt",
                "-h",
                "localhost",
                "-p",
                broker.port(),
                "-u",
                "drill",
                "-P",
                "correct horse",
                "--prefix",
                "walled",
                "--quiet",
                "--json")
            .await();
    assertThat(run.status()).as(run.outText() + run.errText()).isZero();
    assertThat(run.outText()).contains("\"ok\"").doesNotContain("\"failed\"", "\"not examined\"");
  }
}
