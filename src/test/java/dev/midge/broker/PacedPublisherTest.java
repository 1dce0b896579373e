package dev.midge.broker;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A publisher that is faster than a subscriber which acknowledges all the time, over real sockets
 * and a clock that the subscriber drives.
 */
class PacedPublisherTest {
  private static final int COUNT = 4_000;
  private static final int IN_FLIGHT = 500;

  private final AtomicLong time = new AtomicLong();
  private Broker broker;

  @BeforeEach
  void start() throws IOException {
    broker = Broker.start(BrokerConfig.onFreePort(), () -> null, time::get);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private RawClient client(String name) throws IOException {
    return RawClient.connected(broker.port(), ProtocolVersion.V3_1_1, name);
  }

  private static String text(int number) {
    return String.valueOf(number);
  }

  private Void publishAll() {
    try (RawClient publisher = client("publisher")) {
      int acknowledged = 0;
      for (int i = 0; i < COUNT; i++) {
        Message message = Message.of("a", text(i).getBytes(), Qos.AT_LEAST_ONCE, false);
        publisher.send(new Publish(message, false, i + 1));
        if (i + 1 - acknowledged == IN_FLIGHT) {
          publisher.expect(Ack.class);
          acknowledged++;
        }
      }
      for (; acknowledged < COUNT; acknowledged++) {
        publisher.expect(Ack.class);
      }
      return null;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSubscriberThatTakesMessagesSlowlyLosesNone() throws IOException {
    try (RawClient subscriber = client("subscriber")) {
      subscriber.subscribe("a", Qos.AT_LEAST_ONCE);
      CompletableFuture<Void> published = CompletableFuture.supplyAsync(this::publishAll);
      for (int i = 0; i < COUNT; i++) {
        Publish publish = subscriber.expectMessage(text(i));
        time.addAndGet(1_000_000); // a thousand a second
        subscriber.send(Ack.of(PacketType.PUBACK, publish.packetId(), 0));
      }
      published.join();
    }
  }
}
