package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.access.Passwords;
import dev.midge.broker.access.Security;
import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Ping;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Passwords take their time here: the check of each waits for the gate. */
class LoginsTest {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final List<RawClient> clients = new ArrayList<>();
  private Broker broker;

  @BeforeEach
  void start() throws IOException {
    Passwords passwords = Passwords.of(Map.of("alice", "s3cret"));
    ListenerSpec listener = ListenerSpec.tcp(0).withSecurity(new Security(true, passwords, null));
    broker =
        Broker.start(
            new BrokerConfig(
                List.of(),
                event -> log.add(event.text()),
                false,
                Limits.DEFAULT,
                List.of(listener)),
            this::gated,
            System::nanoTime);
  }

  private ExecutorService gated() {
    return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, queue) {
      @Override
      protected void beforeExecute(Thread thread, Runnable work) {
        try {
          gate.await();
        } catch (InterruptedException e) {
          thread.interrupt(); // the broker stops
        }
      }
    };
  }

  @AfterEach
  void stop() throws IOException {
    gate.countDown();
    for (RawClient client : clients) {
      client.close();
    }
    broker.close();
  }

  private RawClient login(ProtocolVersion version, String clientId, String password)
      throws IOException {
    return login(version, clientId, password, null);
  }

  private RawClient login(ProtocolVersion version, String clientId, String password, Will will)
      throws IOException {
    RawClient client = RawClient.open(broker.port(), version);
    clients.add(client);
    client.send(
        new Connect(
            version, true, 60, clientId, will, "alice", password.getBytes(), Properties.NONE));
    return client;
  }

  @Test
  void hundredsOfLoginsAtOnceHoldUpNobodyElse() throws IOException {
    List<RawClient> waiting = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      waiting.add(login(i % 2 == 0 ? V5 : V3_1_1, "c" + i, i % 3 == 0 ? "wrong" : "s3cret"));
    }
    await().until(() -> queue.size() == 299); // the first is with its thread

    RawClient served = RawClient.connected(broker.port(), V5, "served");
    clients.add(served);
    served.subscribe("a", Qos.AT_MOST_ONCE);
    for (int i = 0; i < 50; i++) {
      served.publish("a", "" + i, Qos.AT_MOST_ONCE);
      served.expectMessage("" + i);
    }
    assertThat(queue).hasSize(299);
    assertThat(log)
        .noneMatch(line -> line.startsWith("New client connected") && line.contains("alice"));

    gate.countDown();
    for (int i = 0; i < 300; i++) {
      int refusal = i % 2 == 0 ? ReasonCode.NOT_AUTHORIZED : 5;
      assertThat(waiting.get(i).expect(Connack.class).reasonCode())
          .isEqualTo(i % 3 == 0 ? refusal : 0);
    }
    assertThat(log).noneMatch(line -> line.contains("s3cret") || line.contains("wrong"));
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void packetsBehindConnectWaitForTheAnswer(ProtocolVersion version) throws IOException {
    RawClient client = login(version, "c", "s3cret");
    client.send(Ping.REQUEST);
    client.publish("a", "x", Qos.AT_LEAST_ONCE);
    await().until(() -> log.stream().anyMatch(line -> line.startsWith("New connection")));
    gate.countDown();

    assertThat(client.expect(Connack.class).reasonCode()).isZero();
    client.expect(Ping.class);
    client.publish("a", "y", Qos.AT_LEAST_ONCE);
    client.expect(Ack.class);
    client.expect(Ack.class);
    client.expectNothing();
  }

  @Test
  void whoGoesDuringTheLoginIsForgottenAndTakesNothingOver() throws IOException {
    RawClient watcher = RawClient.connected(broker.port(), V5, "w");
    clients.add(watcher);
    watcher.subscribe("#", Qos.AT_MOST_ONCE);
    RawClient kept = RawClient.connected(broker.port(), V5, "kept");
    clients.add(kept);
    Will will = new Will(Message.of("gone", "wrong".getBytes(), Qos.AT_MOST_ONCE, false));
    login(V5, "kept", "wrong", will).reset();
    login(V5, "kept", "wrong", will);
    await().until(() -> queue.size() == 1);
    gate.countDown();

    clients.get(clients.size() - 1).expect(Connack.class);
    clients.get(clients.size() - 1).expectEnd();
    kept.expectNothing();
    watcher.expectNothing();
  }

  @Test
  void aLoginThatIsRightTakesTheSessionOver() throws IOException {
    RawClient old = RawClient.connected(broker.port(), V5, "c");
    clients.add(old);
    RawClient next = login(V5, "c", "s3cret");
    await()
        .until(() -> log.stream().filter(line -> line.startsWith("New connection")).count() == 2);
    old.expectNothing();
    gate.countDown();

    assertThat(next.expect(Connack.class).reasonCode()).isZero();
    assertThat(old.expect(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
  }

  @Test
  void theBrokerStopsWhilePasswordsAreChecked() throws IOException {
    RawClient client = login(V5, "c", "s3cret");
    await().until(() -> log.stream().anyMatch(line -> line.startsWith("New connection")));
    broker.close();

    client.expectEnd();
    assertThat(log).noneMatch(line -> line.contains("rror"));
  }
}
