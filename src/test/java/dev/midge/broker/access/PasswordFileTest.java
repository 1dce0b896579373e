package dev.midge.broker.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordFileTest {
  @TempDir Path directory;

  @Test
  void aNewFileHasTheFormOfMosquitto21AndIsForItsOwnerOnly() throws IOException {
    PasswordFile file = PasswordFile.empty();
    file.put("alice", bytes("s3cret"));
    file.write(path());

    String base64 = "[A-Za-z0-9+/]{86}==";
    assertThat(Files.readString(path()))
        .matches("alice:\\$7\\$1000\\$" + base64 + "\\$" + base64 + "\n");
    assertThat(mode()).isEqualTo("rw-------");
    assertThat(Passwords.read(path()).check("alice", bytes("s3cret"))).isTrue();
  }

  @Test
  void eachFormIsWrittenAsMosquittosToolDoes() throws IOException {
    PasswordFile file = PasswordFile.empty();
    file.put("a", bytes("x"), PasswordForm.MOSQUITTO_2_0);
    file.put("b", bytes("x"), PasswordForm.SHA512);
    file.write(path());

    assertThat(Files.readString(path()))
        .matches("a:\\$7\\$101\\$[^$=]{16}\\$[^$]{86}==\nb:\\$6\\$[^$=]{16}\\$[^$]{86}==\n");
    Passwords passwords = Passwords.read(path());
    assertThat(passwords.check("a", bytes("x"))).isTrue();
    assertThat(passwords.check("b", bytes("x"))).isTrue();
  }

  @Test
  void aFileOfMosquitto20StaysOneThatItReads() throws IOException {
    PasswordFile file = PasswordFile.empty();
    file.put("a", bytes("x"), PasswordForm.MOSQUITTO_2_0);
    file.put("b", bytes("x"));
    file.write(path());

    assertThat(Files.readAllLines(path())).element(1).asString().startsWith("b:$7$101$");
  }

  @Test
  void theSamePasswordNeverHasTheSameHash() throws IOException {
    PasswordFile file = PasswordFile.empty();
    file.put("a", bytes("x"));
    file.put("b", bytes("x"));
    file.write(path());

    List<String> lines = Files.readAllLines(path());
    assertThat(lines.get(0).substring(2)).isNotEqualTo(lines.get(1).substring(2));
  }

  @Test
  void allOtherLinesStayAsTheyAreToTheByte() throws IOException {
    byte[] before =
        latin("# old \u00ff\r\n\nbob:plain text \r\n alice : x\t\r\nno colon\nlast:$6$");
    Files.write(path(), before);
    PasswordFile file = PasswordFile.read(path());
    file.put("alice", bytes("new"));
    file.put("dörte", bytes("other"));
    file.write(path());

    List<String> lines = Files.readString(path(), StandardCharsets.ISO_8859_1).lines().toList();
    assertThat(Files.readString(path(), StandardCharsets.ISO_8859_1))
        .startsWith("# old \u00ff\r\n\nbob:plain text \r\nalice:$7$1000$")
        .contains("\t\r\nno colon\nlast:$6$\nd\u00c3\u00b6rte:$7$");
    assertThat(lines).hasSize(7);
  }

  @Test
  void usersAreFoundChangedAndDeleted() throws IOException {
    PasswordFile file = PasswordFile.empty();
    file.put("a", bytes("1"));
    file.put("ab", bytes("2"));
    file.put("a", bytes("3"));

    assertThat(file.has("a")).isTrue();
    assertThat(file.has("b")).isFalse();
    assertThat(file.delete("b")).isFalse();
    file.write(path());
    assertThat(Passwords.read(path()).check("a", bytes("3"))).isTrue();
    assertThat(file.delete("a")).isTrue();
    assertThat(file.has("a")).isFalse();
    file.write(path());
    assertThat(Files.readString(path())).startsWith("ab:$7$").hasLineCount(1);
  }

  @Test
  void aChangeLeavesOneLineOfAUser() throws IOException {
    Files.writeString(path(), "a:1\nb:2\na:3\n");
    PasswordFile file = PasswordFile.read(path());
    file.put("a", bytes("new"));
    file.write(path());

    assertThat(Files.readAllLines(path())).hasSize(2).element(1).isEqualTo("b:2");
  }

  @Test
  void aCommentIsNoUser() throws IOException {
    Files.writeString(path(), "#a:x\n");
    PasswordFile file = PasswordFile.read(path());

    assertThat(file.has("#a")).isFalse();
    assertThat(file.delete("#a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | must not be empty",
        "a:b | must not contain the ':' character",
        "'a\u0007' | must not contain control characters",
        "#a | must not begin with '#', as comments do",
        "' a' | must not begin or end with a space",
      })
  void aNameThatTheBrokerWouldReadOtherwiseIsRefused(String user, String problem) {
    assertThatThrownBy(() -> PasswordFile.empty().put(user, bytes("secret")))
        .isInstanceOf(AccessFileException.class)
        .hasMessage("Error: Username " + problem + ".");
  }

  @Test
  void theFileKeepsItsModeAndALinkStaysALink() throws IOException {
    Files.writeString(path(), "# one\n");
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), path());
    PasswordFile file = PasswordFile.read(link);
    file.put("a", bytes("x"));
    file.write(link);

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.readString(path())).startsWith("# one\na:$7$");
    assertThat(mode()).isEqualTo("rw-r-----");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactlyInAnyOrder(path(), link);
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    Path absent = directory.resolve("no/such/folder");

    assertThatThrownBy(() -> PasswordFile.empty().write(absent))
        .isInstanceOf(AccessFileException.class)
        .hasMessageStartingWith("Error: Unable to write password file " + absent + ": ");
    assertThatThrownBy(() -> PasswordFile.read(absent))
        .hasMessage("Error: Unable to open password file " + absent + ": no such file.");
  }

  @ParameterizedTest
  @CsvSource({"rw-------,false", "rw-r-----,false", "rw-r--r--,true", "rw----rwx,true"})
  void aFileThatOthersCanOpenIsWarnedAbout(String mode, boolean warned) throws IOException {
    Files.writeString(path(), "");
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(mode));
    String warning =
        "Warning: File "
            + path()
            + " has world readable permissions. Future versions will refuse to load this file. To"
            + " fix this, use `chmod 0700 "
            + path()
            + "`.";

    assertThat(OpenFile.warning(path())).isEqualTo(warned ? warning : null);
  }

  @Test
  void aFileThatIsMissingIsNotWarnedAbout() {
    assertThat(OpenFile.warning(path())).isNull();
  }

  private Path path() {
    return directory.resolve("pw");
  }

  private String mode() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
