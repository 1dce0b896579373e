package dev.midge.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Certificates;
import dev.midge.testing.EchoServer;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import dev.midge.testing.ScriptedBroker;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of failures goes on: TLS, with certificates by openssl, and Debian's mosquitto. */
class FailureExplanationIT {
  private static final String SECRET = "hush-4711";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?Z";

  @TempDir private static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void make() throws Exception {
    certificates =
        new Certificates(directory)
            .authority("stranger")
            .leaf("good", "DNS:localhost")
            .leaf("other", "DNS:a.test,DNS:b.test,IP:192.0.2.1")
            .leaf("old", "DNS:localhost")
            .openssl(
                "x509 -req -in old.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days -1 -out old.crt -extfile old.ext");
  }

  @Test
  void anExpiredCertificate() throws Exception {
    assertTls(
        "old",
        "ca.crt",
        "Error: TLS: the broker's certificate has expired: localhost:P over TLS, MQTT 5",
        "Certificate CN=old, issued by CN=ca, valid from " + TIME + " to " + TIME,
        "Try: the broker needs a new certificate. For a test --insecure verifies nothing.");
  }

  @Test
  void aCertificateForOtherNames() throws Exception {
    assertTls(
        "other",
        "ca.crt",
        "Error: TLS: the broker's certificate is for another name: localhost:P over TLS, MQTT 5",
        "Certificate CN=other is for DNS:a.test, DNS:b.test, IP:192.0.2.1, not for DNS:localhost",
        "Try: one of these names for -h, or a certificate with the name asked for. For a test --insecure.");
  }

  @Test
  void anAuthorityThatNobodyKnows() throws Exception {
    assertTls(
        "good",
        "stranger.crt",
        "Error: TLS: the broker's certificate is not trusted: localhost:P over TLS, MQTT 5",
        "Certificate CN=good, issued by CN=ca, valid from " + TIME + " to " + TIME,
        "Try: --cafile FILE with the certificate of its issuer. For a test --insecure verifies nothing.");
  }

  @Test
  void debugShowsTheWholeChain() throws Exception {
    MidgeRun run = withServer("good", "stranger.crt", "-d");

    assertThat(run.outText()).contains("TLS chain 0: Certificate CN=good, issued by CN=ca, valid ");
    assertThat(run.outText()).contains(", for DNS:localhost\nBecause of ");
  }

  @Test
  void aVersionThatIsTooOld() throws Exception {
    MidgeRun run = withServer("good", "ca.crt", "--tls-version", "tlsv1.3");

    assertThat(run.errText().lines())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("Error: TLS: the broker refused: localhost:"),
            then -> assertThat(then).isEqualTo("It sent the TLS alert protocol_version."),
            next -> assertThat(next).startsWith("Try: --tls-version tlsv1.2 allows"));
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void tlsToAPortWithoutIt() throws Exception {
    try (ScriptedBroker server = new ScriptedBroker()) {
      MidgeRun run =
          MidgeRun.start(
              "pub", "-t", "a", "-n", "-p", server.port(), "--cafile", certificates.file("ca.crt"));
      server.accept().readHex(5);
      server.sendHex("485454502f312e31 2034303020426164 0d0a0d0a"); // HTTP/1.1 400 Bad
      assertLines(
          run.await(),
          server.port(),
          "Error: TLS: the answer is not TLS: localhost:P over TLS, MQTT 5",
          ".+",
          "Try: is that the broker's port for TLS .*");
    }
    try (ScriptedBroker server = new ScriptedBroker()) {
      MidgeRun run =
          MidgeRun.start(
              "pub", "-t", "a", "-n", "-p", server.port(), "--cafile", certificates.file("ca.crt"));
      server.accept().readHex(5);
      server.hangUp();
      assertLines(
          run.await(),
          server.port(),
          "Error: TLS: the broker hung up in the handshake: localhost:P over TLS, MQTT 5",
          ".+",
          "Try: is that the broker's port for TLS \\(8883, mostly\\)\\? A port without TLS wants --no-tls or -L mqtt://.");
    }
  }

  @Test
  void mosquittoWantsAPassword() throws Exception {
    Path passwords = Files.writeString(directory.resolve("passwords"), "me:right\n");
    assertThat(Program.start("mosquitto_passwd", "-U", passwords).await().status()).isZero();
    try (Mosquitto mosquitto =
        Mosquitto.configured(directory, "listener PORT 127.0.0.1", "password_file " + passwords)) {
      String url = "mqtt://me:" + SECRET + "@localhost:" + mosquitto.port() + "/a";
      MidgeRun v5 = MidgeRun.run("pub", "-d", "-n", "-L", url);
      assertThat(v5.errText())
          .isEqualTo(
              "Error: The broker refused the connection: localhost:"
                  + mosquitto.port()
                  + " over TCP, MQTT 5\nCONNACK 0x87 Not authorized\n"
                  + "Try: -u NAME and -P for a user whom the broker lets in, or -i ID if it goes by that.\n");
      assertThat(v5.status()).isEqualTo(0x87);
      assertThat(v5.outText()).doesNotContain(SECRET);

      MidgeRun v3 = MidgeRun.run("sub", "-V", "311", "-L", url, "--json", "-d");
      assertThat(v3.errText())
          .contains("\nCONNACK 5 Connection Refused: not authorised\nTry: ")
          .doesNotContain(SECRET);
      assertThat(v3.status()).isEqualTo(5);
    }
  }

  @Test
  void mosquittoWantsACertificate() throws Exception {
    try (Mosquitto mosquitto =
        Mosquitto.configured(
            directory,
            "allow_anonymous true",
            "listener PORT 127.0.0.1",
            "cafile " + certificates.file("ca.crt"),
            "certfile " + certificates.file("good.crt"),
            "keyfile " + certificates.file("good.key"),
            "require_certificate true")) {
      for (String version : new String[] {"tlsv1.3", "tlsv1.2"}) {
        MidgeRun run = tls(mosquitto.port(), "ca.crt", "--tls-version", version);
        assertThat(run.errText().lines())
            .satisfiesExactly(
                first -> assertThat(first).startsWith("Error: "),
                then -> assertThat(then).contains(" TLS alert "),
                next -> assertThat(next).contains("--cert FILE and --key FILE"));
      }
      assertLines(
          MidgeRun.run("pub", "-t", "a", "-n", "-p", mosquitto.port()),
          mosquitto.port(),
          "Error: The connection was lost: localhost:P over TCP, MQTT 5",
          ".* before CONNACK.",
          "Try: does that port want TLS \\(--cafile FILE, or -L mqtts://\\) or .*");
    }
  }

  /** Lines are regular expressions. */
  private static void assertTls(String server, String cafile, String... lines) throws Exception {
    MidgeRun run = withServer(server, cafile);
    assertThat(run.errText().replaceAll("localhost:\\d+", "localhost:P").lines())
        .zipSatisfy(List.of(lines), (line, pattern) -> assertThat(line).matches(pattern));
    assertThat(run.status()).isEqualTo(1);
  }

  private static void assertLines(MidgeRun run, int port, String... patterns) {
    assertThat(run.errText().replace(":" + port, ":P").lines())
        .zipSatisfy(List.of(patterns), (line, pattern) -> assertThat(line).matches(pattern));
  }

  /** A server in Java that speaks TLS 1.2 alone. */
  @SuppressWarnings("try") // the server is only there
  private static MidgeRun withServer(String name, String cafile, String... more) throws Exception {
    SSLServerSocket socket =
        (SSLServerSocket)
            certificates
                .server(name)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    try (EchoServer server = new EchoServer(socket)) {
      return tls(socket.getLocalPort(), cafile, more);
    }
  }

  private static MidgeRun tls(int port, String cafile, String... more) {
    List<Object> words = new ArrayList<>(List.of("pub", "-t", "a", "-n", "-p", port));
    words.addAll(List.of("--cafile", certificates.file(cafile)));
    words.addAll(List.of((Object[]) more));
    return MidgeRun.run(words.toArray());
  }
}
