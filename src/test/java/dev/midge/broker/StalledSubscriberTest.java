package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two who talk to one another next to one who hears it all and never reads. */
class StalledSubscriberTest {
  private static final int COUNT = 2_000;
  private static final int WINDOW = 20; // the broker's Receive Maximum
  private static final int PAYLOAD = 8_000; // so that the sockets do not take it all

  private final List<String> log = new CopyOnWriteArrayList<>();
  private Broker broker;

  @BeforeEach
  void start() throws IOException {
    broker = Broker.start(new BrokerConfig(List.of(0), event -> log.add(event.text()), false));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private static Message message(int number) {
    byte[] payload = new byte[PAYLOAD];
    payload[0] = (byte) (number >> 8);
    payload[1] = (byte) number;
    return Message.of("talk", payload, Qos.AT_LEAST_ONCE, false);
  }

  private static int number(Publish publish) {
    byte[] payload = publish.message().payload();
    return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
  }

  @Test
  void nothingIsLostAmongTheOthersAndTheyDoNotWait() throws IOException {
    try (RawClient first = RawClient.connected(broker.port(), V3_1_1, "stalled0");
        RawClient second = RawClient.connected(broker.port(), V5, "stalled1");
        RawClient speaker = RawClient.connected(broker.port(), V5, "speaker");
        RawClient listener = RawClient.connected(broker.port(), V5, "listener")) {
      first.subscribe("talk", Qos.AT_MOST_ONCE);
      second.subscribe("talk", Qos.AT_LEAST_ONCE);
      listener.subscribe("talk", Qos.AT_LEAST_ONCE);
      List<Integer> heard = new ArrayList<>();
      int sent = 0;
      int acknowledged = 0;
      while (acknowledged < COUNT) {
        while (sent < COUNT && sent - acknowledged < WINDOW) {
          speaker.publish(message(sent++));
        }
        while (heard.size() < sent) {
          Publish publish = listener.expect(Publish.class);
          heard.add(number(publish));
          listener.send(Ack.of(PacketType.PUBACK, publish.packetId()));
        }
        speaker.expect(Ack.class);
        acknowledged++;
      }
      assertThat(heard).isEqualTo(IntStream.range(0, COUNT).boxed().toList());
      speaker.expectNothing();
      listener.expectNothing();
      expectStillStalled(first, second);
    }
  }

  /** They have lost what was too much for their queues, and are still there. */
  private void expectStillStalled(RawClient qos0, RawClient qos1) throws IOException {
    for (int i = 0; i < 2; i++) {
      String name = "stalled" + i;
      assertThat(log)
          .contains("Outgoing messages are being dropped for client " + name + ".")
          .noneMatch(line -> line.startsWith("Client " + name));
    }
    for (int i = 0; i < WINDOW; i++) {
      assertThat(number(qos1.expect(Publish.class))).isEqualTo(i);
    }
    qos1.expectNothing(); // as long as it acknowledges nothing
    for (int i = 0; i < 1_000; i++) {
      assertThat(number(qos0.expect(Publish.class))).isEqualTo(i);
    }
  }

  @Test
  void aDialogueGoesOnAsWell() throws IOException {
    try (RawClient stalled = RawClient.connected(broker.port(), V5, "stalled");
        RawClient one = RawClient.connected(broker.port(), V5, "one");
        RawClient other = RawClient.connected(broker.port(), V3_1_1, "other")) {
      stalled.subscribe("#", Qos.AT_LEAST_ONCE);
      one.subscribe("to/one", Qos.AT_LEAST_ONCE);
      other.subscribe("to/other", Qos.AT_LEAST_ONCE);
      for (int i = 0; i < COUNT / 2; i++) {
        one.publish("to/other", "ping " + i, Qos.AT_LEAST_ONCE);
        one.expect(Ack.class);
        take(other, "ping " + i);
        other.publish("to/one", "pong " + i, Qos.AT_LEAST_ONCE);
        other.expect(Ack.class);
        take(one, "pong " + i);
      }
      one.expectNothing();
      other.expectNothing();
      assertThat(log).noneMatch(line -> line.startsWith("Client stalled"));
    }
  }

  private static void take(RawClient client, String payload) throws IOException {
    Packet ack = Ack.of(PacketType.PUBACK, client.expectMessage(payload).packetId());
    client.send(ack);
  }
}
