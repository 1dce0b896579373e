package dev.midge.broker.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final String ALICE =
      "$6$gbRcB8FuHT5rbzTMlrJ1DHnsTq0B53Ixdeq9N4pMCGKc91CE/rWjbGO4kDaj0oVzz5Q5ZVAFTRbPDyRU/sMSvg=="
          + "$1jM7dliC2L7wmclkPiQM5mLXmHxXGT+rUf54mebEBKOQiT/p5vwri2aDZSj12YkFpG12bbAvQ++azUH6L5Pz3w"
          + "==";
  private static final String BOB =
      "$7$1000$O5bXydBYPppzAAKWeAHFhqKIopBAo8xTmjSqTZ+ciH7TPtzSbOeRDES6wLCjaygHbGXxuedhbYNVsEFbF7"
          + "u2Ww==$K64QKShzUsVvzatsBiWfUls74tDlaDgrlTJPObOSIDG6hNhUBwbueGTWH/PndbVK5cna9AdGMR0XuhL"
          + "+yg/jtA==";
  private static final String CAROL =
      "$7$101$ldkCN/oHzzeEulkx$da4yBxy7wtYEpimOflFSVacsm3fcs/pkVe50mtRgOQy7w1afoHC95xR7Xi/6p6g29Uw"
          + "IVU7TTx6lDmslkF+rug==";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {ALICE, BOB, CAROL})
  void knownHashesFitTheirPasswordAndNoOther(String hash) throws IOException {
    Passwords passwords = read("user:" + hash + "\n");

    assertThat(passwords.check("user", bytes("s3cret"))).isTrue();
    assertThat(passwords.check("user", bytes("s3creT"))).isFalse();
    assertThat(passwords.check("user", bytes("s3cret "))).isFalse();
    assertThat(passwords.check("user", bytes(""))).isFalse();
    assertThat(passwords.check("User", bytes("s3cret"))).isFalse();
  }

  @Test
  void commentsAndBlankLinesAndLinesWithoutColonAreSkippedAndSpacesAreCut() throws IOException {
    Passwords passwords =
        read("# a:b\n\nno colon\r\n  alice : " + ALICE + "  \r\ncarol:" + CAROL + ":more");

    assertThat(passwords.check("alice", bytes("s3cret"))).isTrue();
    assertThat(passwords.check("carol", bytes("s3cret"))).isTrue();
  }

  @Test
  void aPasswordIsBytesAndMayBeEmpty() throws IOException {
    byte[] binary = {(byte) 0xFF, 0, (byte) 0x80};
    Passwords passwords =
        read(
            "binary:"
                + PasswordHash.of(binary, PasswordForm.MOSQUITTO_2_1).text()
                + "\nempty:"
                + PasswordHash.of(new byte[0], PasswordForm.MOSQUITTO_2_0).text());

    assertThat(passwords.check("binary", binary)).isTrue();
    assertThat(passwords.check("binary", new byte[] {(byte) 0xFF, 0})).isFalse();
    assertThat(passwords.check("empty", new byte[0])).isTrue();
    assertThat(passwords.check("empty", bytes("x"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user:plain",
        "user:$8$YWJjZGVmZ2hpamts$YWJj",
        "user:$7$0$ldkCN/oHzzeEulkx$da4yBxy7wtYEpimOflFSVacsm3fcs/pkVe50mtRgOQy7w1afoHC95xR7Xi/6p6g"
            + "29UwIVU7TTx6lDmslkF+rug==",
        "user:$7$x$ldkCN/oHzzeEulkx$da4yBxy7wtYEpimOflFSVacsm3fcs/pkVe50mtRgOQy7w1afoHC95xR7Xi/6p6g"
            + "29UwIVU7TTx6lDmslkF+rug==",
        "user:$7$101$ldkCN/oHzzeEulk$da4yBxy7wtYEpimOflFSVacsm3fcs/pkVe50mtRgOQy7w1afoHC95xR7Xi/6p6"
            + "g29UwIVU7TTx6lDmslkF+rug==",
        "user:$7$101$ldkCN/oHzzeEulkx$da4yBxy7wtYE",
        "user:$6$ldkCN/oHzzeEulkx$****",
        "user:$argon2id$v=19$m=47104,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
        "  :" + CAROL,
        "user:" + CAROL + "\nuser:" + CAROL
      })
  void aLineThatCannotBeDecodedIsNamedWithoutItsSecret(String lines) {
    assertThatThrownBy(() -> read(lines))
        .isInstanceOf(AccessFileException.class)
        .hasMessageStartingWith(
            "Error: Unable to decode line in password file '" + file() + "', line ")
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .doesNotContain("plain", "da4yBxy7", "ldkCN", "\n")
                    .endsWith("."));
  }

  @ParameterizedTest
  @ValueSource(strings = {":hash", "user:", "user: \n", ":"})
  void aLineWithoutASecondPartIsInvalid(String line) {
    assertThatThrownBy(() -> read("# one\n" + line))
        .isInstanceOf(AccessFileException.class)
        .hasMessageStartingWith(
            "Error: Invalid line in password file '" + file() + "', line 2: a line is USER:HASH.");
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    assertThatThrownBy(() -> Passwords.read(file()))
        .isInstanceOf(AccessFileException.class)
        .hasMessage("Error: Unable to open pwfile \"" + file() + "\": no such file.");
  }

  @Test
  void passwordsNeedNoFile() {
    Passwords passwords = Passwords.of(Map.of("me", "päss"));

    assertThat(passwords.check("me", bytes("päss"))).isTrue();
    assertThat(passwords.check("me", bytes("pass"))).isFalse();
    assertThat(passwords.check("you", bytes("päss"))).isFalse();
  }

  @Test
  void aLineThatHasNotChangedIsKnownAgain() throws IOException {
    Passwords before = read("a:" + ALICE + "\nb:" + BOB);
    Passwords after = read("a:" + ALICE + "\nb:" + CAROL + "\nc:" + CAROL);

    assertThat(after.isSameFor("a", before)).isTrue();
    assertThat(after.isSameFor("b", before)).isFalse();
    assertThat(after.isSameFor("c", before)).isFalse();
    assertThat(before.isSameFor("c", after)).isFalse();
  }

  /** No test can measure it without being wrong now and then. */
  @Test
  void hashesAreComparedInConstantTime() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/dev/midge/broker/access/PasswordHash.java"));
    int check = source.indexOf("boolean isOf(byte[] password)");

    assertThat(source.substring(check, source.indexOf('}', check)))
        .contains("MessageDigest.isEqual(hash, ")
        .doesNotContain("Arrays.equals");
  }

  private Path file() {
    return directory.resolve("pw");
  }

  private Passwords read(String content) throws IOException {
    Files.writeString(file(), content);
    return Passwords.read(file());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
