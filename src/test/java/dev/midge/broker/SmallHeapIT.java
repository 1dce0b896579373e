package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.Program;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The broker as a process with a heap of 32 MB, and those who want more. */
class SmallHeapIT {
  private Program broker;
  private int port;

  @BeforeEach
  void start() {
    broker =
        Program.start(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx32m",
            "-Xmn5m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.midge.Midge",
            "broker",
            "-p",
            "0");
    port = Integer.parseInt(broker.awaitOut("\n").outText().strip());
  }

  @AfterEach
  void stop() {
    broker.signal("TERM").await();
    assertThat(broker.status()).as(broker.errText()).isZero();
    assertThat(broker.errText()).doesNotContain("OutOfMemory", "Exception", "\tat ");
    broker.close();
  }

  private Connack knock(String name) throws IOException {
    try (RawClient client = RawClient.open(port, V5)) {
      client.send(RawClient.connect(V5, name));
      return client.expect(Connack.class);
    }
  }

  /** Publishes ten retained messages to new topics; returns how many were refused. */
  private static int refusedOf(RawClient client, int round) throws IOException {
    for (int k = 0; k < 10; k++) { // fewer than the Receive Maximum
      String topic = "t/" + (round * 10 + k) + "/x";
      Message message = Message.of(topic, new byte[20], Qos.AT_LEAST_ONCE, true);
      client.send(new Publish(message, false, k + 1));
    }
    int refused = 0;
    for (int k = 0; k < 10; k++) {
      refused += client.expect(Ack.class).reasonCode() == 0x97 ? 1 : 0;
    }
    return refused;
  }

  @Test
  void retainedMessagesAreRefusedBeforeMemoryRunsOut() throws IOException {
    int refused = 0;
    try (RawClient client = RawClient.connected(port, V5, "p")) {
      for (int i = 0; i < 9000; i++) {
        refused += refusedOf(client, i);
      }
      assertThat(refused).isBetween(1000, 85_000);
      // A collection may just have freed some memory: then there is room for a few more.
      Awaitility.await()
          .until(
              () -> {
                refusedOf(client, 9000);
                return knock("new").reasonCode() == 0x97;
              });
    } catch (AssertionError e) {
      throw new AssertionError(broker.errText(), e);
    }
    broker.awaitErr("Warning: memory is nearly used up");
  }

  @Test
  void halfSentMessagesEndTheConnectionsThatSentThemAndTheLogSaysWhy() throws IOException {
    List<RawClient> halves = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RawClient half = RawClient.open(port, V5);
      half.send(RawClient.connect(V5, "half" + i));
      if (half.expect(Connack.class).reasonCode() == 0) {
        halves.add(half);
        try {
          half.sendHex("30 e0 fb 73 0001 61 00" + "78".repeat(1_000_000)); // of 1,899,968 bytes
        } catch (IOException e) {
          // It was sent away meanwhile.
        }
      } else {
        half.close();
      }
    }
    broker.awaitErr("Warning: memory is nearly used up");
    broker.awaitErr("] disconnected: quota exceeded.");
    for (RawClient half : halves) {
      half.close();
    }
    assertThat(halves).hasSizeBetween(5, 99);
  }
}
