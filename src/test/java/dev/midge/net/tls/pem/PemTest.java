package dev.midge.net.tls.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTest {
  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.write(directory.resolve("file"), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void textAroundBlocksIsIgnored() throws IOException {
    List<Pem> blocks =
        Pem.read(
            file(
                "Café: not UTF-8\r\n-----BEGIN A-----\r\nAQID\r\nBA==\r\n-----END A-----\r\n"
                    + "more\n-----BEGIN B C-----\nDEK-Info: X,00\n\n BQ== \n-----END B C-----"));

    assertThat(blocks).extracting(Pem::label).containsExactly("A", "B C");
    assertThat(blocks.get(0).der()).containsExactly(1, 2, 3, 4);
    assertThat(blocks.get(1).der()).containsExactly(5);
    assertThat(blocks.get(1).headers()).containsEntry("DEK-Info", "X,00");
  }

  @Test
  void aDamagedBlockIsNone() throws IOException {
    Path endless = file("-----BEGIN A-----\nAQID\n");
    assertThatThrownBy(() -> Pem.read(endless)).isInstanceOf(IOException.class);
    Path nonsense = file("-----BEGIN A-----\n!!!\n-----END A-----\n");
    assertThatThrownBy(() -> Pem.read(nonsense)).isInstanceOf(IOException.class);
  }

  /** None of them may do worse than say so. */
  @ParameterizedTest
  @CsvSource({
    "PRIVATE KEY,3000",
    "PRIVATE KEY,''",
    "RSA PRIVATE KEY,02",
    "EC PRIVATE KEY,''",
    "EC PRIVATE KEY,30",
    "EC PRIVATE KEY,3080",
    "EC PRIVATE KEY,30847fffffff",
    "EC PRIVATE KEY,3082ffff",
    "EC PRIVATE KEY,3003020101",
    "ENCRYPTED PRIVATE KEY,3000",
    "ENCRYPTED PRIVATE KEY,300b300906052b0e03021a0500",
    "ENCRYPTED PRIVATE KEY,3010300e06092a864886f70d01050d30013000",
    "DSA PRIVATE KEY,3000",
    "CERTIFICATE,3000"
  })
  void aDamagedKeyIsNone(String label, String hex) throws IOException {
    String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    Path file =
        file("-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");

    assertThatThrownBy(() -> PrivateKeyFile.read(file, () -> new char[] {'x'}))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'AES-256-CBC,00'",
    "'AES-256-CBC,xx'",
    "'AES-256-CBC'",
    "'ROT13,00112233445566778899AABBCCDDEEFF'",
    "'AES-256-CBC,00112233445566778899AABBCCDDEEFF'"
  })
  void aDamagedEncryptionIsNone(String header) throws IOException {
    Path file =
        file(
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
                + header
                + "\n\nAQID\n-----END RSA PRIVATE KEY-----\n");

    assertThatThrownBy(() -> PrivateKeyFile.read(file, () -> new char[] {'x'}))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
