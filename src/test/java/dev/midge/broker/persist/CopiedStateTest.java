package dev.midge.broker.persist;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.persist.RestartedBroker.Kept;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a broker that runs, copied at one moment: what they would be after its death. */
class CopiedStateTest {
  @TempDir Path directory;

  private Path copy(Path file) throws IOException {
    Path to = Files.createTempDirectory(directory, "copy").resolve(file.getFileName());
    Files.copy(file, to);
    Files.copy(Path.of(file + ".log"), Path.of(to + ".log"));
    return to;
  }

  private static Will will(String payload) {
    return new Will(Message.of("w", payload.getBytes(), Qos.AT_LEAST_ONCE, false));
  }

  @Test
  void eachAcknowledgementMeansThatTheChangeIsInTheFiles() throws IOException {
    Path file = directory.resolve("state.db");
    try (RestartedBroker broker = RestartedBroker.careful(file);
        Kept subscriber = broker.begin("s");
        RawClient publisher = RawClient.connected(broker.port(), V5, "p")) {
      subscriber.client().subscribe("a", Qos.AT_LEAST_ONCE);
      Path subscribed = copy(file);
      publisher.publish("a", "x", Qos.AT_LEAST_ONCE);
      publisher.expect(Ack.class);
      Path published = copy(file);
      try (RestartedBroker one = RestartedBroker.careful(subscribed);
          Kept back = one.resume("s")) {
        assertThat(back.sessionPresent()).isTrue();
        back.client().expectNothing();
        try (RawClient other = RawClient.connected(one.port(), V5, "p")) {
          other.publish("a", "subscribed", Qos.AT_LEAST_ONCE);
          other.expect(Ack.class);
        }
        back.client().expectMessage("subscribed");
      }
      try (RestartedBroker two = RestartedBroker.careful(published);
          Kept back = two.resume("s")) {
        back.client().expectMessage("x");
      }
    }
  }

  @Test
  void withSnapshotsAloneTheWillsOfThoseWhoWereConnectedAreKnownAllTheSame() throws Exception {
    Path file = directory.resolve("state.db");
    try (RestartedBroker broker = new RestartedBroker(file, 1800, false)) {
      try (Kept subscriber = broker.begin("s")) {
        subscriber.client().subscribe("w", Qos.AT_LEAST_ONCE);
      }
      assertThat(broker.broker().save().get()).isTrue();
      await().until(() -> broker.log.stream().anyMatch(line -> line.contains("Saving")));
      try (Kept victim = broker.connect("v", true, 0, will("due"));
          Kept polite = broker.connect("d", true, 0, will("discarded"))) {
        assertThat(victim.sessionPresent()).isFalse();
        polite.client().send(new Disconnect(0, Properties.NONE));
        polite.client().expectEnd();
        // The last change: the polite client's will is gone.
        String last = (char) RecordType.WILL_GONE.ordinal() + "\u0001d";
        Path log = Path.of(file + ".log");
        await().until(() -> Files.readString(log, StandardCharsets.ISO_8859_1).endsWith(last));
        try (RestartedBroker next = new RestartedBroker(copy(file), 1800, false);
            Kept back = next.resume("s")) {
          assertThat(next.log)
              .contains(
                  "NOTICE The broker was killed while 1 client with a will was connected:"
                      + " publishing it, after the delay if there is one.");
          back.client().expectMessage("due");
          back.client().expectNothing();
        }
      }
    }
  }

  @Test
  void aSecondBrokerOnTheSameFileDoesNotStart() throws IOException {
    Path file = directory.resolve("state.db");
    try (RestartedBroker broker = RestartedBroker.careful(file)) {
      assertThatThrownBy(() -> RestartedBroker.careful(file))
          .isInstanceOf(IOException.class)
          .hasMessage(
              file + " is in use by another broker: give each its own persistence_location.");
      broker.restart(); // the first one has it still, and gives it free
    }
  }

  @Test
  void anUnreadableFileEndsTheStartAndIsLeftAlone() throws IOException {
    Path file = directory.resolve("state.db");
    Files.writeString(file, "no state at all");
    for (int i = 0; i < 2; i++) { // the first attempt leaves no lock behind
      assertThatThrownBy(() -> RestartedBroker.careful(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + " cannot be read: it was not written by midge");
    }
    assertThat(file).hasContent("no state at all");
  }

  @Test
  void aLogThatWasCutIsToldOfAndTheRestIsThere() throws IOException {
    Path file = directory.resolve("state.db");
    try (RestartedBroker broker = RestartedBroker.careful(file);
        RawClient publisher = RawClient.connected(broker.port(), V5, "p")) {
      for (String topic : new String[] {"a", "b"}) {
        publisher.publish(Message.of(topic, "x".getBytes(), Qos.AT_LEAST_ONCE, true));
        publisher.expect(Ack.class);
      }
      Path copied = copy(file);
      Path log = Path.of(copied + ".log");
      byte[] whole = Files.readAllBytes(log);
      Files.write(log, Arrays.copyOf(whole, whole.length - 1));
      try (RestartedBroker next = RestartedBroker.careful(copied);
          RawClient subscriber = RawClient.connected(next.port(), V5, "s")) {
        assertThat(next.log)
            .anyMatch(line -> line.startsWith("WARNING Warning: the last record of " + log));
        subscriber.subscribe("#", Qos.AT_MOST_ONCE);
        assertThat(subscriber.expect(Publish.class).message().topic()).isEqualTo("a");
        subscriber.expectNothing();
      }
    }
  }
}
