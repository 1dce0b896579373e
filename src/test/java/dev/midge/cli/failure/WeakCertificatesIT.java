package dev.midge.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Certificates;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures and keys that Debian's mosquitto_pub refuses, which Java does not find too weak. */
class WeakCertificatesIT {
  private static final String LOCALHOST = "subjectAltName=DNS:localhost";
  private static final String AUTHORITY = "basicConstraints=critical,CA:TRUE";
  private static final String SIGN = "x509 -req -CAcreateserial -days 2 ";

  @TempDir private static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void make() throws IOException {
    certificates = new Certificates(directory);
    certificate("oldca", 2048, "-sha1 -signkey oldca.key", AUTHORITY);
    certificate("shortca", 1024, "-signkey shortca.key", AUTHORITY);
    certificate("oldmiddle", 2048, "-sha1 -CA ca.crt -CAkey ca.key", AUTHORITY);
    certificate("shortmiddle", 1024, "-CA ca.crt -CAkey ca.key", AUTHORITY);
  }

  private static void certificate(String name, int bits, String signing, String extension)
      throws IOException {
    certificates
        .openssl("genrsa -out " + name + ".key " + bits)
        .request(name, "/CN=" + name, extension)
        .sign(name, SIGN + signing);
  }

  @ParameterizedTest(name = "{0} bits {1} under {2}, {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "2048|-sha1|ca|ca|the broker's|CN=broker, issued by CN=ca|SHA1withECDSA|2048",
        "1024|-sha256|ca|ca|the broker's|CN=broker, issued by CN=ca|SHA256withECDSA|1024",
        "2048|-sha256|oldmiddle|ca|an issuer's|CN=oldmiddle, issued by CN=ca|SHA1withECDSA|2048",
        "2048|-sha256|shortmiddle|ca|an issuer's|CN=shortmiddle, issued by CN=ca"
            + "|SHA256withECDSA|1024",
        "2048|-sha256|shortca|shortca|an issuer's|CN=shortca, issued by itself|SHA256withRSA|1024",
      })
  void theyAreRefused(
      int bits,
      String hash,
      String issuer,
      String trusted,
      String whose,
      String culprit,
      String signature,
      String size)
      throws Exception {
    try (Mosquitto mosquitto = showing(bits, hash, issuer)) {
      Object[] words = words(mosquitto, trusted);

      MidgeRun run = MidgeRun.run(with("pub", words));

      assertThat(run.errText().replaceAll("valid from [-:TZ0-9]+ to [-:T0-9]+Z", "TIME"))
          .isEqualTo(
              "Error: TLS: "
                  + whose
                  + " certificate has a signature or a key that is too weak: localhost:"
                  + mosquitto.port()
                  + " over TLS, MQTT 5\nCertificate "
                  + culprit
                  + ", TIME: signed with "
                  + signature
                  + ", its own key is RSA of "
                  + size
                  + " bits\nTry: the broker needs a certificate with stronger ones. For a test"
                  + " --insecure verifies nothing.\n");
      assertThat(run.status()).isEqualTo(1);
      assertThat(Program.start(with("mosquitto_pub", words)).await().status()).isNotZero();
    }
  }

  /** Nobody has to believe the signature of what is trusted. */
  @ParameterizedTest
  @CsvSource({"ca", "oldca"})
  void theTrustedCertificateMayHaveSignedItselfInAnyWay(String authority) throws Exception {
    try (Mosquitto mosquitto = showing(2048, "-sha256", authority)) {
      Object[] words = words(mosquitto, authority);

      assertThat(MidgeRun.run(with("pub", words)).errText()).isEmpty();
      assertThat(Program.start(with("mosquitto_pub", words)).await().status()).isZero();
    }
  }

  private static Mosquitto showing(int bits, String hash, String issuer) throws IOException {
    String signing = hash + " -CA " + issuer + ".crt -CAkey " + issuer + ".key";
    certificate("broker", bits, signing, LOCALHOST);
    String shown = Files.readString(directory.resolve("broker.crt"));
    if (issuer.endsWith("middle")) {
      shown += Files.readString(directory.resolve(issuer + ".crt"));
    }
    Files.writeString(directory.resolve("shown.crt"), shown);
    return Mosquitto.configured(
        directory,
        "allow_anonymous true",
        "listener PORT 127.0.0.1",
        "ciphers DEFAULT@SECLEVEL=0",
        "certfile " + certificates.file("shown.crt"),
        "keyfile " + certificates.file("broker.key"));
  }

  private static Object[] words(Mosquitto mosquitto, String trusted) {
    String cafile = certificates.file(trusted + ".crt");
    return new Object[] {"-t", "a", "-n", "-p", mosquitto.port(), "--cafile", cafile};
  }

  private static Object[] with(String first, Object[] words) {
    Object[] all = new Object[words.length + 1];
    all[0] = first;
    System.arraycopy(words, 0, all, 1, words.length);
    return all;
  }
}
