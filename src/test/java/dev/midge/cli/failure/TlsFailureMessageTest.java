package dev.midge.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.TlsRefusal;
import dev.midge.net.TlsSpec;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

  private static Endpoint over(Transport transport, @Nullable String caPath) {
    TlsSpec tls = new TlsSpec(null, caPath, false, null, null, null, null, null, null, false);
    return new Endpoint(transport, "place", 1, null, tls, null);
  }

  @ParameterizedTest
  @CsvSource({
    "TCP, -L mqtt://",
    "WEBSOCKET, -L ws://",
    "UNIX, does the broker speak TLS on that socket?"
  })
  void whoHangsUpMaySpeakNoTls(Transport transport, String advice) {
    for (IOException end : List.of(new EOFException("end"), new IOException("Broken pipe"))) {
      TlsRefusal refusal = TlsRefusal.of(end, null, List.of());
      FailureMessage message =
          TlsFailureMessage.of("message", refusal, false, over(transport, null));

      assertThat(message.what()).isEqualTo("TLS: the broker hung up in the handshake");
      assertThat(message.next()).contains("--no-tls", advice);
    }
  }

  @Test
  void aDirectoryOfCertificatesNeedsOpenSslsNames() {
    String none = "certificate verify failed: there are no trusted certificates";

    assertThat(TlsFailureMessage.of(none, null, false, over(Transport.TCP, null)).next())
        .isEqualTo("--cafile FILE names the authority to trust.");
    assertThat(TlsFailureMessage.of(none, null, false, over(Transport.TCP, "certs")).next())
        .contains("openssl rehash");
  }

  @Test
  void theDescriptionNamesTlsOnAUnixSocketToo() {
    assertThat(new ConnectAttempt(over(Transport.UNIX, null), ProtocolVersion.V5, false).place())
        .isEqualTo("place over a unix socket with TLS");
  }
}
