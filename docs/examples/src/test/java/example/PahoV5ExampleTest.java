package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.midge.broker.embedded.SeenMessage;
import dev.midge.broker.inspect.Disconnection;
import dev.midge.broker.junit.MidgeBroker;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of a device that uses Eclipse Paho's client for MQTT 5. */
class PahoV5ExampleTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension final MidgeBroker broker = MidgeBroker.create();

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private MqttClient client;
  private MqttConnectionOptions options;

  @BeforeEach
  void create() throws MqttException {
    client = new MqttClient(broker.serverUri(), "dev-1", new MemoryPersistence());
    options = new MqttConnectionOptions();
    options.setWill("status/dev-1", new MqttMessage("offline".getBytes(UTF_8), 1, true, null));
  }

  @AfterEach
  void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnectForcibly(100, 100);
    }
    client.close(true);
  }

  @Test
  void aDeviceThatDiesIsOffline() throws MqttException {
    client.connect(options);
    client.publish("status/dev-1", "online".getBytes(UTF_8), 1, true);

    broker.kick("dev-1", Effect.RESET);

    SeenMessage status = broker.messages("status/dev-1").await(2, SOON).get(1);
    assertEquals("offline", status.text());
    assertTrue(status.isWill());
    assertEquals("offline", broker.retained("status/dev-1").orElseThrow().text());
  }

  @Test
  void aCommandOfTheMeantimeArrivesAfterTheReconnect() throws Exception {
    options.setCleanStart(false);
    options.setSessionExpiryInterval(3600L);
    options.setAutomaticReconnect(true);
    options.setAutomaticReconnectDelay(1, 1);
    client.setCallback(new Received(received));
    client.connect(options);
    client.subscribe("cmd/dev-1", 1);
    broker.awaitSubscribed("dev-1", "cmd/dev-1", SOON);

    broker.refuseConnections().kick("dev-1", Effect.RESET);
    broker.awaitDisconnected("dev-1", SOON);
    broker.publish(Message.of("cmd/dev-1", "reboot".getBytes(UTF_8), Qos.AT_LEAST_ONCE, false));
    broker.clearFaults();

    assertEquals("connection lost", received.poll(10, TimeUnit.SECONDS));
    assertEquals("reboot", received.poll(10, TimeUnit.SECONDS));
  }

  @Test
  @MidgeBroker.Config(users = "dev-1:secret")
  void aWrongPasswordIsRefused(MidgeBroker withUsers) throws MqttException {
    MqttClient stranger = new MqttClient(withUsers.serverUri(), "dev-1", new MemoryPersistence());
    options.setUserName("dev-1");
    options.setPassword("guess".getBytes(UTF_8));

    MqttException refused = assertThrows(MqttException.class, () -> stranger.connect(options));

    assertEquals(0x87, refused.getReasonCode());
    stranger.close(true);
  }

  @Test
  void aHalfOpenConnectionIsNoticed() throws Exception {
    options.setKeepAliveInterval(1);
    client.setCallback(new Received(received));
    client.connect(options);

    broker.kick("dev-1", Effect.FREEZE); // the socket stays open, and nothing comes any more

    assertEquals("connection lost", received.poll(10, TimeUnit.SECONDS));
    assertEquals(Disconnection.Kind.FIN, broker.awaitDisconnected("dev-1", SOON).kind());
  }
}
