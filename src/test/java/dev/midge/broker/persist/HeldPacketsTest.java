package dev.midge.broker.persist;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.persist.RestartedBroker.Kept;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that wait until changes are on disk come all the same, in order, and with faults. */
class HeldPacketsTest {
  @TempDir Path directory;

  private RestartedBroker careful() throws IOException {
    return RestartedBroker.careful(directory.resolve("state.db"));
  }

  private static String payload(int number, int bytes) {
    return number + "." + "x".repeat(bytes);
  }

  /**
   * Publishes that are acknowledged, to a kept session; most of one message does not fit a write.
   */
  private static void stream(RestartedBroker broker, int messages, int bytes) throws IOException {
    try (Kept subscriber = broker.begin("s");
        RawClient publisher = RawClient.connected(broker.port(), V5, "p")) {
      subscriber.client().subscribe("a", Qos.AT_LEAST_ONCE);
      for (int i = 0; i < messages; i++) {
        publisher.publish("a", payload(i, bytes), Qos.AT_LEAST_ONCE);
        assertThat(publisher.expect(Ack.class).type()).isEqualTo(PacketType.PUBACK);
        Publish got = subscriber.client().expectMessage(payload(i, bytes));
        subscriber.client().send(Ack.of(PacketType.PUBACK, got.packetId()));
      }
      subscriber.client().expectNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5_000, 400_000})
  void messagesOfAnySizeComeInOrder(int bytes) throws IOException {
    try (RestartedBroker broker = careful()) {
      stream(broker, 15, bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"slice:3", "throttle:200000", "delay:5ms"})
  void faultsOfTheLineDoNotMatter(String fault) throws Exception {
    try (RestartedBroker broker = careful()) {
      broker.broker().faults().add(FaultParser.parse(fault, FaultSide.BROKER));
      stream(broker, 5, 300);
    }
  }

  @Test
  void aBurstWithoutChangesIsNotHeld() throws IOException {
    try (RestartedBroker broker = careful();
        RawClient subscriber = RawClient.connected(broker.port(), V5, "s");
        RawClient publisher = RawClient.connected(broker.port(), V5, "p")) {
      subscriber.subscribe("a", Qos.AT_MOST_ONCE);
      int messages = 5_000;
      Thread burst =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < messages; i++) {
                    publisher.publish("a", payload(i, 10), Qos.AT_MOST_ONCE);
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      burst.start();
      for (int i = 0; i < messages; i++) {
        subscriber.expectMessage(payload(i, 10));
      }
    }
  }

  @Test
  void aClientThatDisconnectsGetsItsLastAnswers() throws IOException {
    try (RestartedBroker broker = careful();
        Kept kept = broker.begin("s")) {
      List<Integer> acknowledged = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        kept.client().publish(Message.of("r/" + i, new byte[] {1}, Qos.AT_LEAST_ONCE, true));
      }
      kept.client().send(new Disconnect(0, Properties.NONE));
      for (int i = 0; i < 10; i++) {
        acknowledged.add(kept.client().expect(Ack.class).packetId());
      }
      kept.client().expectEnd();
      assertThat(acknowledged).hasSize(10).isSorted();
    }
  }

  @Test
  void anotherIntervalIsTakenWhileTheBrokerRuns() throws Exception {
    Path file = directory.resolve("state.db");
    try (RestartedBroker broker = new RestartedBroker(file, 1800, false)) {
      try (RawClient client = RawClient.connected(broker.port(), V5, "p")) {
        client.publish(Message.of("before", new byte[] {1}, Qos.AT_LEAST_ONCE, true));
        client.expect(Ack.class);
      }
      assertThat(broker.broker().saveEvery(1, true).get()).isTrue();
      try (Kept kept = broker.begin("s")) {
        kept.client().publish(Message.of("after", new byte[] {1}, Qos.AT_LEAST_ONCE, true));
        kept.client().expect(Ack.class);
        Path copy = Files.createDirectory(directory.resolve("c")).resolve("s.db");
        Files.copy(file, copy);
        Files.copy(Path.of(file + ".log"), Path.of(copy + ".log"));
        try (RestartedBroker next = RestartedBroker.careful(copy);
            Kept back = next.resume("s")) {
          assertThat(back.sessionPresent()).isTrue();
          back.client().subscribe("#", Qos.AT_MOST_ONCE);
          assertThat(back.client().expect(Publish.class).message().topic()).isEqualTo("after");
          assertThat(back.client().expect(Publish.class).message().topic()).isEqualTo("before");
        }
      }
    }
  }
}
