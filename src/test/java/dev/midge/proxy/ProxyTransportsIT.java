package dev.midge.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midge.testing.Certificates;
import dev.midge.testing.ConfiguredMosquitto;
import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import dev.midge.testing.WebSocketServer;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy in front of mosquitto, over all that carries MQTT, and with TLS for clients. */
class ProxyTransportsIT {

  @TempDir static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void makeCertificates() throws Exception {
    Mosquitto.require();
    certificates = new Certificates(directory).leaf("server", "DNS:localhost,IP:127.0.0.1");
  }

  private static MidgeRun proxy(Object... words) {
    List<Object> line = new ArrayList<>(List.of("proxy", "-p", 0));
    line.addAll(List.of(words));
    return MidgeRun.start(line.toArray()).awaitErr("Listening on port");
  }

  private static int port(MidgeRun proxy) {
    return Integer.parseInt(proxy.outText().lines().findFirst().orElseThrow());
  }

  /** Publishes through the proxy to a subscriber that is behind it as well. */
  private static void carries(MidgeRun proxy, String... options) {
    int port = port(proxy);
    List<Object> sub = new ArrayList<>(List.of("mosquitto_sub", "-p", port, "-h", "localhost"));
    sub.addAll(List.of(options));
    List<Object> pub = new ArrayList<>(sub);
    pub.set(0, "mosquitto_pub");
    sub.addAll(List.of("-i", "s1", "-t", "t", "-q", "1", "-C", "1", "-V", "5"));
    pub.addAll(List.of("-i", "p1", "-t", "t", "-q", "1", "-m", "x".repeat(100_000), "-V", "5"));
    try (Program subscriber = Program.start(sub.toArray())) {
      proxy.awaitOut("s1 <- SUBACK");
      assertThat(Program.start(pub.toArray()).await().status()).isZero();
      assertThat(subscriber.await().outText()).isEqualTo("x".repeat(100_000) + "\n");
    }
    proxy.awaitOut("p1 -> DISCONNECT (0)");
    assertThat(proxy.stop().status()).isZero();
  }

  @Test
  void tls() throws Exception {
    try (Mosquitto broker =
        Mosquitto.configured(
            directory,
            "listener PORT",
            "allow_anonymous true",
            "certfile " + directory.resolve("server.crt"),
            "keyfile " + directory.resolve("server.key"))) {
      carries(
          proxy(
              "--to",
              "mqtts://localhost:" + broker.port(),
              "--cafile",
              directory.resolve("ca.crt")));
    }
  }

  @Test
  void webSocket() throws Exception {
    // Debian's mosquitto opens its WebSockets not everywhere.
    try (Mosquitto broker = Mosquitto.start();
        WebSocketServer server = WebSocketServer.to(broker.port()).start()) {
      carries(proxy("--to", "ws://localhost:" + server.port()));
    }
  }

  @Test
  void unixSocket() throws Exception {
    Path socket = directory.resolve("broker.sock");
    try (Mosquitto broker =
        Mosquitto.configured(
            directory, "listener 0 " + socket, "listener PORT", "allow_anonymous true")) {
      await().until(() -> Files.exists(socket));
      carries(proxy("--to", "unix:" + socket));
      broker.awaitLog("p1");
    }
  }

  @Test
  void tlsForClients() {
    try (Mosquitto broker = Mosquitto.start()) {
      carries(
          proxy(
              "--to",
              "mqtt://localhost:" + broker.port(),
              "--listen-cert",
              directory.resolve("server.crt"),
              "--listen-key",
              directory.resolve("server.key")),
          "--cafile",
          directory.resolve("ca.crt").toString());
    }
  }

  @Test
  void aResetIsOneBelowTls() throws Exception {
    try (Mosquitto broker = Mosquitto.start()) {
      MidgeRun proxy =
          proxy(
              "--to",
              "mqtt://localhost:" + broker.port(),
              "--listen-cert",
              directory.resolve("server.crt"),
              "--listen-key",
              directory.resolve("server.key"),
              "--fault",
              "reset@connect:1");
      Socket below = new Socket("127.0.0.1", port(proxy));
      try (SSLSocket socket =
          (SSLSocket)
              certificates
                  .trusting()
                  .getSocketFactory()
                  .createSocket(below, "localhost", below.getPort(), true)) {
        socket.startHandshake();
        socket
            .getOutputStream()
            .write(
                java.util.HexFormat.of()
                    .parseHex("100e" + "00044d51545404" + "02003c" + "000276" + "31"));
        // Whatever TLS still has to say comes first.
        assertThatThrownBy(() -> below.getInputStream().readAllBytes())
            .hasMessageContaining("reset");
      }
      proxy.stop();
    }
  }

  @Test
  void aClientWithoutTlsIsToldOf() throws Exception {
    try (Mosquitto broker = Mosquitto.start()) {
      MidgeRun proxy =
          proxy(
              "--to",
              "mqtt://localhost:" + broker.port(),
              "--listen-cert",
              directory.resolve("server.crt"),
              "--listen-key",
              directory.resolve("server.key"));
      Program.start("mosquitto_pub", "-p", port(proxy), "-t", "t", "-m", "x").await();
      proxy.awaitErr("no handshake with the client").stop();
    }
  }

  @Test
  void filesThatAreNoGoodAreNamed() {
    MidgeRun run =
        MidgeRun.run(
            "proxy",
            "-p",
            0,
            "--to",
            "mqtt://localhost:1",
            "--listen-cert",
            directory.resolve("missing.crt"),
            "--listen-key",
            directory.resolve("server.key"));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText())
        .contains("Error: Unable to load")
        .contains("missing.crt: No such file.");
  }

  @Test
  void aBrokerMayRestart() throws Exception {
    try (FreePort port = FreePort.take()) {
      MidgeRun proxy = proxy("--to", "mqtt://127.0.0.1:" + port.number());
      assertThat(pub(proxy)).isNotZero();
      proxy.awaitErr("no broker can be reached");
      for (int start = 0; start < 2; start++) {
        try (ConfiguredMosquitto broker = ConfiguredMosquitto.startAt(port)) {
          assertThat(broker.port()).isEqualTo(port.number());
          assertThat(pub(proxy)).isZero();
        }
        assertThat(pub(proxy)).isNotZero();
      }
      assertThat(proxy.stop().status()).isZero();
    }
  }

  /** Returns the status of a mosquitto_pub through the proxy. */
  private static int pub(MidgeRun proxy) {
    return Program.start("mosquitto_pub", "-p", port(proxy), "-t", "t", "-q", 1, "-m", "x")
        .await()
        .status();
  }
}
