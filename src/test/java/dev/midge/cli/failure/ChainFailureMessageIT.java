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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Why a chain of certificates is refused, in words: each has one fault, and Debian's mosquitto
 * shows it. mosquitto_pub refuses them too.
 */
class ChainFailureMessageIT {
  private static final String LOCALHOST = "subjectAltName=DNS:localhost";
  private static final String AUTHORITY = "basicConstraints=critical,CA:TRUE";
  private static final String TEST = " For a test --insecure verifies nothing.";

  @TempDir private static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void make() throws IOException {
    certificates = new Certificates(directory);
    authority("middle", "ca", AUTHORITY);
    authority("limited", "ca", AUTHORITY + ",pathlen:0");
    authority("low", "limited", AUTHORITY);
    authority("nobody", "ca", "basicConstraints=CA:FALSE");
    authority("silent", "ca", "keyUsage=keyCertSign");
    authority("signing", "ca", AUTHORITY, "keyUsage=critical,digitalSignature");
    authority("strange", "ca", AUTHORITY, "1.2.3.4=critical,ASN1:NULL");
    authority("narrow", "ca", AUTHORITY, "nameConstraints=critical,permitted;DNS:a.test");
    authority("past", "ca", AUTHORITY);
    expire("past");
    certificates.authority("stranger");
    root("oldroot", AUTHORITY);
    certificates.sign("oldroot", "x509 -req -days -1 -signkey oldroot.key");
    root("noroot", "basicConstraints=CA:FALSE");
    root("usageroot", AUTHORITY, "keyUsage=critical,cRLSign");
    root("shortroot", AUTHORITY + ",pathlen:0");
    authority("below", "shortroot", AUTHORITY);
    root("own", LOCALHOST);
    root("ownclient", LOCALHOST, "extendedKeyUsage=clientAuth");
    certificates.openssl("req -x509 -key own.key -days 2 -subj /CN=ca -out namesake.crt");
  }

  private static void authority(String name, String issuer, String... extensions)
      throws IOException {
    certificates.issue(name, issuer, "/CN=" + name, extensions);
  }

  private static void root(String name, String... extensions) throws IOException {
    certificates.openssl(
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out " + name + ".key");
    certificates
        .request(name, "/CN=" + name, extensions)
        .sign(name, "x509 -req -days 2 -signkey " + name + ".key");
  }

  private static void expire(String name) {
    certificates.sign(name, "x509 -req -days -1 -CA ca.crt -CAkey ca.key");
  }

  /**
   * The chain from the broker's issuer up to below the trusted file, that file, extensions of the
   * broker's certificate, and the three lines.
   */
  @ParameterizedTest(name = "{0} under {1}, {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "ca|ca|extendedKeyUsage=clientAuth|the broker's certificate is not one for"
            + " servers|CN=broker, issued by CN=ca, TIME: its extendedKeyUsage is clientAuth, not"
            + " serverAuth|the broker needs a certificate for TLS servers.TEST",
        "ca|ca|extendedKeyUsage=codeSigning,1.2.3.4|the broker's certificate is not one for"
            + " servers|CN=broker, issued by CN=ca, TIME: its extendedKeyUsage is codeSigning,"
            + " 1.2.3.4, not serverAuth|the broker needs a certificate for TLS servers.TEST",
        "ca|ca|keyUsage=critical,cRLSign|the broker's certificate is not one for servers"
            + "|CN=broker, issued by CN=ca, TIME: its keyUsage is cRLSign, without digitalSignature"
            + "|the broker needs a certificate for TLS servers.TEST",
        "ca|ca|nsCertType=client|the broker's certificate is not one for servers"
            + "|CN=broker, issued by CN=ca, TIME: its nsCertType is not server"
            + "|the broker needs a certificate for TLS servers.TEST",
        "ca|ca|1.2.3.4=critical,ASN1:NULL|the broker's certificate has a critical extension that"
            + " midge does not know|CN=broker, issued by CN=ca, TIME: extension 1.2.3.4|the broker"
            + " needs a certificate without it.TEST",
        "strange|ca|-|an issuer's certificate has a critical extension that midge does not know"
            + "|CN=strange, issued by CN=ca, TIME: extension 1.2.3.4"
            + "|the broker needs a certificate without it.TEST",
        "nobody|ca|-|an issuer of the broker's certificate is no authority"
            + "|CN=nobody, issued by CN=ca, TIME: its basicConstraints lack CA:TRUE"
            + "|the broker needs a certificate of an authority.TEST",
        "silent|ca|-|an issuer of the broker's certificate is no authority"
            + "|CN=silent, issued by CN=ca, TIME: its basicConstraints lack CA:TRUE"
            + "|the broker needs a certificate of an authority.TEST",
        "noroot|noroot|-|an issuer of the broker's certificate is no authority"
            + "|CN=noroot, issued by itself, TIME: its basicConstraints lack CA:TRUE"
            + "|the broker needs a certificate of an authority.TEST",
        "signing|ca|-|an issuer of the broker's certificate may not sign certificates"
            + "|CN=signing, issued by CN=ca, TIME: its keyUsage lacks keyCertSign"
            + "|the broker needs a certificate of an authority that may.TEST",
        "usageroot|usageroot|-|an issuer of the broker's certificate may not sign certificates"
            + "|CN=usageroot, issued by itself, TIME: its keyUsage lacks keyCertSign"
            + "|the broker needs a certificate of an authority that may.TEST",
        "low limited|ca|-|too many authorities stand between the broker and the one that is"
            + " trusted|CN=limited, issued by CN=ca, TIME: its pathlen allows 0 authorities below"
            + " it, there are 1|the broker needs a certificate of an authority that may issue"
            + " it.TEST",
        "below|shortroot|-|too many authorities stand between the broker and the one that is"
            + " trusted|CN=shortroot, issued by itself, TIME: its pathlen allows 0 authorities"
            + " below it, there are 1|the broker needs a certificate of an authority that may issue"
            + " it.TEST",
        "narrow|ca|-|an authority may not issue certificates for these names|CN=broker, issued by"
            + " CN=narrow, TIME, for DNS:localhost: the nameConstraints of an issuer forbid"
            + " that|the broker needs a certificate of another authority.TEST",
        "past|ca|-|an issuer's certificate has expired|CN=past, issued by CN=ca, TIME"
            + "|a newer certificate of that authority for --cafile and for the broker.TEST",
        "oldroot|oldroot|-|an issuer's certificate has expired|CN=oldroot, issued by itself, TIME"
            + "|a newer certificate of that authority for --cafile and for the broker.TEST",
        "middle|stranger|-|the broker's certificate is not trusted|CN=middle, issued by CN=ca, TIME"
            + "|--cafile FILE with the certificate of its issuer.TEST",
        "middle ca|stranger|-|the broker's certificate is not trusted|CN=ca, issued by itself, TIME"
            + "|--cafile FILE with the certificate of its issuer.TEST",
        "ca|namesake|-|the signature of the broker's certificate is not that of its"
            + " issuer|CN=broker, issued by CN=ca, TIME: the trusted certificate of its issuer's"
            + " name has another key|--cafile FILE with the certificate that this issuer has"
            + " now.TEST",
      })
  void theFaultIsNamed(
      String chain, String trusted, String extension, String what, String detail, String next)
      throws Exception {
    String[] issuers = chain.split(" ");
    String more = extension == null ? "" : extension;
    certificates.issue("broker", issuers[0], "/CN=broker", LOCALHOST, more);

    try (Mosquitto mosquitto = showing("broker", issuers)) {
      assertWords(mosquitto, trusted, what, detail, next);
    }
  }

  /** The root is not shown, unless it comes after others. */
  private static Mosquitto showing(String name, String... issuers) throws IOException {
    StringBuilder shown = new StringBuilder(Files.readString(directory.resolve(name + ".crt")));
    for (String issuer : issuers) {
      if (issuers.length > 1 || !issuer.endsWith("root") && !issuer.equals("ca")) {
        shown.append(Files.readString(directory.resolve(issuer + ".crt")));
      }
    }
    Files.writeString(directory.resolve("shown.crt"), shown);
    return Mosquitto.configured(
        directory,
        "allow_anonymous true",
        "listener PORT 127.0.0.1",
        "ciphers DEFAULT@SECLEVEL=0",
        "certfile " + certificates.file("shown.crt"),
        "keyfile " + certificates.file(name + ".key"));
  }

  private static void assertWords(
      Mosquitto mosquitto, String trusted, String what, String detail, String next) {
    String cafile = certificates.file(trusted + ".crt");
    Object[] words = {"-t", "a", "-n", "-p", mosquitto.port(), "--cafile", cafile};
    MidgeRun run = MidgeRun.run(with("pub", words));
    assertThat(run.errText().replaceAll("valid from [-:TZ0-9]+ to [-:T0-9]+Z", "TIME"))
        .isEqualTo(
            "Error: TLS: "
                + what
                + ": localhost:"
                + mosquitto.port()
                + " over TLS, MQTT 5\n"
                + ("Certificate " + detail + "\n" + "Try: " + next + "\n").replace("TEST", TEST));
    assertThat(run.status()).isEqualTo(1);
    assertThat(MidgeRun.runAs("mosquitto_pub", words).errText())
        .isEqualTo("Unable to connect (A TLS error occurred).\n");
    assertThat(Program.start(with("mosquitto_pub", words)).await().status()).isNotZero();
  }

  private static Object[] with(String first, Object[] words) {
    Object[] all = new Object[words.length + 1];
    all[0] = first;
    System.arraycopy(words, 0, all, 1, words.length);
    return all;
  }

  @Test
  void whoSignsItselfHasToBeTrustedItself() throws Exception {
    try (Mosquitto mosquitto = showing("own")) {
      assertWords(
          mosquitto,
          "ca",
          "the broker's certificate is signed by itself, and not trusted",
          "CN=own, issued by itself, TIME",
          "--cafile FILE with that very certificate, if it is the broker's own.TEST");
      String own = certificates.file("own.crt");
      assertThat(
              MidgeRun.run("pub", "-t", "a", "-n", "-p", mosquitto.port(), "--cafile", own)
                  .errText())
          .isEmpty();
    }
    try (Mosquitto mosquitto = showing("ownclient")) {
      assertWords(
          mosquitto,
          "ownclient",
          "the broker's certificate is not one for servers",
          "CN=ownclient, issued by itself, TIME: its extendedKeyUsage is clientAuth, not"
              + " serverAuth",
          "the broker needs a certificate for TLS servers.TEST");
    }
    certificates.sign("own", "x509 -req -days -1 -signkey own.key");
    try (Mosquitto mosquitto = showing("own")) {
      assertWords(
          mosquitto,
          "own",
          "the broker's certificate has expired",
          "CN=own, issued by itself, TIME",
          "the broker needs a new certificate.TEST");
    }
    root("own", LOCALHOST);
  }

  @Test
  void aCertificateOfTomorrow() throws Exception {
    certificates.issue("broker", "ca", "/CN=broker", LOCALHOST);
    Files.writeString(
        directory.resolve("ca.conf"),
        "[ca]\n"
            + "default_ca=d\n"
            + "[d]\n"
            + "database=index\n"
            + "new_certs_dir=.\nrand_serial=yes\n"
            + "policy=p\n"
            + "[p]\n"
            + "commonName=supplied\n");
    Files.writeString(directory.resolve("index"), "");
    certificates.sign(
        "broker",
        "ca -config ca.conf -batch -notext -md sha256 -cert ca.crt -keyfile ca.key"
            + " -startdate 20980101000000Z -enddate 20990101000000Z");
    try (Mosquitto mosquitto = showing("broker")) {
      MidgeRun run =
          MidgeRun.run(
              "pub",
              "-t",
              "a",
              "-n",
              "-p",
              mosquitto.port(),
              "--cafile",
              certificates.file("ca.crt"));

      assertThat(run.errText())
          .startsWith("Error: TLS: the broker's certificate is not valid yet: localhost:")
          .contains(", valid from 2098-01-01T00:00Z to 2099-01-01T00:00Z\n")
          .containsPattern("\nTry: is this machine's clock right\\? It says 20[-:T0-9]+Z\\.\n$");
    }
  }

  @Test
  void aKeyThatIsTooShort() throws Exception {
    certificates
        .openssl("genrsa -out weak.key 1000")
        .request("weak", "/CN=weak", LOCALHOST)
        .sign("weak", "x509 -req -days 2 -CA ca.crt -CAkey ca.key");
    try (Mosquitto mosquitto = showing("weak")) {
      assertWords(
          mosquitto,
          "ca",
          "the broker's certificate has a signature or a key that is too weak",
          "CN=weak, issued by CN=ca, TIME: signed with SHA256withECDSA, its own key is RSA of 1000"
              + " bits",
          "the broker needs a certificate with stronger ones.TEST");
    }
  }
}
