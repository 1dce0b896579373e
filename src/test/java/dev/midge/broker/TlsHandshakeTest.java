package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.mqtt.Qos;
import dev.midge.testing.RawClient;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cryptography of handshakes is held up here: nobody but those who ask for it may notice. */
class TlsHandshakeTest {
  @TempDir static Path folder;
  private static Certificates certificates;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private Broker broker;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = Certificates.make(folder);
  }

  @BeforeEach
  void start() throws Exception {
    BrokerConfig config =
        new BrokerConfig(List.of(0), event -> log.add(event.text()), false)
            .withListener(ListenerSpec.tcp(0).withTls(certificates.tls()))
            .withListener(ListenerSpec.webSocket(0).withTls(certificates.tls()));
    broker = Broker.start(config, this::gated, System::nanoTime);
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
  void stop() {
    gate.countDown();
    broker.close();
    clients.shutdownNow();
  }

  private SSLSocket socket(int port) throws Exception {
    return (SSLSocket) certificates.client(null).getSocketFactory().createSocket("127.0.0.1", port);
  }

  /** A client that is stuck in its handshake until the gate opens, and then says a word. */
  private CompletableFuture<Void> handshaking(int number) {
    return CompletableFuture.runAsync(
        () -> {
          try (SSLSocket socket = socket(broker.ports().get(1));
              RawClient client =
                  RawClient.over(socket, V5).accepted(RawClient.connect(V5, "tls" + number))) {
            client.expectNothing();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        },
        clients);
  }

  private void awaitWaiting(int count) {
    await().until(() -> queue.size() >= count); // one more is at the gate
  }

  @Test
  void aPlainClientIsAnsweredWhileAllHandshakesStandStill() throws Exception {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    try (RawClient plain = RawClient.connected(broker.port(), V5, "plain")) {
      plain.subscribe("a", Qos.AT_LEAST_ONCE);
      for (int i = 0; i < 20; i++) {
        all.add(handshaking(i));
        plain.expectNothing();
      }
      awaitWaiting(19);
      for (int i = 0; i < 100; i++) {
        plain.publish("a", "x", Qos.AT_MOST_ONCE);
        plain.expectMessage("x");
      }
      assertThat(all).noneMatch(CompletableFuture::isDone);
      gate.countDown();
      for (CompletableFuture<Void> each : all) {
        each.get(30, TimeUnit.SECONDS);
      }
      plain.expectNothing();
    }
  }

  @Test
  void whoHasGoneBeforeItsHandshakeWasDoneHarmsNobody() throws Exception {
    List<Socket> gone = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Socket bare = new Socket("127.0.0.1", broker.ports().get(i % 2 + 1));
      gone.add(bare);
      SSLSocket socket =
          (SSLSocket)
              certificates
                  .client(null)
                  .getSocketFactory()
                  .createSocket(bare, "127.0.0.1", bare.getPort(), false);
      clients.execute(
          () -> {
            try {
              socket.startHandshake();
            } catch (Exception e) {
              // It is cut off.
            }
          });
    }
    awaitWaiting(19);
    for (int i = 0; i < 20; i++) {
      gone.get(i).setSoLinger(i % 4 < 2, 0); // a reset, or an orderly close
      gone.get(i).close();
    }
    gate.countDown();
    await()
        .until(() -> log.stream().filter(line -> line.contains("] disconnected: ")).count() == 20);
    handshaking(0).get(30, TimeUnit.SECONDS);
    assertThat(log).noneMatch(line -> line.contains("Exception") || line.contains("Error:"));
  }

  @Test
  void aBrokerStopsInTheMidstOfHandshakes() {
    CompletableFuture<Void> one = handshaking(1);
    CompletableFuture<Void> other = handshaking(2);
    awaitWaiting(1);
    broker.close();
    assertThat(log).last().asString().endsWith("terminating");
    assertThat(one).failsWithin(10, TimeUnit.SECONDS);
    assertThat(other).failsWithin(10, TimeUnit.SECONDS);
  }
}
