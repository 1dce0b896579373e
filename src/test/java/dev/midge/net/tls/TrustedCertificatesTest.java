package dev.midge.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.net.tls.make.CertificateSpec;
import dev.midge.net.tls.make.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedCertificatesTest {
  @TempDir private Path directory;

  /** As OpenSSL does; but where nothing else is trusted the file is told of. */
  @Test
  void aMissingFileOfTheEnvironmentIsPassedOverForADirectory() throws Exception {
    String missing = directory.resolve("missing").toString();
    Files.writeString(
        directory.resolve("0123abcd.0"),
        TestAuthority.create(CertificateSpec.authority("ca")).pem());
    TrustedCertificates trusted = new TrustedCertificates();
    trusted.system(Map.of("SSL_CERT_FILE", missing, "SSL_CERT_DIR", directory.toString()));

    assertThat(trusted.certificates()).hasSize(1);
    assertThatThrownBy(() -> new TrustedCertificates().system(Map.of("SSL_CERT_FILE", missing)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("SSL_CERT_FILE names " + missing);
  }
}
