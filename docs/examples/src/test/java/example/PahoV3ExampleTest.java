package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.midge.broker.junit.MidgeBroker;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of a device that uses Eclipse Paho's client for MQTT 3.1.1. */
class PahoV3ExampleTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension final MidgeBroker broker = MidgeBroker.create();

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private MqttClient client;
  private MqttConnectOptions options;

  @BeforeEach
  void create() throws MqttException {
    client = new MqttClient(broker.serverUri(), "dev-1", new MemoryPersistence());
    client.setCallback(new Hearing());
    options = new MqttConnectOptions();
    options.setWill("status/dev-1", "offline".getBytes(UTF_8), 1, true);
  }

  private final class Hearing implements MqttCallback {
    @Override
    public void connectionLost(Throwable cause) {
      heard.add("connection lost");
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      heard.add(new String(message.getPayload(), UTF_8));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }

  @AfterEach
  void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnectForcibly(100, 100);
    }
    client.close(true);
  }

  @Test
  void aDeviceThatDiesIsOffline() throws Exception {
    client.connect(options);

    broker.kick("dev-1", Effect.RESET);

    assertEquals("offline", broker.messages("status/dev-1").awaitOne(SOON).text());
    assertEquals("connection lost", heard.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void aCommandOfTheMeantimeArrivesAfterTheReconnect() throws Exception {
    options.setCleanSession(false);
    client.connect(options);
    client.subscribe("cmd/dev-1", 1);

    broker.kick("dev-1", Effect.RESET);
    assertEquals("connection lost", heard.poll(10, TimeUnit.SECONDS));
    broker.publish(Message.of("cmd/dev-1", "reboot".getBytes(UTF_8), Qos.AT_LEAST_ONCE, false));
    client.connect(options);

    assertEquals("reboot", heard.poll(10, TimeUnit.SECONDS));
  }

  @Test
  @MidgeBroker.Config(users = "dev-1:secret")
  void aWrongPasswordIsRefused(MidgeBroker withUsers) throws MqttException {
    MqttClient stranger = new MqttClient(withUsers.serverUri(), "dev-1", new MemoryPersistence());
    options.setUserName("dev-1");
    options.setPassword("guess".toCharArray());

    MqttException refused = assertThrows(MqttException.class, () -> stranger.connect(options));

    assertEquals(MqttException.REASON_CODE_NOT_AUTHORIZED, refused.getReasonCode());
    stranger.close(true);
  }

  @Test
  void aHalfOpenConnectionIsNoticed() throws Exception {
    options.setKeepAliveInterval(1);
    client.connect(options);

    broker.kick("dev-1", Effect.FREEZE); // the socket stays open, and nothing comes any more

    assertEquals("connection lost", heard.poll(10, TimeUnit.SECONDS));
  }
}
