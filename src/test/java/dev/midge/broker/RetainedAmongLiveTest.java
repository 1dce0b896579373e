package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Retained messages for a client to which live ones come all the time. */
class RetainedAmongLiveTest {
  private static final int RETAINED = 500; // more than are sent at once
  private static final int LIVE = 400;
  private static final byte[] PAYLOAD = new byte[1000]; // so that all live ones take some reads

  @Test
  void retainedMessagesGetThrough() throws IOException {
    CountDownLatch published = new CountDownLatch(1);
    List<Integer> ports = List.of(0);
    BrokerConfig config =
        new BrokerConfig(
            ports,
            event -> {
              if (event.text().contains("Received SUBSCRIBE")) {
                awaitAll(published); // so that there is input in each turn
              }
            },
            true);
    try (Broker broker = Broker.start(config);
        RawClient client = RawClient.connected(broker.port(), V3_1_1, "all")) {
      for (int i = 0; i < RETAINED; i++) {
        client.publish(Message.of("kept/" + i, new byte[1], Qos.AT_MOST_ONCE, true));
      }
      client.expectNothing();
      List<Subscription> all = List.of(Subscription.of("#", Qos.AT_MOST_ONCE));
      client.send(new Subscribe(1, all, Properties.NONE));
      for (int i = 0; i < LIVE; i++) {
        client.publish(Message.of("live", PAYLOAD, Qos.AT_MOST_ONCE, false));
      }
      published.countDown();

      client.take(); // SUBACK
      int retained = 0;
      int live = 0;
      while (live < LIVE) {
        if (client.expect(Publish.class).message().topic().equals("live")) {
          live++;
        } else {
          retained++;
        }
      }
      assertThat(retained).isEqualTo(RETAINED);
    }
  }

  private static void awaitAll(CountDownLatch published) {
    try {
      published.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
