package dev.midge.broker.persist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.testing.Program;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker without persistence does not load a class of it, and writes no file. */
class PersistenceOffTest {
  @TempDir Path directory;

  @Test
  void noClassOfPersistenceIsLoaded() throws IOException {
    Path classes = directory.resolve("classes");
    try (Program broker =
        Program.start(
            System.getProperty("java.home") + "/bin/java",
            "-Xlog:class+load:file=" + classes,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.midge.Midge",
            "broker",
            "-p",
            "0")) {
      int port = Integer.parseInt(broker.awaitOut("\n").outText().strip());
      try (RawClient client = RawClient.connected(port, ProtocolVersion.V5, "c")) {
        client.subscribe("a", Qos.AT_LEAST_ONCE);
      }
      broker.signal("TERM").await();
    }
    assertThat(Files.readString(classes))
        .contains("dev.midge.broker.core.delivery.Outbox ")
        .doesNotContain("dev.midge.broker.persist.");
  }
}
