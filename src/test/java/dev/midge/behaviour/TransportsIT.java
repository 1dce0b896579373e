package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.ProxySpec;
import dev.midge.net.TlsSpec;
import dev.midge.testing.Certificates;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.SocksServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client reaches Debian's mosquitto over TLS and over unix sockets. */
class TransportsIT {
  @TempDir static Path directory;
  private static Certificates certificates;
  private static Mosquitto mosquitto;
  private static Endpoint unix;

  @BeforeAll
  static void start() throws IOException {
    Mosquitto.require();
    certificates = new Certificates(directory).leaf("server", "DNS:localhost").authority("other");
    String socket = directory.resolve("unix").toString();
    String tlsSocket = directory.resolve("tls").toString();
    String[] tls = {
      "certfile " + certificates.file("server.crt"), "keyfile " + certificates.file("server.key")
    };
    mosquitto =
        Mosquitto.configured(
            directory,
            "allow_anonymous true",
            "listener PORT 127.0.0.1",
            tls[0],
            tls[1],
            "listener 0 " + socket,
            "listener 0 " + tlsSocket,
            tls[0],
            tls[1]);
    unix = new Endpoint(Transport.UNIX, socket, 0, null, null, null);
  }

  @AfterAll
  static void stop() {
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  private static TlsSpec trusting(String ca, String version) {
    String file = certificates.file(ca);
    return new TlsSpec(file, null, false, null, null, null, null, version, null, false);
  }

  @Test
  void aUnixSocketIsGoodForAll() throws Exception {
    ConnectionTrial.carriesMessages(unix);
    ConnectionTrial.leavesAWill(unix, unix);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tlsv1.2", "tlsv1.3"})
  void tlsIsGoodForAll(String version) throws Exception {
    TlsSpec tls = trusting("ca.crt", version);
    Endpoint endpoint = new Endpoint(Transport.TCP, "localhost", mosquitto.port(), null, tls, null);
    ConnectionTrial.carriesMessages(endpoint);
    ConnectionTrial.leavesAWill(endpoint, unix);
  }

  @Test
  void tlsOverAUnixSocketIsGoodForAllWithoutANameToCheck() throws Exception {
    TlsSpec tls = trusting("ca.crt", null);
    String path = directory.resolve("tls").toString();
    Endpoint endpoint = new Endpoint(Transport.UNIX, path, 0, null, tls, null);
    ConnectionTrial.carriesMessages(endpoint);
    ConnectionTrial.leavesAWill(endpoint, unix);
  }

  @Test
  void tlsThroughAProxyIsGoodForAll() throws Exception {
    try (SocksServer proxy = SocksServer.to(mosquitto.port()).start()) {
      ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), null, null);
      TlsSpec tls = trusting("ca.crt", null);
      Endpoint endpoint = new Endpoint(Transport.TCP, "localhost", 8883, null, tls, spec);
      ConnectionTrial.carriesMessages(endpoint);
      ConnectionTrial.leavesAWill(endpoint, unix);
    }
  }

  @Test
  void aBrokerThatIsNotTrustedIsToldApart() {
    TlsSpec tls = trusting("other.crt", null);
    Endpoint endpoint = new Endpoint(Transport.TCP, "localhost", mosquitto.port(), null, tls, null);

    assertThatThrownBy(() -> ConnectionTrial.carriesMessages(endpoint))
        .hasFieldOrPropertyWithValue("kind", Kind.TLS)
        .hasMessageStartingWith("certificate verify failed: ");
  }
}
