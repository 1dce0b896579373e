package dev.midge.net.tls.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.net.tls.pem.CertificateFile;
import dev.midge.net.tls.pem.KeyPair;
import dev.midge.net.tls.pem.PrivateKeyFile;
import dev.midge.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenSSL verifies what the authority has made, and refuses what is to be refused. */
class TestAuthorityTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private Program openssl(String words) {
    return Program.start("sh", "-c", "cd '" + folder + "' && openssl " + words).await();
  }

  private void assertVerified(String words) {
    Program program = openssl("verify -x509_strict " + words);
    assertThat(program.status()).as(program.outText() + program.errText()).isZero();
  }

  private void assertRefused(String words, String why) {
    Program program = openssl("verify " + words);
    assertThat(program.status()).isNotZero();
    assertThat(program.errText()).contains(why);
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void aServersCertificateIsForItsNamesAndAddresses(KeyKind keys) throws Exception {
    TestAuthority authority =
        TestAuthority.create(CertificateSpec.authority("root").withKeys(keys));
    TestCertificate server =
        authority.issue(
            CertificateSpec.server(List.of("localhost", "*.example.org", "127.0.0.1", "::1"))
                .withKeys(keys));
    file("ca.crt", authority.pem());
    file("server.crt", server.pem());

    assertVerified("-CAfile ca.crt -purpose sslserver -verify_hostname localhost server.crt");
    assertVerified("-CAfile ca.crt -purpose sslserver -verify_hostname a.example.org server.crt");
    assertVerified("-CAfile ca.crt -verify_ip 127.0.0.1 server.crt");
    assertVerified("-CAfile ca.crt -verify_ip ::1 server.crt");
    assertRefused("-CAfile ca.crt -verify_ip 127.0.0.2 server.crt", "IP address mismatch");
    assertRefused("-CAfile ca.crt -verify_hostname example.com server.crt", "hostname mismatch");
    assertRefused("-CAfile ca.crt -purpose sslclient server.crt", "purpose");
    assertThat(KeyPair.fits(server.key(), server.certificate())).isTrue();
  }

  @Test
  void aClientHasACommonNameOrAWholeSubject() throws Exception {
    TestAuthority authority = TestAuthority.create();
    file("ca.crt", authority.pem());
    file("client.crt", authority.client("Zoë, \"the\" client").pem());
    file(
        "works.crt",
        authority.issue(CertificateSpec.client("x").withSubject("CN=s1,O=Works,C=AT")).pem());

    assertVerified("-CAfile ca.crt -purpose sslclient client.crt");
    assertVerified("-CAfile ca.crt -purpose sslclient works.crt");
    assertRefused("-CAfile ca.crt -purpose sslserver client.crt", "purpose");
    assertThat(openssl("x509 -noout -subject -nameopt utf8 -in client.crt").outText())
        .contains("CN=Zoë, \"the\" client");
    assertThat(openssl("x509 -noout -subject -nameopt RFC2253 -in works.crt").outText())
        .contains("CN=s1,O=Works,C=AT");
  }

  @Test
  void anIntermediateStandsBehindTheLeafAndIsNeeded() throws Exception {
    TestAuthority root = TestAuthority.create();
    TestAuthority middle = root.intermediate("middle").intermediate("lower");
    TestCertificate server = middle.server(List.of("localhost"));
    file("ca.crt", root.pem());
    file("leaf.crt", server.pem());
    file("chain.crt", server.chainPem());

    assertThat(server.chain()).hasSize(3).doesNotContain(root.certificate());
    assertVerified("-CAfile ca.crt -untrusted chain.crt leaf.crt");
    assertRefused("-CAfile ca.crt leaf.crt", "unable to get local issuer certificate");
  }

  @Test
  void aStrangerIsNoAuthorityForIt() throws Exception {
    file("ca.crt", TestAuthority.create().pem());
    file("leaf.crt", TestAuthority.create().client("c").pem());

    assertRefused("-CAfile ca.crt leaf.crt", "error");
  }

  @Test
  void aLeafIsNoAuthority() throws Exception {
    TestAuthority authority = TestAuthority.create();
    assertThat(authority.client("c").certificate().getBasicConstraints()).isEqualTo(-1);
    assertThat(authority.certificate().getBasicConstraints()).isGreaterThanOrEqualTo(0);
  }

  @Test
  void datesArePastAndFutureAndBeyondTwoDigitYears() throws Exception {
    TestAuthority authority = TestAuthority.create();
    CertificateSpec spec = CertificateSpec.client("c");
    file("ca.crt", authority.pem());
    file("old.crt", authority.issue(spec.expired()).pem());
    file("new.crt", authority.issue(spec.notYetValid()).pem());
    Instant late = Instant.parse("2061-07-08T09:10:11Z");
    file("long.crt", authority.issue(spec.valid(Instant.now(), late)).pem());

    assertRefused("-CAfile ca.crt old.crt", "certificate has expired");
    assertRefused("-CAfile ca.crt new.crt", "certificate is not yet valid");
    assertVerified("-CAfile ca.crt long.crt");
    assertThat(openssl("x509 -noout -enddate -in long.crt").outText())
        .contains("Jul  8 09:10:11 2061 GMT");
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void aRevokedCertificateIsOnTheList(KeyKind keys) throws Exception {
    TestAuthority authority =
        TestAuthority.create(CertificateSpec.authority("root").withKeys(keys));
    TestCertificate good = authority.client("good");
    TestCertificate bad = authority.client("bad");
    file("ca.crt", authority.pem());
    file("good.crt", good.pem());
    file("bad.crt", bad.pem());
    file("some.crl", authority.crl(bad.certificate()));
    file("none.crl", authority.crl());
    Instant now = Instant.now();
    file("old.crl", authority.crl(now.minusSeconds(90), now.minusSeconds(60), List.of()));

    assertVerified("-CAfile ca.crt -crl_check -CRLfile some.crl good.crt");
    assertVerified("-CAfile ca.crt -crl_check -CRLfile none.crl bad.crt");
    assertRefused("-CAfile ca.crt -crl_check -CRLfile some.crl bad.crt", "certificate revoked");
    assertRefused("-CAfile ca.crt -crl_check -CRLfile old.crl good.crt", "CRL has expired");
  }

  @Test
  void anAuthorityThatWasWrittenGoesOn() throws Exception {
    TestAuthority before = TestAuthority.create();
    Path certificate = folder.resolve("ca.crt");
    Path key = folder.resolve("ca.key");
    before.own().write(certificate, key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");

    TestAuthority after = TestAuthority.read(certificate, key);
    file("client.crt", after.client("c").pem());

    assertVerified("-CAfile ca.crt client.crt");
    file("other.key", TestAuthority.create().own().keyPem());
    assertThatThrownBy(() -> TestAuthority.read(certificate, folder.resolve("other.key")))
        .isInstanceOf(CertificateException.class)
        .hasMessage("the key is not the certificate's");
  }

  @Test
  void ourOwnReaderTakesThePem() throws Exception {
    TestAuthority middle = TestAuthority.create().intermediate("middle");
    TestCertificate server = middle.server(List.of("localhost"));

    assertThat(CertificateFile.read(file("chain.crt", server.chainPem())))
        .isEqualTo(server.chain());
    assertThat(PrivateKeyFile.read(file("key", server.keyPem()), null)).isEqualTo(server.key());
  }

  @Test
  void serialNumbersDiffer() {
    TestAuthority authority = TestAuthority.create();
    assertThat(authority.client("c").certificate().getSerialNumber())
        .isPositive()
        .isNotEqualTo(authority.client("c").certificate().getSerialNumber());
  }
}
