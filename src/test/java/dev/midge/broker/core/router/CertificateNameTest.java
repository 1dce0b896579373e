package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.ListenerRules.Identity;
import dev.midge.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of certificates, as OpenSSL writes them, by which mosquitto knows its clients. */
class CertificateNameTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "/CN=alice | alice",
        "/C=DE/O=Example, Inc./OU=Dev/CN=alice smith | alice smith",
        "/CN=first/OU=x/CN=second | first",
        "/O=nobody | -",
        "/CN=a\\+b=c\"d;e<f>#g | a+b=c\"d;e<f>#g",
        "/CN= padded  | ' padded'",
        "/CN=dörte/O=Übung | dörte",
        "/emailAddress=a@example.org/CN=mail/serialNumber=12/SN=Smith/GN=Al/title=Dr | mail",
        "/DC=org/DC=example/UID=u1/CN=ldap/street=Here 1/ST=Bavaria/L=Town | ldap",
        "/O=a\\\\=b\\,c/CN==# | =#",
        "/CN=\\+lead#ing/O=#hash | +lead#ing",
      })
  void namesAreThoseOfOpenSsl(String subject, String commonName) throws Exception {
    Path file = folder.resolve("c.crt");
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-utf8",
        "-subj",
        subject,
        "-keyout",
        folder.resolve("c.key"),
        "-out",
        file);
    String expected =
        openssl("x509", "-in", file, "-noout", "-subject", "-nameopt", "RFC2253")
            .strip()
            .replaceFirst("^subject=", "");
    X509Certificate certificate = read(file);

    assertThat(CertificateName.of(certificate, Identity.SUBJECT)).isEqualTo(expected);
    assertThat(CertificateName.of(certificate, Identity.COMMON_NAME)).isEqualTo(commonName);
    assertThat(CertificateName.of(certificate, Identity.NONE)).isNull();
  }

  private static String openssl(Object... words) {
    Object[] command = new Object[words.length + 1];
    command[0] = "openssl";
    System.arraycopy(words, 0, command, 1, words.length);
    Program run = Program.start(command).await();
    assertThat(run.status()).as(run.errText()).isZero();
    return run.outText();
  }

  private static X509Certificate read(Path file) throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
