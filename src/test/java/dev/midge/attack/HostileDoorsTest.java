package dev.midge.attack;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.TlsFiles;
import dev.midge.mqtt.Qos;
import dev.midge.testing.Certificates;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Garbage by the hundred on the listeners that the command line does not open yet. */
class HostileDoorsTest {
  private static final int WEB_SOCKET = 1;
  private static final int TLS = 2;
  private static final int TLS_WEB_SOCKET = 3;
  private static final long SEED = 20261128;
  private static final byte[] UPGRADE =
      ("GET /mqtt HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Protocol: mqtt\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  @TempDir static Path folder;
  private static SSLContext trusting;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Random random = new Random(SEED);
  private final List<Socket> attackers = new ArrayList<>();
  private Broker broker;
  private RawClient witness;

  @BeforeAll
  static void makeCertificates() throws Exception {
    new Certificates(folder).leaf("server", "DNS:localhost,IP:127.0.0.1");
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(folder.resolve("ca.crt"))) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, trust.getTrustManagers(), null);
  }

  @BeforeEach
  void start() throws Exception {
    TlsFiles files = new TlsFiles(folder.resolve("server.crt"), folder.resolve("server.key"));
    broker =
        Broker.start(
            new BrokerConfig(List.of(0), event -> log.add(event.text()), false)
                .withListener(ListenerSpec.webSocket(0))
                .withListener(ListenerSpec.tcp(0).withTls(files))
                .withListener(ListenerSpec.webSocket(0).withTls(files)));
    witness = RawClient.connected(broker.port(), V5, "witness");
  }

  @AfterEach
  void everybodyElseIsServedAndNothingIsLeft() throws Exception {
    for (Socket attacker : attackers) {
      attacker.close();
    }
    try (RawClient newcomer = overTls("newcomer")) {
      newcomer.subscribe("a", Qos.AT_LEAST_ONCE);
      witness.publish("a", "still here", Qos.AT_MOST_ONCE);
      newcomer.expectMessage("still here");
    }
    witness.close();
    await().atMost(Duration.ofSeconds(30)).until(() -> count("New connection") <= count("] disc"));
    broker.close();
    assertThat(log).noneMatch(line -> line.contains("Exception") || line.startsWith("Error"));
    assertThat(broker.failure()).isNotDone();
  }

  private long count(String part) {
    return log.stream().filter(line -> line.contains(part)).count();
  }

  private RawClient overTls(String name) throws IOException {
    Socket socket = trusting.getSocketFactory().createSocket("127.0.0.1", broker.ports().get(TLS));
    return RawClient.over(socket, V5).accepted(RawClient.connect(V5, name));
  }

  private byte[] noise(int most) {
    byte[] bytes = new byte[1 + random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] mutated(byte[] original) {
    byte[] bytes = Arrays.copyOf(original, 1 + random.nextInt(original.length));
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static byte[] clientHello() throws Exception {
    SSLEngine engine = trusting.createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    return Arrays.copyOf(record.array(), record.position());
  }

  private void attack(int listener, byte[]... parts) throws IOException {
    Socket socket = new Socket("127.0.0.1", broker.ports().get(listener));
    attackers.add(socket);
    OutputStream out = socket.getOutputStream();
    try {
      for (byte[] part : parts) {
        out.write(part);
      }
    } catch (SocketException e) {
      // The broker has heard enough.
    }
  }

  @Test
  void randomBytes() throws IOException {
    for (int i = 0; i < 400; i++) {
      attack(i % 4, noise(i % 3 == 0 ? 5 : 500));
    }
    witness.expectNothing();
  }

  @Test
  void webSocketRequestsThatAreNearlyRight() throws IOException {
    for (int i = 0; i < 300; i++) {
      attack(WEB_SOCKET, mutated(UPGRADE));
    }
    witness.expectNothing();
  }

  @Test
  void webSocketFramesOfAllKinds() throws IOException {
    for (int i = 0; i < 512; i++) {
      byte[] frame = noise(40);
      frame[0] = (byte) i;
      attack(WEB_SOCKET, UPGRADE, frame, noise(300));
    }
    witness.expectNothing();
  }

  @Test
  void hellosOfTlsThatAreNearlyRight() throws Exception {
    byte[] hello = clientHello();
    for (int i = 0; i < 300; i++) {
      attack(i % 2 == 0 ? TLS : TLS_WEB_SOCKET, mutated(hello), noise(100));
    }
    witness.expectNothing();
  }

  @Test
  void handshakesThatStopHalfWay() throws Exception {
    byte[] hello = clientHello();
    for (int i = 0; i < 200; i++) {
      attack(TLS, Arrays.copyOf(hello, i % 2 == 0 ? hello.length : i));
      attack(WEB_SOCKET, Arrays.copyOf(UPGRADE, i % UPGRADE.length));
    }
    witness.expectNothing();
  }

  @Test
  void garbageWithinTls() throws IOException {
    for (int i = 0; i < 60; i++) {
      boolean isWebSocket = i % 2 == 0;
      Socket socket =
          trusting
              .getSocketFactory()
              .createSocket("127.0.0.1", broker.ports().get(isWebSocket ? TLS_WEB_SOCKET : TLS));
      attackers.add(socket);
      if (isWebSocket) {
        socket.getOutputStream().write(UPGRADE);
      }
      socket.getOutputStream().write(noise(500));
    }
    witness.expectNothing();
  }
}
