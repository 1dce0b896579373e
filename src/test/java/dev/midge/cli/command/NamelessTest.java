package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import dev.midge.testing.WithScriptedBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lines that name something once, and only if it has a name. */
class NamelessTest extends WithScriptedBroker {
  @Test
  void aClientWithoutAnIdIsNotNamed() throws Exception {
    MidgeRun run = MidgeRun.start(words("conn -p PORT"));
    broker.welcome();
    run.awaitErr("Connected to localhost:" + broker.port() + " (MQTT 5, no will)\n");
    run.stop();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatCannotBeOpenedIsNamedOnceByTheReason() {
    MidgeRun run = MidgeRun.run("pub", "-t", "a", "-f", "/proc/self/mem/x");
    assertThat(run.errText())
        .startsWith("Error: Unable to read file \"/proc/self/mem/x\": Not a directory.\n");
    assertThat(run.status()).isEqualTo(1);
  }
}
