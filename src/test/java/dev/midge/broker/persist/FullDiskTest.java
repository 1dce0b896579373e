package dev.midge.broker.persist;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.persist.RestartedBroker.Kept;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import dev.midge.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that take no more: the broker says so, goes on, keeps what is there, and tries again. */
class FullDiskTest {
  @TempDir Path directory;

  private static void retain(int port, String topic, int bytes) throws IOException {
    try (RawClient client = RawClient.connected(port, V5, "p")) {
      client.publish(new Message(topic, new byte[bytes], Qos.AT_LEAST_ONCE, true, Properties.NONE));
      client.expect(Ack.class);
    }
  }

  @Test
  void aBrokerWhoseLogCannotGrowGoesOnAndKeepsWhatIsThere() throws IOException {
    Path file = directory.resolve("state.db");
    try (KeptProcess broker = KeptProcess.startWithFilesUpTo(200, file)) {
      retain(broker.port(), "small", 1000);
      retain(broker.port(), "large", 300_000);
      broker.program().awaitErr("ERROR Error: the state cannot be saved to " + file + ": ");
      retain(broker.port(), "later", 10); // it goes on, and answers
      broker.kill();
    }
    try (KeptProcess broker = KeptProcess.start(file);
        RawClient client = RawClient.connected(broker.port(), V5, "s")) {
      client.subscribe("#", Qos.AT_MOST_ONCE);
      assertThat(client.expect(Publish.class).message().topic()).isEqualTo("small");
      client.expectNothing();
    }
  }

  @Slow("waits for the next attempt to save, five seconds later")
  @Test
  void whenThereIsRoomAgainAllOfTheStateIsSaved() throws Exception {
    Path file = directory.resolve("state.db");
    // In place of the file that is written beside the snapshot: it cannot be made.
    Path obstacle = directory.resolve("state.db.new");
    try (RestartedBroker broker = RestartedBroker.careful(file)) {
      retain(broker.port(), "before", 1);
      await().until(() -> Files.size(file) > 0);
      byte[] old = Files.readAllBytes(file);
      Files.createFile(Files.createDirectory(obstacle).resolve("x"));
      assertThat(broker.broker().save().get()).isTrue();
      await().until(() -> broker.log.stream().anyMatch(line -> line.contains("cannot be saved")));
      retain(broker.port(), "meanwhile", 1);
      assertThat(Files.readAllBytes(file)).as("the old file stays").isEqualTo(old);
      Files.delete(obstacle.resolve("x"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> broker.log.contains("NOTICE The state is saved to " + file + " again."));
      assertThat(broker.log.stream().filter(line -> line.contains("cannot be saved"))).hasSize(1);
      assertThat(obstacle).doesNotExist();
      // Without an orderly end: what came meanwhile is there.
      Path copy = Files.createDirectory(directory.resolve("copy")).resolve("state.db");
      Files.copy(file, copy);
      try (RestartedBroker second = RestartedBroker.careful(copy);
          Kept kept = second.begin("s")) {
        kept.client().subscribe("meanwhile", Qos.AT_LEAST_ONCE);
        kept.client().expect(Publish.class);
      }
    }
  }
}
