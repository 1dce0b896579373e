package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.LinkFailure;
import dev.midge.client.LinkFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "INVALID,1,Unable to connect (Invalid input).",
    "TLS,1,Unable to connect (A TLS error occurred).",
    "TLS_FILE,1,Error: Problem setting TLS options: File not found.",
    "TLS_SETTING,1,Error: why",
    "PROXY_AUTHORISATION,11,Error: Authorisation failed",
    "PROXY_UNREACHABLE,4,Error: The client is not currently connected",
    "PROXY,16,Error: Proxy error",
    "WEBSOCKET,13,Error: Unknown error"
  })
  void aBrokerThatIsNotReachedHasMosquittosStatusAndWords(Kind kind, int status, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    LinkFailure failure = new LinkFailure(kind, "why");

    assertThat(new Errors(err, "pub", false).link(failure, true)).isEqualTo(status);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(text + System.lineSeparator());
    assertThat(new Errors(err, "pub", true).link(failure, true)).isEqualTo(status);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).hasLineCount(1);
  }
}
