package dev.midge.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.net.ChannelTrial;
import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import dev.midge.net.ProxySpec;
import dev.midge.net.TlsSpec;
import dev.midge.net.connect.Channels;
import dev.midge.testing.Certificates;
import dev.midge.testing.EchoServer;
import dev.midge.testing.SocksServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLServerSocket;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS against a server in Java, with certificates that openssl makes. */
class TlsChannelIT {
  @TempDir static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void makeCertificates() throws IOException {
    certificates =
        new Certificates(directory)
            .authority("other")
            .leaf("server", "DNS:localhost,DNS:*.wild.test,IP:127.0.0.1,IP:2001:db8:0:0:0:0:0:1");
  }

  private static EchoServer echo(String... protocols) throws Exception {
    SSLServerSocket server =
        (SSLServerSocket)
            certificates
                .server("server")
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    if (protocols.length > 0) {
      server.setEnabledProtocols(protocols);
    }
    return new EchoServer(server);
  }

  /** What a test wants to be different from usual. */
  private record Want(
      String ca, String version, String ciphers, String alpn, boolean insecure, boolean system) {
    static final Want TRUST = new Want("ca.crt", null, null, null, false, false);

    TlsSpec spec() {
      String file = ca == null ? null : certificates.file(ca);
      return new TlsSpec(file, null, system, null, null, null, alpn, version, ciphers, insecure);
    }
  }

  private static Endpoint endpoint(String host, int port, TlsSpec tls) {
    return new Endpoint(Transport.TCP, host, port, null, tls, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bytesOfAnyNumberGoThereAndBack(String protocol) throws Exception {
    try (EchoServer echo = echo(protocol)) {
      ClientChannel channel =
          ChannelTrial.connected(endpoint("localhost", echo.port(), Want.TRUST.spec()));
      ChannelTrial.assertEchoes(channel);
      channel.close();

      assertThat(echo.ending()).isEqualTo("end");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void anAbortIsAResetWithoutCloseNotify(String protocol) throws Exception {
    try (EchoServer echo = echo(protocol)) {
      ClientChannel channel =
          ChannelTrial.connected(endpoint("localhost", echo.port(), Want.TRUST.spec()));
      channel.out().write('x');
      assertThat(channel.in().read()).isEqualTo('x');
      channel.abort();

      assertThat(echo.ending()).contains("reset");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void closingEndsAReaderAndSendsCloseNotify(String protocol) throws Exception {
    try (EchoServer echo = echo(protocol)) {
      ClientChannel channel =
          ChannelTrial.connected(endpoint("localhost", echo.port(), Want.TRUST.spec()));
      channel.out().write('x');
      assertThat(channel.in().read()).isEqualTo('x');
      CompletableFuture<Integer> reading =
          CompletableFuture.supplyAsync(() -> read(channel), ChannelTrial.THREADS);
      channel.close();

      assertThat(echo.ending()).isEqualTo("end");
      assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
    }
  }

  private static int read(ClientChannel channel) {
    try {
      return channel.in().read();
    } catch (IOException ended) {
      return -1;
    }
  }

  @Test
  void aPeerThatDoesNotReadDoesNotKeepTheClientFromClosing() throws Exception {
    try (EchoServer echo = echo()) {
      ClientChannel channel =
          ChannelTrial.connected(endpoint("localhost", echo.port(), Want.TRUST.spec()));
      // The echo stops reading once nobody takes what it sends back.
      AtomicLong written = new AtomicLong();
      CompletableFuture<Void> writing = ChannelTrial.flood(channel, written);
      ChannelTrial.awaitStuck(written);

      CompletableFuture.runAsync(() -> ChannelTrial.close(channel), ChannelTrial.THREADS)
          .get(30, TimeUnit.SECONDS);
      writing.get(30, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "a.wild.test",
        "127.0.0.1",
        "2001:db8::1",
        "[2001:db8::1]"
      })
  void theHostMayBeAnyNameOfTheCertificate(String host) throws Exception {
    try (EchoServer echo = echo();
        SocksServer proxy = SocksServer.to(echo.port()).start()) {
      ClientChannel channel = ChannelTrial.connected(throughProxy(proxy, host, Want.TRUST.spec()));
      channel.out().write('x');
      assertThat(channel.in().read()).isEqualTo('x');
      channel.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker.test", "a.b.wild.test", "wild.test", "127.0.0.2", "2001:db8::2"})
  void anotherHostIsABadCertificate(String host) throws Exception {
    try (EchoServer echo = echo();
        SocksServer proxy = SocksServer.to(echo.port()).start()) {
      ClientChannel channel = Channels.to(throughProxy(proxy, host, Want.TRUST.spec()));

      assertTlsFailure(channel::connect, "certificate verify failed: ");
      channel.close();
      assertThat(echo.ending())
          .contains(Runtime.version().feature() < 25 ? "certificate" : "bad_certificate");
    }
  }

  private static Endpoint throughProxy(SocksServer proxy, String host, TlsSpec tls) {
    ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), null, null);
    return new Endpoint(Transport.TCP, host, 8883, null, tls, spec);
  }

  @Test
  void aCertificateOfSomebodyElseIsNotTrusted() throws Exception {
    try (EchoServer echo = echo()) {
      TlsSpec tls = new Want("other.crt", null, null, null, false, false).spec();
      ClientChannel channel = Channels.to(endpoint("localhost", echo.port(), tls));

      assertTlsFailure(channel::connect, "certificate verify failed: ");
      channel.close();
    }
  }

  @Test
  void theSystemDoesNotTrustAnybody() throws Exception {
    try (EchoServer echo = echo()) {
      TlsSpec tls = new Want(null, null, null, null, false, true).spec();
      ClientChannel channel = Channels.to(endpoint("localhost", echo.port(), tls));

      assertTlsFailure(channel::connect, "certificate verify failed: ");
      channel.close();
    }
  }

  @Test
  void whoIsInsecureVerifiesNothing() throws Exception {
    try (EchoServer echo = echo();
        SocksServer proxy = SocksServer.to(echo.port()).start()) {
      TlsSpec tls = new Want("other.crt", null, null, null, true, false).spec();
      ClientChannel channel = ChannelTrial.connected(throughProxy(proxy, "elsewhere.test", tls));
      channel.out().write('x');
      assertThat(channel.in().read()).isEqualTo('x');
      channel.close();
    }
  }

  @Test
  void aDirectoryOfHashNamesIsTrusted() throws Exception {
    Path hashes = Files.createDirectory(directory.resolve("hashes"));
    Files.writeString(hashes.resolve("0a1b2c3d.0"), "no certificate");
    Files.copy(directory.resolve("ca.crt"), hashes.resolve("0a1b2c3d.1"));
    try (EchoServer echo = echo()) {
      ChannelTrial.connected(endpoint("localhost", echo.port(), caPath(hashes))).close();

      Path plain = Files.createDirectory(directory.resolve("plain"));
      Files.copy(directory.resolve("ca.crt"), plain.resolve("ca.crt"));
      for (Path useless : new Path[] {plain, directory.resolve("missing")}) {
        ClientChannel channel = Channels.to(endpoint("localhost", echo.port(), caPath(useless)));
        assertTlsFailure(channel::connect, "certificate verify failed: ");
        channel.close();
      }
    }
  }

  private static TlsSpec caPath(Path path) {
    return new TlsSpec(null, path.toString(), false, null, null, null, null, null, null, false);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-,TLSv1.2,true",
        "-,TLSv1.3,true",
        "tlsv1.2,TLSv1.2,true",
        "tlsv1.2,TLSv1.3,true",
        "tlsv1.3,TLSv1.2,false",
        "tlsv1.3,TLSv1.3,true"
      })
  void theVersionIsAMinimum(String version, String server, boolean works) throws Exception {
    try (EchoServer echo = echo(server)) {
      TlsSpec tls = new Want("ca.crt", version, null, null, false, false).spec();
      ClientChannel channel = Channels.to(endpoint("localhost", echo.port(), tls));
      if (works) {
        channel.connect();
      } else {
        assertTlsFailure(channel::connect, "Received fatal alert: protocol_version");
      }
      channel.close();
    }
  }

  @Test
  void ciphersAreChosenByName() throws Exception {
    try (EchoServer echo = echo("TLSv1.2")) {
      for (String works :
          new String[] {"ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}) {
        TlsSpec tls = new Want("ca.crt", null, works, null, false, false).spec();
        ChannelTrial.connected(endpoint("localhost", echo.port(), tls)).close();
      }
      TlsSpec noShared =
          new Want("ca.crt", null, "ECDHE-ECDSA-AES128-GCM-SHA256", null, false, false).spec();
      ClientChannel channel = Channels.to(endpoint("localhost", echo.port(), noShared));
      assertTlsFailure(channel::connect, "Received fatal alert: handshake_failure");
      channel.close();
    }
  }

  @Test
  void whatCannotBeUsedIsNamed() throws Exception {
    Files.writeString(directory.resolve("empty"), "nothing");
    certificates.leaf("client", "DNS:client");
    try (EchoServer echo = echo()) {
      int port = echo.port();
      assertTlsFailure(
          connecting(port, client("empty", "client.crt", "client.key")),
          "Unable to load CA certificates, check cafile \"" + certificates.file("empty") + "\".");
      assertTlsFailure(
          connecting(port, client("ca.crt", "empty", "client.key")),
          "Unable to load client certificate \"" + certificates.file("empty") + "\".");
      assertTlsFailure(
          connecting(port, client("ca.crt", "client.crt", "empty")),
          "Unable to load client key file \"" + certificates.file("empty") + "\".");
      assertTlsFailure(
          connecting(port, client("ca.crt", "client.crt", "server.key")),
          "Client certificate/key are inconsistent.");
      assertTlsFailure(
          connecting(port, client("ca.crt", "client.crt", "ca.key")),
          "Client certificate/key are inconsistent.");
      assertTlsFailure(
          connecting(port, new Want("ca.crt", null, "HIGH:!aNULL", null, false, false).spec()),
          "Unable to set TLS ciphers. Check cipher list \"HIGH:!aNULL\".");
    }
  }

  private static TlsSpec client(String ca, String cert, String key) {
    return new TlsSpec(
        certificates.file(ca),
        null,
        false,
        certificates.file(cert),
        certificates.file(key),
        null,
        null,
        null,
        null,
        false);
  }

  private static ThrowingCallable connecting(int port, TlsSpec tls) {
    return () -> {
      ClientChannel channel = Channels.to(endpoint("localhost", port, tls));
      try {
        channel.connect();
      } finally {
        channel.close();
      }
    };
  }

  @Test
  void aServerWithoutTlsIsATlsError() throws Exception {
    try (EchoServer echo = EchoServer.start()) {
      assertThatThrownBy(connecting(echo.port(), Want.TRUST.spec()))
          .isInstanceOfSatisfying(
              NetFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.TLS));
    }
  }

  @Test
  void closingEndsAHandshakeThatIsNotAnswered() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ClientChannel channel =
          Channels.to(endpoint("localhost", silent.getLocalPort(), Want.TRUST.spec()));
      CompletableFuture<Boolean> connecting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  channel.connect();
                  return true;
                } catch (IOException e) {
                  return false;
                }
              },
              ChannelTrial.THREADS);
      try (Socket peer = silent.accept()) {
        peer.getInputStream().read();
        channel.close();
        assertThat(connecting.get(30, TimeUnit.SECONDS)).isFalse();
      }
    }
  }

  private static void assertTlsFailure(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NetFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.TLS))
        .hasMessageStartingWith(message);
  }
}
