package dev.midge.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.net.NetFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CipherNamesTest {
  private static final String[] SUPPORTED = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_RSA_WITH_AES_256_CBC_SHA",
    "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"
  };
  private static final String[] USUAL = {"TLS_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_256_CBC_SHA"};

  @ParameterizedTest
  @CsvSource({
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,ECDHE-RSA-AES128-GCM-SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,ECDHE-ECDSA-AES256-SHA384",
    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,ECDHE-RSA-AES128-SHA",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,ECDHE-RSA-CHACHA20-POLY1305",
    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,DHE-RSA-AES256-GCM-SHA384",
    "TLS_RSA_WITH_AES_128_CBC_SHA256,AES128-SHA256",
    "TLS_RSA_WITH_AES_256_CBC_SHA,AES256-SHA",
    "TLS_AES_128_GCM_SHA256,TLS_AES_128_GCM_SHA256"
  })
  void openSslHasNamesOfItsOwn(String iana, String openSsl) {
    assertThat(CipherNames.openSsl(iana)).isEqualTo(openSsl);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AES256-SHA:ECDHE-RSA-AES128-GCM-SHA256",
        "TLS_RSA_WITH_AES_256_CBC_SHA:ECDHE-RSA-AES128-GCM-SHA256",
        ":AES256-SHA::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256:"
      })
  void aListForTls12LeavesTls13AsUsual(String list) throws NetFailure {
    assertThat(CipherNames.read(list, false, SUPPORTED, USUAL))
        .containsExactly(
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384");
  }

  @Test
  void aListForTls13IsAllThereIs() throws NetFailure {
    assertThat(CipherNames.read("TLS_AES_128_GCM_SHA256", true, SUPPORTED, USUAL))
        .containsExactly("TLS_AES_128_GCM_SHA256");
  }

  @ParameterizedTest
  @CsvSource({
    "false,HIGH:!aNULL",
    "false,AES256-SHA:nonsense",
    "false,TLS_AES_128_GCM_SHA256",
    "false,TLS_EMPTY_RENEGOTIATION_INFO_SCSV",
    "false,''",
    "false,:",
    "true,AES256-SHA"
  })
  void whatIsNotKnownForThatVersionIsRefused(boolean onlyTls13, String list) {
    assertThatThrownBy(() -> CipherNames.read(list, onlyTls13, SUPPORTED, USUAL))
        .isInstanceOf(NetFailure.class)
        .hasMessage("Unable to set TLS ciphers. Check cipher list \"" + list + "\".");
  }
}
