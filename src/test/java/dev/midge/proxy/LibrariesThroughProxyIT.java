package dev.midge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.SocketFactory;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.internal.TCPNetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other people's client libraries behind the proxy: each connection is reset at its hundredth
 * message, and the first one has a blackout before. They come back, and every message arrives.
 */
class LibrariesThroughProxyIT {
  private static final int MESSAGES = 320;
  private static final int WINDOW = 10;
  private static final Path SCRIPTS = Path.of("src/test/resources/peers");
  private static final Path MQTT_JS = Path.of("target/npm/node_modules/mqtt").toAbsolutePath();

  @TempDir Path directory;

  private interface Publisher {
    void publish(int port, String client) throws Exception;
  }

  private void arrivesWhole(Publisher publisher, String resent) throws Exception {
    // Paho's Java client sends again with a topic alias of the old connection, which nobody knows.
    try (Mosquitto broker =
        Mosquitto.configured(
            directory, "listener PORT", "allow_anonymous true", "max_topic_alias 0")) {
      MidgeRun proxy =
          MidgeRun.start(
              "proxy",
              "-p",
              0,
              "--to",
              "mqtt://127.0.0.1:" + broker.port(),
              "--fault",
              "reset@publish-out:100 client=pub",
              "--fault",
              "blackout:300ms@publish-out:50x1 client=pub");
      proxy.awaitErr("Listening");
      int port = Integer.parseInt(proxy.outText().lines().findFirst().orElseThrow());
      try (Program subscriber =
          Program.start(
              "mosquitto_sub", "-p", broker.port(), "-i", "sub", "-t", "numbers", "-q", 1)) {
        // A retained message tells that the subscription is there.
        Program.start("mosquitto_pub", "-p", broker.port(), "-t", "numbers", "-r", "-m", "go")
            .await();
        subscriber.awaitOut("go");

        try {
          publisher.publish(port, "pub");
        } catch (Exception e) {
          throw new AssertionError(proxy.outText() + proxy.errText(), e);
        }

        Program.start("mosquitto_pub", "-p", broker.port(), "-t", "numbers", "-q", 1, "-m", "end")
            .await();
        subscriber.awaitOut("end");
        List<String> came = subscriber.outText().lines().filter(l -> l.matches("[0-9]+")).toList();
        assertThat(came.stream().distinct().collect(Collectors.toSet()))
            .isEqualTo(
                IntStream.range(0, MESSAGES).mapToObj(String::valueOf).collect(Collectors.toSet()));
      }
      proxy.stop();
      tellsTheStory(proxy, resent);
    }
  }

  private static void tellsTheStory(MidgeRun proxy, String resent) {
    assertThat(proxy.status()).isZero();
    String packets = proxy.outText();
    String events = proxy.errText();
    assertThat(events).contains("Fault blackout:300ms at publish-out:50, pub");
    long resets =
        events.lines().filter(l -> l.contains("Fault reset at publish-out:100, pub")).count();
    assertThat(resets).isGreaterThanOrEqualTo(3);
    assertThat(events.lines().filter(l -> l.contains(" of pub <-> TCP RST"))).hasSize((int) resets);
    assertThat(packets.lines().filter(l -> l.contains("pub -> CONNECT")))
        .hasSizeGreaterThan((int) resets);
    assertThat(packets).contains("pub -> PUBLISH (" + resent + ", q1");
    assertThat(packets).contains("pub <- PUBACK");
  }

  @Test
  void pythonsPaho() throws Exception {
    boolean there =
        Files.isExecutable(Path.of("/usr/bin/python3"))
            && Program.start("/usr/bin/python3", "-c", "import paho.mqtt.client").await().status()
                == 0;
    Needs.that(there, "Debian's python3-paho-mqtt");
    arrivesWhole(
        (port, client) -> {
          Program run =
              Program.start(
                      "/usr/bin/python3",
                      SCRIPTS.resolve("publish.py"),
                      port,
                      client,
                      "numbers",
                      MESSAGES)
                  .await();
          assertThat(run.status()).as(run.errText()).isZero();
        },
        "d1");
  }

  /** MQTT.js sends again without the DUP flag, as the proxy's lines show [MQTT-3.3.1-1]. */
  @Test
  void mqttJs() throws Exception {
    Needs.that(Files.isDirectory(MQTT_JS), "npm's mqtt in target/npm");
    arrivesWhole(
        (port, client) -> {
          Program run =
              Program.start(
                      "node",
                      SCRIPTS.resolve("publish.cjs"),
                      MQTT_JS,
                      port,
                      client,
                      "numbers",
                      MESSAGES)
                  .await();
          assertThat(run.status()).as(run.errText()).isZero();
        },
        "d0");
  }

  @Test
  void hiveMq() throws Exception {
    arrivesWhole(
        (port, id) -> {
          Mqtt5AsyncClient client =
              MqttClient.builder()
                  .identifier(id)
                  .serverHost("127.0.0.1")
                  .serverPort(port)
                  .automaticReconnect()
                  .initialDelay(50, TimeUnit.MILLISECONDS)
                  .maxDelay(100, TimeUnit.MILLISECONDS)
                  .applyAutomaticReconnect()
                  .useMqttVersion5()
                  .buildAsync();
          client
              .connectWith()
              .cleanStart(false)
              .sessionExpiryInterval(600)
              .send()
              .get(30, TimeUnit.SECONDS);
          List<CompletableFuture<?>> all = new ArrayList<>();
          for (int i = 0; i < MESSAGES; i++) {
            all.add(
                client
                    .publishWith()
                    .topic("numbers")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(String.valueOf(i).getBytes())
                    .send());
          }
          CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
          client.disconnect().get(30, TimeUnit.SECONDS);
        },
        "d1");
  }

  @Test
  void javasPaho() throws Exception {
    arrivesWhole(
        (port, id) -> {
          MqttAsyncClient client = paho(port, id);
          MqttConnectionOptions options = new MqttConnectionOptions();
          options.setCleanStart(false);
          options.setSessionExpiryInterval(600L);
          options.setAutomaticReconnect(true);
          options.setAutomaticReconnectDelay(1, 1);
          options.setConnectionTimeout(5);
          client.connect(options).waitForCompletion(30_000);
          for (int i = 0; i < MESSAGES; i++) {
            byte[] number = String.valueOf(i).getBytes();
            // It takes no more at once than mosquitto allows, and none while it is not connected.
            Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(MqttException.class)
                .until(
                    () ->
                        client.getPendingTokens().length < WINDOW
                            && client.publish("numbers", number, 1, false) != null);
          }
          // Its tokens fail when a connection is lost, although the messages are still on their
          // way.
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> client.isConnected() && client.getPendingTokens().length == 0);
          client.disconnect(10_000).waitForCompletion(30_000);
          client.close();
        },
        "d1");
  }

  /** Midge's build leaves out what reads addresses for Paho. */
  private static MqttAsyncClient paho(int port, String id) throws Exception {
    return new MqttAsyncClient("tcp://-", id, new MemoryPersistence()) {
      @Override
      protected NetworkModule[] createNetworkModules(String uri, MqttConnectionOptions with) {
        TCPNetworkModule module =
            new TCPNetworkModule(SocketFactory.getDefault(), "127.0.0.1", port, id);
        module.setConnectTimeout(with.getConnectionTimeout());
        return new NetworkModule[] {module};
      }
    };
  }
}
