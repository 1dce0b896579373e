package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.config.TlsFiles;
import dev.midge.broker.listeners.TlsPeer;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.testing.RawClient;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes of all layers count as silence: half a minute after its opening it is closed. */
class BeforeConnectTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;

  private final TestAuthority root = TestAuthority.create();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final AtomicLong skipped = new AtomicLong(); // nanoseconds that did not really pass
  private final List<Socket> open = new ArrayList<>();
  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    Path certificate = folder.resolve("server.crt");
    Path key = folder.resolve("server.key");
    root.server(List.of("127.0.0.1")).write(certificate, key);
    TlsFiles files = new TlsFiles(certificate, key);
    BrokerConfig config =
        new BrokerConfig(List.of(0), event -> log.add(event.text()), false)
            .withListener(ListenerSpec.webSocket(0))
            .withListener(ListenerSpec.tcp(0).withTls(files))
            .withListener(ListenerSpec.webSocket(0).withTls(files));
    broker =
        Broker.start(
            config, Executors::newSingleThreadExecutor, () -> System.nanoTime() + skipped.get());
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket each : open) {
      each.close();
    }
    broker.close();
    assertThat(log).noneMatch(line -> line.contains("Exception") || line.startsWith("Error"));
  }

  private Socket plain(int listener) throws Exception {
    Socket socket = new Socket("127.0.0.1", broker.ports().get(listener));
    socket.setSoTimeout(30_000);
    open.add(socket);
    return socket;
  }

  private SSLSocket tls(int listener) throws Exception {
    SSLSocket socket = new TlsPeer(root, null).open(broker.ports().get(listener));
    open.add(socket);
    socket.startHandshake();
    return socket;
  }

  private static WebSocketPeer upgraded(Socket socket) throws Exception {
    return new WebSocketPeer(socket.getInputStream(), socket.getOutputStream()).upgraded();
  }

  private static void send(Socket socket, String text) throws Exception {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void expectService() throws Exception {
    RawClient.connected(broker.port(), V5, "witness").close();
  }

  private long accepted() {
    return log.stream().filter(line -> line.startsWith("New connection from ")).count();
  }

  private long timedOut() {
    return log.stream().filter(l -> l.endsWith("] disconnected: exceeded timeout.")).count();
  }

  @Test
  void whateverWasSaidBefore() throws Exception {
    for (int listener = 0; listener < 4; listener++) {
      assertThat(plain(listener).isConnected()).isTrue();
    }
    send(plain(1), "GET /mqtt HTTP/1.1\r\nUpgrade: webso");
    WebSocketPeer pinging = upgraded(plain(1));
    send(plain(2), "\u0016\u0003\u0001\u0000\u00c3\u0001");
    assertThat(tls(2).getSession().isValid()).isTrue();
    send(tls(3), "GET /mqtt HTTP/1.1\r\nUpgrade: webso");
    upgraded(tls(3)).send(0x82, new byte[] {0x10, 0x0e, 0, 4}); // half of a CONNECT

    await().until(() -> accepted() == open.size());
    skipped.addAndGet(25 * SECOND);
    expectService();
    pinging.send(0x89, "alive".getBytes(StandardCharsets.US_ASCII));
    assertThat(pinging.next().payload()).asString().isEqualTo("alive");
    assertThat(timedOut()).isZero();

    skipped.addAndGet(6 * SECOND);
    expectService();
    await().until(() -> timedOut() == open.size());
    for (Socket each : open) {
      each.getInputStream().readAllBytes(); // comes to an end
    }
  }
}
