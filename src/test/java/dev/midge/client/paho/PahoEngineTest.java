package dev.midge.client.paho;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ClientEvents;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.EngineKind;
import dev.midge.client.MessageListener;
import dev.midge.client.job.Engines;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.testing.Playing;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Slow;
import dev.midge.testing.Specs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Defects of Paho that are none of a packet, but of its threads. */
class PahoEngineTest {

  /** More than Paho keeps for a listener that is busy. */
  private static final int MANY = 25;

  private static final int FEW = 5;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> threads = new CopyOnWriteArrayList<>();
  private final Semaphore mayGoOn = new Semaphore(0);
  private ScriptedBroker broker;
  private Connection connection;

  private final MessageListener listener =
      new MessageListener() {
        @Override
        public void received(ReceivedMessage message) {
          threads.add(Thread.currentThread().getName());
          mayGoOn.acquireUninterruptibly();
          told.add(new String(message.message().payload(), UTF_8));
        }

        @Override
        public void lost(ConnectionFailure failure) {
          told.add(failure.kind().name());
        }
      };

  @BeforeEach
  void begin() throws Exception {
    broker = new ScriptedBroker();
  }

  /** Connects; with a short keep alive only where the test answers PINGREQ. */
  private void connect(int keepAlive) throws Exception {
    Playing<Connection> opening =
        Playing.of(
            () ->
                Engines.open(
                    Specs.to(broker.port()).engine(EngineKind.PAHO).keepAlive(keepAlive).spec(),
                    ClientEvents.NONE,
                    listener));
    broker.welcome();
    connection = opening.result();
  }

  @AfterEach
  void close() throws Exception {
    mayGoOn.release(1000);
    broker.close();
    connection.close();
  }

  private void publish(int from, int to) throws Exception {
    for (int i = from; i <= to; i++) {
      byte[] payload = ("m" + i).getBytes(UTF_8);
      broker.send(new Publish(Message.of("t", payload, Qos.AT_MOST_ONCE, false), false, 0));
    }
  }

  private static List<String> messages(int from, int to) {
    List<String> messages = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      messages.add("m" + i);
    }
    return messages;
  }

  /** Wakes Paho's sender, as the JVM may do without a reason, and waits for what comes of it. */
  private static void wakeSender(String clientId) {
    String name = "MQTT Snd: " + clientId;
    Thread sender =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals(name))
            .findFirst()
            .orElseThrow();
    sender.interrupt();
    Awaitility.await().until(() -> !sender.isAlive());
  }

  @Test
  void aSenderThatIsWokenBeforeConnackIsNotLost() throws Exception {
    Playing<Connection> opening =
        Playing.of(
            () ->
                Engines.open(
                    Specs.to(broker.port()).engine(EngineKind.PAHO).clientId("woken").spec(),
                    ClientEvents.NONE,
                    listener));
    broker.accept().read(PacketType.CONNECT);
    wakeSender("woken");
    broker.send(new Connack(false, 0, Properties.NONE));
    connection = opening.result();
    connection.publish(Message.of("t", new byte[0], Qos.AT_MOST_ONCE, false));

    broker.read(PacketType.PUBLISH);
  }

  @Test
  void itIsPahoThatDelivers() throws Exception {
    connect(60);
    mayGoOn.release();
    publish(1, 1);

    Awaitility.await().until(() -> told.equals(List.of("m1")));
    assertThat(threads).allMatch(name -> name.startsWith("MQTT Call"));
  }

  @Test
  void whatCameBeforeTheEndIsDeliveredBeforeIt() throws Exception {
    connect(60);
    publish(1, FEW);
    Awaitility.await().until(mayGoOn::hasQueuedThreads);
    broker.hangUp();
    Awaitility.await().during(Duration.ofMillis(300)).until(told::isEmpty);
    mayGoOn.release(FEW);

    List<String> all = messages(1, FEW);
    all.add("LOST");
    Awaitility.await().untilAsserted(() -> assertThat(told).isEqualTo(all));
  }

  @Test
  void anAnswerIsToldBehindWhatCameBeforeItAndBeforeWhatCameBehindIt() throws Exception {
    connect(60);
    CompletableFuture<Suback> suback =
        connection.subscribe(List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), Properties.NONE);
    suback.thenRun(() -> told.add("SUBACK"));
    broker.read(PacketType.SUBSCRIBE);
    publish(1, MANY);
    broker.send(new Suback(1, List.of(0), Properties.NONE));
    publish(MANY + 1, MANY + 5);
    Awaitility.await().until(mayGoOn::hasQueuedThreads);

    assertThat(suback).isNotDone();
    mayGoOn.release(MANY + 5);
    suback.get(30, TimeUnit.SECONDS);
    List<String> all = messages(1, MANY);
    all.add("SUBACK");
    all.addAll(messages(MANY + 1, MANY + 5));
    Awaitility.await().untilAsserted(() -> assertThat(told).isEqualTo(all));
  }

  @Slow("waits for keep alive")
  @Test
  void aBrokerIsNotDeadBecauseTheListenerIsBusy() throws Exception {
    connect(3);
    publish(1, MANY);
    for (int pings = 0; pings < 3; pings++) {
      Packet packet = broker.read();
      assertThat(packet).isEqualTo(Ping.REQUEST);
      broker.send(Ping.RESPONSE);
    }
    mayGoOn.release(MANY);

    Awaitility.await().untilAsserted(() -> assertThat(told).isEqualTo(messages(1, MANY)));
    assertThat(connection.over()).isNotDone();
  }
}
