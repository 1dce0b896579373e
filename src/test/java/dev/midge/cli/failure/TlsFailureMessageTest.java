package dev.midge.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFailureMessageTest {

  @ParameterizedTest
  @CsvSource({
    "certificate_required, false, of your own",
    "certificate_required, true, of your own",
    "bad_certificate, false, of your own",
    "bad_certificate, true, that the broker trusts",
    "unknown_ca, true, that the broker trusts"
  })
  void aClientWithoutACertificateIsToldToHaveOne(String alert, boolean own, String certificate) {
    assertThat(TlsFailureMessage.advice(alert, own))
        .isEqualTo("a certificate " + certificate + ": --cert FILE and --key FILE.");
  }
}
