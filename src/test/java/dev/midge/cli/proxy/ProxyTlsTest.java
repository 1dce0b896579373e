package dev.midge.cli.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.embedded.EmbeddedBroker;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.net.tls.make.TestCertificate;
import dev.midge.testing.DistrustfulClient;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the proxy where TLS with a client or a broker fails. */
class ProxyTlsTest {
  @TempDir Path directory;

  private static MidgeRun proxy(Object... words) {
    List<Object> line = new ArrayList<>(List.of("--no-control"));
    line.addAll(List.of(words));
    return ListeningProxy.start(line.toArray());
  }

  private static void connect(MidgeRun proxy) {
    MidgeRun.run("pub", "-h", "localhost", "-p", ListeningProxy.port(proxy), "-t", "a", "-m", "b");
  }

  private MidgeRun listening() throws IOException {
    TestCertificate server = TestAuthority.create().server(List.of("localhost"));
    Path certificate = Files.writeString(directory.resolve("cert.pem"), server.pem());
    Path key = Files.writeString(directory.resolve("key.pem"), server.keyPem());
    return proxy("--to", "mqtt://127.0.0.1:1", "--listen-cert", certificate, "--listen-key", key);
  }

  @Test
  void aClientThatDoesNotTrustTheCertificateIsTold() throws Exception {
    MidgeRun proxy = listening();
    DistrustfulClient.connect(ListeningProxy.port(proxy));

    proxy.awaitErr(
        "no handshake with the client: it sent the TLS alert unknown_ca, so it does not accept the"
            + " certificate");
    proxy.stop();
  }

  @Test
  void soIsOneThatSpeaksNoTls() throws Exception {
    MidgeRun proxy = listening();
    connect(proxy);

    proxy.awaitErr("no handshake with the client: what it sent is not TLS");
    proxy.stop();
  }

  @Test
  void aHandshakeThatTheProxyItselfEndsIsNoFailureOfTheClient() throws Exception {
    MidgeRun proxy = listening();
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), ListeningProxy.port(proxy))) {
      proxy.awaitErr("Connection 1 from ");
      assertThat(proxy.stop().errText()).doesNotContain("no handshake");
      assertThat(silent.getInputStream().read()).isNegative();
    }
  }

  @Test
  void aBrokerThatWantsACertificateIsTold() {
    try (EmbeddedBroker broker = EmbeddedBroker.create().tlsWithClientCertificates().start()) {
      MidgeRun proxy = proxy("--to", broker.uri(), "--cafile", broker.caFile());
      connect(proxy);

      proxy.awaitErr("from the broker: TLS alert ");
      assertThat(proxy.stop().errText())
          .containsPattern(
              "TLS alert (bad_certificate|certificate_required); try: a certificate of your own:"
                  + " --cert FILE and --key FILE\\.");
    }
  }

  @Test
  void aBrokerThatAnswersInTlsIsTold() {
    try (EmbeddedBroker broker = EmbeddedBroker.create().tls().start()) {
      MidgeRun proxy = proxy("--to", "mqtt://localhost:" + broker.port());
      connect(proxy);

      proxy.awaitErr("from the broker: no MQTT but TLS; forwarded as it is");
      proxy.stop();
    }
  }

  @Test
  void soIsAClientThatSpeaksTlsToAProxyWithoutIt() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.create().start()) {
      MidgeRun proxy = proxy("--to", broker.uri());
      MidgeRun.run(
          "pub",
          "-L",
          "mqtts://localhost:" + ListeningProxy.port(proxy) + "/a",
          "-m",
          "b",
          "--insecure");

      proxy.awaitErr("from the client: no MQTT but TLS; forwarded as it is");
      proxy.stop();
    }
  }

  @Test
  void soIsAWebServerAndABrokerThatHangsUp() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun proxy = proxy("--to", "mqtt://127.0.0.1:" + broker.port(), "--json");
      for (String answer : new String[] {"HTTP/1.1 400 Bad Request\r\n\r\n", ""}) {
        MidgeRun client =
            MidgeRun.start(
                "pub", "-h", "127.0.0.1", "-p", ListeningProxy.port(proxy), "-t", "a", "-m", "b");
        broker.accept();
        broker.read(PacketType.CONNECT);
        broker.sendHex(HexFormat.of().formatHex(answer.getBytes(US_ASCII)));
        broker.hangUp();
        client.await();
      }

      proxy.awaitErr("the broker hung up before CONNACK");
      assertThat(proxy.stop().errText()).contains("from the broker: no MQTT but HTTP");
      assertThat(proxy.outText()).doesNotContain("PUBACK");
    }
  }

  @Test
  void aBrokerThatIsNotTrustedOrNotKnownIsToldInTheWordsOfTheClients() {
    try (EmbeddedBroker broker = EmbeddedBroker.create().tls().start()) {
      MidgeRun proxy =
          proxy("--to", broker.uri(), "--to", "mqtt://none.invalid", "--tls-use-os-certs");
      connect(proxy);

      proxy.awaitErr("no broker can be reached");
      assertThat(proxy.stop().errText())
          .contains(
              " cannot be reached: TLS: the broker's certificate is not trusted (Certificate ")
          .contains("mqtt://none.invalid:1883 cannot be reached: the name is not known");
    }
  }
}
