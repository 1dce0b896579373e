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
import dev.midge.testing.Mosquitto;
import dev.midge.testing.SocksServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS against OpenSSL: what a server in Java would not take, and client certificates. */
class TlsWithMosquittoIT {
  private static final byte[] CONNECT =
      HexFormat.of().parseHex("101000044d5154540502003c03210014" + "0000");
  private static final int CONNACK = 0x20;
  private static final char[] PASSPHRASE = "sésame".toCharArray();

  @TempDir static Path directory;
  private static Certificates certificates;
  private static Mosquitto mosquitto;

  @BeforeAll
  static void start() throws IOException {
    Mosquitto.require();
    certificates =
        new Certificates(directory)
            .leaf("server", "DNS:localhost,DNS:broker_1.test,DNS:*.wild.test")
            .leaf("client", "DNS:client");
    mosquitto =
        Mosquitto.configured(
            directory,
            "allow_anonymous true",
            "listener PORT 127.0.0.1",
            "cafile " + certificates.file("ca.crt"),
            "certfile " + certificates.file("server.crt"),
            "keyfile " + certificates.file("server.key"),
            "require_certificate true",
            "use_identity_as_username true");
  }

  @AfterAll
  static void stop() {
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  private static TlsSpec client(String cert, String key) {
    return new TlsSpec(
        certificates.file("ca.crt"),
        null,
        false,
        cert == null ? null : certificates.file(cert),
        key == null ? null : certificates.file(key),
        PASSPHRASE::clone,
        null,
        null,
        null,
        false);
  }

  private static Endpoint endpoint(TlsSpec tls) {
    return new Endpoint(Transport.TCP, "localhost", mosquitto.port(), null, tls, null);
  }

  private static void assertWelcome(Endpoint endpoint) throws IOException {
    ClientChannel channel = ChannelTrial.connected(endpoint);
    channel.out().write(CONNECT);
    assertThat(channel.in().read()).isEqualTo(CONNACK);
    channel.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker_1.test", "a_b.wild.test", "LOCALHOST"})
  void namesWithAnUnderscoreAreNames(String host) throws Exception {
    try (SocksServer proxy = SocksServer.to(mosquitto.port()).start()) {
      assertWelcome(through(proxy, host));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker_2.test", "a_b.c.wild.test", "_wild.test", "_.test"})
  void anotherNameWithAnUnderscoreIsRefused(String host) throws Exception {
    try (SocksServer proxy = SocksServer.to(mosquitto.port()).start()) {
      ClientChannel channel = Channels.to(through(proxy, host));

      assertThatThrownBy(channel::connect)
          .isInstanceOf(NetFailure.class)
          .hasMessageContaining("No name matches " + host);
      channel.close();
    }
  }

  private static Endpoint through(SocksServer proxy, String host) {
    ProxySpec spec = new ProxySpec("127.0.0.1", proxy.port(), null, null);
    TlsSpec tls = client("client.crt", "client.key");
    return new Endpoint(Transport.TCP, host, 8883, null, tls, spec);
  }

  /** Each line makes KEY from the unencrypted PKCS#8 key in IN. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkcs8 -topk8 -nocrypt -in IN -out KEY",
        "rsa -traditional -in IN -out KEY",
        "rsa -traditional -aes128 -passout pass:sésame -in IN -out KEY",
        "rsa -traditional -aes192 -passout pass:sésame -in IN -out KEY",
        "rsa -traditional -aes256 -passout pass:sésame -in IN -out KEY",
        "rsa -traditional -des3 -passout pass:sésame -in IN -out KEY",
        "rsa -aes128 -passout pass:sésame -in IN -out KEY",
        "rsa -aes192 -passout pass:sésame -in IN -out KEY",
        "rsa -aes256 -passout pass:sésame -in IN -out KEY",
        "rsa -des3 -passout pass:sésame -in IN -out KEY",
        "pkcs8 -topk8 -v2 aes256 -v2prf hmacWithSHA1 -passout pass:sésame -in IN -out KEY",
        "pkcs8 -topk8 -v2 aes256 -v2prf hmacWithSHA512 -passout pass:sésame -in IN -out KEY",
      })
  void aKeyMayBeWrittenInManyWays(String words) throws IOException {
    certificates.openssl(words.replace("IN", "client.key").replace("KEY", "other.key"));

    assertWelcome(endpoint(client("client.crt", "other.key")));
  }

  @Test
  void pkcs8MayBeEncryptedAsOfOld() throws IOException {
    // Before PBES2 passphrases were not UTF-8.
    String words =
        "pkcs8 -topk8 -v1 PBE-SHA1-3DES -passout pass:sesame -in client.key -out old.key";
    certificates.openssl(words);
    TlsSpec tls = client("client.crt", "old.key");
    TlsSpec plain =
        new TlsSpec(
            tls.caFile(),
            null,
            false,
            tls.certFile(),
            tls.keyFile(),
            "sesame"::toCharArray,
            null,
            null,
            null,
            false);

    assertWelcome(endpoint(plain));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out ec.key",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp384r1 -out ec.key",
        "ecparam -name prime256v1 -genkey -out ec.key",
        "ecparam -name secp384r1 -genkey -noout -out ec.key",
        "genpkey -algorithm ED25519 -out ec.key",
      })
  void aKeyMayBeOnACurve(String words) throws IOException {
    certificates.openssl(words).certificate("ec", "DNS:ec");

    assertWelcome(endpoint(client("ec.crt", "ec.key")));
  }

  @Test
  void aSec1KeyMayBeEncrypted() throws IOException {
    certificates
        .openssl("ecparam -name prime256v1 -genkey -noout -out ec.key")
        .certificate("ec", "DNS:ec")
        .openssl("ec -aes256 -passout pass:sésame -in ec.key -out locked.key");
    assertThat(Files.readString(directory.resolve("locked.key"))).contains("DEK-Info: AES-256-CBC");

    assertWelcome(endpoint(client("ec.crt", "locked.key")));
  }

  @Test
  void aWrongPassphraseAndNoneAreNamed() throws Exception {
    certificates.openssl("rsa -aes256 -passout pass:other -in client.key -out locked.key");
    TlsSpec wrong = client("client.crt", "locked.key");
    TlsSpec none =
        new TlsSpec(
            wrong.caFile(),
            null,
            false,
            wrong.certFile(),
            wrong.keyFile(),
            () -> null,
            null,
            null,
            null,
            false);
    for (TlsSpec tls : new TlsSpec[] {wrong, none}) {
      ClientChannel channel = Channels.to(endpoint(tls));
      assertThatThrownBy(channel::connect)
          .isInstanceOfSatisfying(
              NetFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.TLS))
          .hasMessageStartingWith(
              "Unable to load client key file \"" + certificates.file("locked.key") + "\".");
      channel.close();
    }
  }

  @Test
  void withoutACertificateTheBrokerHangsUp() throws IOException {
    ClientChannel channel = Channels.to(endpoint(client(null, null)));

    // TLS 1.3 tells it after the handshake, that is by an alert in the place of CONNACK.
    channel.connect();
    assertThatThrownBy(
            () -> {
              channel.out().write(CONNECT);
              channel.in().read();
            })
        .isInstanceOf(IOException.class);
    channel.close();
  }
}
