package dev.midge.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that are planned, and effects that happen, while a broker runs. */
class ControlledFaultsTest {
  @TempDir Path runtime;
  private ControlledBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new ControlledBroker(runtime);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private MidgeRun publish(String id) {
    return MidgeRun.run("pub", "-p", broker.port, "-i", id, "-t", "a", "-m", "x", "-q", 1);
  }

  @Test
  void aPlannedFaultHappensToWhomItConcernsUntilItIsCleared() {
    broker.done("fault", "reset@publish-out:1", "client=s*");

    assertThat(publish("other").status()).isZero();
    assertThat(publish("s1").status()).isEqualTo(7);
    assertThat(broker.done("faults")).containsPattern("1 +1 +reset@publish-out:1 client=s\\*\n");
    assertThat(broker.done("log")).contains("reset at publish-out:1");

    broker.done("clear", "1");
    assertThat(publish("s1").status()).isZero();
  }

  @Test
  void aKickByResetIsOneAndTheWillIsPublished() {
    MidgeRun watch = MidgeRun.start("sub", "-p", broker.port, "-i", "w", "-t", "w", "-C", 1);
    broker.done("wait", "subscribed", "w");
    MidgeRun client = broker.client("s1", "--will-topic", "w", "--will-payload", "reset");

    assertThat(broker.done("kick", "s1", "reset")).isEqualTo("reset: s1\n");
    assertThat(client.await().status()).isEqualTo(7);
    assertThat(watch.await().outText()).isEqualTo("reset\n");
    assertThat(broker.ctl("kick", "s1", "reset").status()).isEqualTo(1);
  }

  @Test
  void anEffectThatNeedsAPacketIsNoKick() {
    broker.client("s1");
    assertThat(broker.ctl("kick", "s1", "drop").errText()).startsWith("Error: Invalid ");
    assertThat(broker.ctl("kick", "s1", "delay:1s").errText()).startsWith("Error: Invalid kick: ");
    assertThat(broker.done("clients")).contains("s1");
  }

  @Test
  void nothingIsLostInABlackout() {
    MidgeRun sub = MidgeRun.start("sub", "-p", broker.port, "-i", "w", "-t", "a", "-C", 1);
    broker.done("wait", "subscribed", "w");
    assertThat(broker.done("blackout", "w", "300ms")).isEqualTo("blackout:300ms: w\n");
    assertThat(publish("p").status()).isZero();
    assertThat(sub.await().outText()).isEqualTo("x\n");
  }
}
