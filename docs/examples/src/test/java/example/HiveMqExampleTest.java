package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import dev.midge.broker.junit.MidgeBroker;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of a device that uses HiveMQ's client. */
class HiveMqExampleTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension final MidgeBroker broker = MidgeBroker.create();

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private Mqtt5ClientBuilder device() {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier("dev-1")
        .serverHost("localhost")
        .serverPort(broker.port())
        .addDisconnectedListener(context -> heard.add("connection lost"))
        .willPublish()
        .topic("status/dev-1")
        .payload("offline".getBytes(UTF_8))
        .qos(MqttQos.AT_LEAST_ONCE)
        .applyWillPublish();
  }

  @Test
  void aDeviceThatDiesIsOffline() throws InterruptedException {
    device().buildBlocking().connect();

    broker.kick("dev-1", Effect.RESET);

    assertEquals("offline", broker.messages("status/dev-1").awaitOne(SOON).text());
    assertEquals("connection lost", heard.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void aCommandOfTheMeantimeArrivesAfterTheReconnect() throws InterruptedException {
    Mqtt5AsyncClient client =
        device()
            .automaticReconnect()
            .initialDelay(10, TimeUnit.MILLISECONDS)
            .maxDelay(100, TimeUnit.MILLISECONDS)
            .applyAutomaticReconnect()
            .buildAsync();
    client.connectWith().cleanStart(false).sessionExpiryInterval(3600).send().join();
    client
        .subscribeWith()
        .topicFilter("cmd/dev-1")
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(message -> heard.add(new String(message.getPayloadAsBytes(), UTF_8)))
        .send()
        .join();

    broker.refuseConnections().kick("dev-1", Effect.RESET);
    broker.awaitDisconnected("dev-1", SOON);
    broker.publish(Message.of("cmd/dev-1", "reboot".getBytes(UTF_8), Qos.AT_LEAST_ONCE, false));
    broker.clearFaults();

    String last;
    do {
      last = heard.poll(10, TimeUnit.SECONDS);
    } while ("connection lost".equals(last)); // once for each attempt that was refused
    assertEquals("reboot", last);
    client.disconnect().join();
  }

  @Test
  @MidgeBroker.Config(users = "dev-1:secret")
  void aWrongPasswordIsRefused(MidgeBroker withUsers) {
    Mqtt5BlockingClient stranger =
        device()
            .serverPort(withUsers.port())
            .simpleAuth()
            .username("dev-1")
            .password("guess".getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();

    Mqtt5ConnAckException refused = assertThrows(Mqtt5ConnAckException.class, stranger::connect);

    assertEquals(0x87, refused.getMqttMessage().getReasonCode().getCode());
  }

  @Test
  void aHalfOpenConnectionIsNoticed() throws InterruptedException {
    device().buildBlocking().connectWith().keepAlive(1).send();

    broker.kick("dev-1", Effect.FREEZE); // the socket stays open, and nothing comes any more

    assertEquals("connection lost", heard.poll(10, TimeUnit.SECONDS));
  }
}
