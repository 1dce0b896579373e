package dev.midge.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.net.NetFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSpecTest {
  @TempDir Path directory;

  private static TlsSpec files(String ca, String cert, String key) {
    return new TlsSpec(ca, null, false, cert, key, null, null, null, null, false);
  }

  private static TlsSpec words(String alpn, String version) {
    return new TlsSpec(null, "missing", true, null, null, null, alpn, version, null, false);
  }

  @Test
  void eachFileHasToBeThere() throws IOException {
    String there = Files.createFile(directory.resolve("there")).toString();
    String missing = directory.resolve("missing").toString();

    assertThatCode(() -> files(there, there, there).check()).doesNotThrowAnyException();
    for (TlsSpec spec :
        new TlsSpec[] {
          files(missing, there, there),
          files(there, missing, there),
          files(there, there, missing),
          files("\0", null, null)
        }) {
      assertFails(spec, Kind.TLS_FILE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tlsv1.2", "tlsv1.3"})
  void twoVersionsCanBeAskedFor(String version) {
    assertThatCode(() -> words("mqtt", version).check()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tlsv1.1", "TLSv1.2", "", "1.3"})
  void otherVersionsCannot(String version) {
    assertFails(words(null, version), Kind.TLS_SETTING);
  }

  @Test
  void anAlpnNameHasOneTo254Bytes() {
    assertThatCode(() -> words("x".repeat(254), null).check()).doesNotThrowAnyException();
    assertFails(words("x".repeat(255), null), Kind.TLS_SETTING);
    assertFails(words("", null), Kind.TLS_SETTING);
  }

  private static void assertFails(TlsSpec spec, Kind kind) {
    assertThatThrownBy(spec::check)
        .isInstanceOfSatisfying(
            NetFailure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }
}
