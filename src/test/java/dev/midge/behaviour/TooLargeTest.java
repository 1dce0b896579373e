package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors for a message that is too large: for MQTT, or for the broker. */
class TooLargeTest extends BehaviourTest {
  @TempDir Path directory;

  /** It takes no room on the disk. */
  private Path file(long size) throws IOException {
    Path file = directory.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource({"268435456", "5000000000"})
  void aFileThatNoPacketHoldsIsRefusedBeforeAnythingIsConnected(long size) throws IOException {
    MidgeRun run = MidgeRun.runAs("mosquitto_pub", "-p", "1", "-t", "t", "-f", file(size));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText()).isEqualTo("Error: File must be less than 268435455 bytes.\n");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2"})
  void aPacketAboveTheBrokersMaximumIsNotSent(String qos) throws IOException {
    Object[] words = {"-p", port(), "-V", "5", "-t", "t", "-q", qos, "-f", file(2_000_000)};
    MidgeRun dropIn = MidgeRun.runAs("mosquitto_pub", words);

    assertThat(dropIn.status()).isEqualTo(7);
    assertThat(dropIn.errText()).isEqualTo("Error: The connection was lost\n");
    Object[] ours = new Object[words.length + 1];
    ours[0] = "pub";
    System.arraycopy(words, 0, ours, 1, words.length);
    assertThat(MidgeRun.run(ours).errText()).contains(" bytes, the broker takes 2000000.");
    assertThat(log).noneMatch(event -> event.text().contains("rotocol error"));
  }

  @Test
  void aLineAboveTheBrokersMaximumEndsTheStream() {
    byte[] input = new byte[2_000_000]; // without a line feed
    MidgeRun run =
        MidgeRun.runWithInput(input, "pub", "-p", port(), "-V", "5", "-t", "t", "-q", "1", "-l");

    assertThat(run.status()).isEqualTo(25);
    assertThat(run.errText()).startsWith("Error: Packet larger than supported by the server");
  }

  /** MQTT 3 brokers have no way to tell their maximum. */
  @Test
  void whoIsNotToldTheMaximumLosesTheConnectionAndTheBrokerSaysWhy() throws IOException {
    MidgeRun run =
        MidgeRun.run(
            "pub",
            "-p",
            port(),
            "-V",
            "311",
            "-q",
            "1",
            "-t",
            "t",
            "-i",
            "big",
            "-f",
            file(3 << 20));

    assertThat(run.status()).isEqualTo(7);
    assertThat(run.errText()).startsWith("Error: The connection was lost");
    Awaitility.await().until(() -> says("Protocol error from big: PUBLISH of 3145738 bytes."));
    Awaitility.await().until(() -> says("disconnected: oversize packet."));
  }

  @Test
  void whoSendsItAllTheSameIsToldTheReason() throws IOException {
    try (RawClient client = RawClient.connected(port(), ProtocolVersion.V5, "raw")) {
      client.publish("t", "x".repeat(2_000_000), Qos.AT_MOST_ONCE);

      assertThat(client.expect(Disconnect.class).reasonCode()).isEqualTo(0x95);
    }
    Awaitility.await().until(() -> says("Protocol error from raw: PUBLISH of 2000008 bytes."));
  }

  private boolean says(String text) {
    return log.stream().anyMatch(event -> event.text().contains(text));
  }
}
