package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Slow;
import dev.midge.testing.WithScriptedBroker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nobody waits longer than the keep alive for a broker that lets clients in and then reads no more.
 * One after the other, for the large messages load the machine.
 */
@Slow("waits for keep alive, with large messages")
@Execution(ExecutionMode.SAME_THREAD)
class DeafBrokerTest extends WithScriptedBroker {
  private static final Properties KEEP_ALIVE = Properties.of(Property.SERVER_KEEP_ALIVE, 1);
  private static final int LARGE = 30_000_000;

  @TempDir Path directory;

  private Path large() throws IOException {
    return Files.write(directory.resolve("large"), new byte[LARGE]);
  }

  private static void assertDead(MidgeRun run) {
    assertThat(run.await().status()).as(run.errText()).isEqualTo(19);
    assertThat(run.errText()).startsWith("Error: Keepalive exceeded: localhost:");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void pubEndsWithTheKeepAliveInTheMiddleOfAMessage(int qos) throws Exception {
    MidgeRun run =
        MidgeRun.start("pub", "-p", broker.port(), "-t", "a", "-f", large(), "-q", qos, "-V", 5);
    broker.welcome(KEEP_ALIVE);
    assertDead(run);
  }

  @Test
  void theKeepAliveOfTheClientHoldsToo() throws Exception {
    MidgeRun run =
        MidgeRun.start(
            "pub", "-p", broker.port(), "-t", "a", "-f", large(), "-q", 1, "-V", 311, "-k", 5);
    broker.welcome();
    assertDead(run);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void manyMessagesEndWithTheKeepAlive(int qos) throws Exception {
    Path file = Files.write(directory.resolve("small"), new byte[60_000]);
    MidgeRun run =
        MidgeRun.start(
            "pub", "-p", broker.port(), "-t", "a", "-f", file, "-q", qos, "--repeat", 1000);
    broker.welcome(KEEP_ALIVE);
    assertDead(run);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aStreamOfLinesGoesOnWithoutThatConnection(int qos) throws Exception {
    byte[] lines = new byte[LARGE];
    for (int i = 999; i < LARGE; i += 1000) {
      lines[i] = '\n';
    }
    MidgeRun run =
        MidgeRun.startWithInput(
            new ByteArrayInputStream(lines),
            "pub",
            "-p",
            broker.port(),
            "-t",
            "a",
            "-l",
            "-q",
            qos);
    broker.welcome(KEEP_ALIVE);
    if (qos == 0) { // What cannot be sent is lost, and the input is at its end.
      assertThat(run.await().status()).isZero();
      return;
    }
    run.awaitErr("Warning: Keepalive exceeded");
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.hangUp();
    broker.refuse(0x87);
    assertThat(run.await().status()).isEqualTo(0x87);
  }

  @Test
  void aLargeRequestEndsWithTheKeepAlive() throws Exception {
    MidgeRun run =
        MidgeRun.start("rr", "-p", broker.port(), "-t", "a", "-e", "b", "-f", large(), "-q", 1);
    broker.welcome(KEEP_ALIVE);
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(subscribe.packetId(), List.of(1), Properties.NONE));
    assertDead(run);
  }

  @Test
  void anEndByTimeDoesNotWaitForTheBroker() throws Exception {
    MidgeRun run =
        MidgeRun.start(
            "rr", "-p", broker.port(), "-t", "a", "-e", "b", "-f", large(), "-q", 1, "-W", 2);
    broker.welcome();
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(subscribe.packetId(), List.of(0), Properties.NONE));
    assertThat(run.await().status()).isEqualTo(27);
  }

  @Test
  void aFarewellWithTheWillDoesNotWaitForTheBroker() throws Exception {
    MidgeRun run =
        MidgeRun.start(
            "pub",
            "-p",
            broker.port(),
            "-t",
            "a",
            "-f",
            large(),
            "--fault",
            "will@after:1s",
            "--will-topic",
            "w");
    broker.welcome(KEEP_ALIVE);
    run.await();
  }

  @Test
  void subIsCutOffFromABrokerThatTakesNoAcknowledgements() throws Exception {
    MidgeRun run = MidgeRun.start("sub", "-p", broker.port(), "-t", "a", "-q", 1, "-V", 5);
    broker.welcome(KEEP_ALIVE);
    Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
    broker.send(new Suback(subscribe.packetId(), List.of(1), Properties.NONE));
    try {
      while (!run.errText().contains("Keepalive")) {
        flood();
      }
    } catch (IOException cut) {
      // As it should be.
    }
    run.awaitErr("Warning: Keepalive exceeded").stop();
  }

  /** PUBREL needs an answer, whatever is known of its message, and no quota. */
  private void flood() throws IOException {
    StringBuilder hex = new StringBuilder();
    for (int id = 1; id <= 10_000; id++) {
      hex.append("6202").append(String.format("%04x", id));
    }
    broker.sendHex(hex.toString());
  }
}
