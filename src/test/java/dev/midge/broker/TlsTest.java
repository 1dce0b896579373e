package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.config.TlsFiles;
import dev.midge.mqtt.Qos;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  @TempDir static Path folder;
  private static Certificates certificates;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private Broker broker;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = Certificates.make(folder);
  }

  @AfterEach
  void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private void start(TlsFiles files) throws IOException {
    broker =
        Broker.start(
            new BrokerConfig(List.of(0), event -> log.add(event.text()), false)
                .withListener(ListenerSpec.tcp(0).withTls(files)));
  }

  private SSLSocket socket(String client) throws Exception {
    return (SSLSocket)
        certificates
            .client(client)
            .getSocketFactory()
            .createSocket("127.0.0.1", broker.ports().get(1));
  }

  private RawClient connected(String client) throws Exception {
    return RawClient.over(socket(client), V5).accepted(RawClient.connect(V5, "c"));
  }

  private void awaitLog(String part) {
    await().until(() -> log.stream().anyMatch(line -> line.contains(part)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothVersionsWorkAndTheLogTellsWhich(String version) throws Exception {
    start(certificates.tls());
    SSLSocket socket = socket(null);
    socket.setEnabledProtocols(new String[] {version});
    try (RawClient client = RawClient.over(socket, V5).accepted(RawClient.connect(V5, "c"))) {
      client.subscribe("a", Qos.AT_LEAST_ONCE);
      client.publish("a", "hello", Qos.AT_MOST_ONCE);
      client.expectMessage("hello");
      awaitLog("Client c negotiated " + version + " cipher TLS_");
    }
  }

  @Test
  void thePkcs1KeyAndTheLeafAloneDoAsWellIfTheAuthoritiesHaveTheRest() throws Exception {
    start(
        new TlsFiles(
            certificates.file("server.crt"),
            certificates.file("pkcs1.key"),
            certificates.file("ca.crt"),
            false));
    connected(null).close(); // it trusts the root only
  }

  @Test
  void aCertificateThatTheAuthoritiesVouchForIsGoodEnough() throws Exception {
    start(certificates.requiringCertificates());
    try (RawClient client = connected("client")) {
      client.expectNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void noCertificateOrAStrangersIsRefusedInTheHandshakeWithAnAlert(String version)
      throws Exception {
    start(certificates.requiringCertificates());
    for (String name : new String[] {null, "stranger"}) {
      SSLSocket socket = socket(name);
      socket.setEnabledProtocols(new String[] {version});
      assertThatThrownBy(() -> RawClient.over(socket, V5).accepted(RawClient.connect(V5, "c")))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("alert");
      socket.close();
    }
    awaitLog("disconnected: bad socket read/write: TLS: Empty client certificate chain.");
    awaitLog(
        "TLS: the client's certificate CN=stranger, issued by CN=stranger, is not taken:"
            + " no trusted authority has issued it.");
    assertThat(log).noneMatch(line -> line.contains(" as c "));
  }

  /** OpenSSL's clients send it not encrypted, though the broker's keys are there. */
  @Test
  void theAlertOfAClientThatRefusesTheCertificateIsNamed() throws Exception {
    start(certificates.tls());
    SSLEngine engine = certificates.client(null).createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
    try (Socket socket = new Socket("127.0.0.1", broker.ports().get(1))) {
      socket.getOutputStream().write(hello.array(), 0, hello.position());
      assertThat(socket.getInputStream().read()).isEqualTo(22); // the handshake goes on
      socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 48});
      awaitLog("disconnected: bad socket read/write: TLS: Received fatal alert: unknown_ca.");
    }
  }

  @Test
  void plainTextAndGarbageOnATlsPortAreClosed() throws Exception {
    start(certificates.tls());
    Random random = new Random(9);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = new byte[200];
      random.nextBytes(bytes);
      if (i % 2 == 0) { // a record of a handshake, as far as one can see
        System.arraycopy(new byte[] {22, 3, 1, 0, (byte) 195, 1, 0, 0}, 0, bytes, 0, 8);
      }
      try (Socket socket = new Socket("127.0.0.1", broker.ports().get(1))) {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes(); // comes to an end
      }
    }
    connected(null).close();
    assertThat(log).noneMatch(line -> line.contains("Exception") || line.contains("Error:"));
  }

  @Test
  void aPortProbeIsNoEvent() throws Exception {
    start(certificates.tls());
    new Socket("127.0.0.1", broker.ports().get(1)).close();
    awaitLog("disconnected: connection closed by client.");
  }

  @Test
  void theEndsOfAConnectionAreToldApart() throws Exception {
    start(certificates.tls());
    SSLSocket orderly = socket(null);
    RawClient.over(orderly, V5).accepted(RawClient.connect(V5, "orderly"));
    orderly.close();
    awaitLog("orderly [127.0.0.1:" + orderly.getLocalPort() + "] disconnected: connection closed");

    Socket bare = new Socket("127.0.0.1", broker.ports().get(1));
    SSLSocket cut =
        (SSLSocket)
            certificates
                .client(null)
                .getSocketFactory()
                .createSocket(bare, "127.0.0.1", bare.getPort(), false);
    RawClient.over(cut, V5).accepted(RawClient.connect(V5, "cut"));
    bare.close();
    awaitLog("disconnected: bad socket read/write: TLS: closed without close_notify.");

    bare = new Socket("127.0.0.1", broker.ports().get(1));
    SSLSocket reset =
        (SSLSocket)
            certificates
                .client(null)
                .getSocketFactory()
                .createSocket(bare, "127.0.0.1", bare.getPort(), false);
    RawClient.over(reset, V5).accepted(RawClient.connect(V5, "reset"));
    bare.setSoLinger(true, 0);
    bare.close();
    awaitLog("disconnected: bad socket read/write: Connection reset by peer.");
  }

  @Test
  void anEncryptedKeyIsOpenedWithItsPassphraseWhichIsAskedForOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    start(
        certificates.encrypted(
            () -> {
              asked.incrementAndGet();
              return "secret".toCharArray();
            }));
    connected(null).close();
    assertThat(asked).hasValue(1);
  }

  @Test
  void aWrongOrMissingPassphraseIsOneLineThatNamesTheFile() {
    String file = "Unable to load " + certificates.file("encrypted.key") + ": ";
    for (String wrong : new String[] {"Secret", "", "öäü"}) {
      assertThatThrownBy(() -> start(certificates.encrypted(wrong::toCharArray)))
          .isInstanceOf(IOException.class)
          .hasMessage(file + "the passphrase is wrong, or the key is damaged.");
    }
    for (Supplier<char[]> nobody : Arrays.<Supplier<char[]>>asList(null, () -> null)) {
      assertThatThrownBy(() -> start(certificates.encrypted(nobody)))
          .isInstanceOf(IOException.class)
          .hasMessage(file + "it is encrypted, and nobody can be asked for the passphrase.");
    }
  }

  @Test
  void aStartWithBadFilesFailsAndNamesTheFile() throws Exception {
    assertThatThrownBy(
            () -> start(new TlsFiles(certificates.file("none.crt"), certificates.file("root.key"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.crt");
    assertThatThrownBy(
            () ->
                start(new TlsFiles(certificates.file("server.crt"), certificates.file("root.key"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the key is not the certificate's");
    Path nonsense = Files.writeString(folder.resolve("nonsense.key"), "no key\n");
    assertThatThrownBy(() -> start(new TlsFiles(certificates.file("server.crt"), nonsense)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no private key");
  }
}
