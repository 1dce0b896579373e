package dev.midge.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Certificates;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Mosquitto;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A certificate for other names than the host's: what it is for, and what it is not for. */
class OtherHostMessageIT {
  @TempDir private static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void make() throws IOException {
    certificates = new Certificates(directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/CN=broker|subjectAltName=IP:10.0.0.1,IP:2001:db8::1|localhost"
            + "|CN=broker is for IP:10.0.0.1, IP:2001:db8::1, CN=broker, not for DNS:localhost",
        "/CN=localhost|subjectAltName=DNS:a.test|localhost|CN=localhost is for DNS:a.test, not for"
            + " DNS:localhost (a CN counts only where there is no DNS name)",
        "/CN=127.0.0.1|subjectAltName=DNS:a.test|127.0.0.1|CN=127.0.0.1 is for DNS:a.test, not for"
            + " IP:127.0.0.1 (a CN counts only where there is no DNS name)",
        "/CN=mqtt_broker|basicConstraints=CA:FALSE|localhost|CN=mqtt_broker is for CN=mqtt_broker,"
            + " not for DNS:localhost",
        "/CN=broker|subjectAltName=DNS:a,DNS:b,DNS:c,DNS:d,DNS:e,DNS:f,IP:10.0.0.1|localhost|CN=broker"
            + " is for DNS:a, DNS:b, DNS:c, DNS:d, DNS:e and 2 more, not for DNS:localhost",
      })
  void namesAreShownWithTheirTypes(String subject, String extension, String host, String detail)
      throws Exception {
    says(subject, extension, host, detail, "one of these names for -h, or ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/CN=broker|subjectAltName=DNS:127.0.0.1|127.0.0.1|CN=broker is for DNS:127.0.0.1, not for"
            + " IP:127.0.0.1",
        "/CN=broker|subjectAltName=DNS:127.0.0.1,DNS:::1|localhost|CN=broker is for DNS:127.0.0.1,"
            + " DNS:::1, not for DNS:localhost",
        "/O=broker|basicConstraints=CA:FALSE|localhost|O=broker is for no name at all, not for"
            + " DNS:localhost",
      })
  void aNameThatNoHostCanHaveIsNotAdvised(
      String subject, String extension, String host, String detail) throws Exception {
    says(subject, extension, host, detail, "");
  }

  private static void says(
      String subject, String extension, String host, String detail, String names) throws Exception {
    certificates.issue("broker", "ca", subject, extension);
    try (Mosquitto mosquitto = broker()) {
      MidgeRun run =
          MidgeRun.run(
              "pub",
              "-t",
              "a",
              "-n",
              "-h",
              host,
              "-p",
              mosquitto.port(),
              "--cafile",
              certificates.file("ca.crt"));

      assertThat(run.errText())
          .isEqualTo(
              "Error: TLS: the broker's certificate is for another name: "
                  + host
                  + ":"
                  + mosquitto.port()
                  + " over TLS, MQTT 5\nCertificate "
                  + detail
                  + "\n"
                  + "Try: "
                  + names
                  + "a certificate with the name asked for. For a test --insecure.\n");
    }
  }

  private static Mosquitto broker() throws IOException {
    return Mosquitto.configured(
        directory,
        "allow_anonymous true",
        "listener PORT 127.0.0.1",
        "certfile " + certificates.file("broker.crt"),
        "keyfile " + certificates.file("broker.key"));
  }
}
