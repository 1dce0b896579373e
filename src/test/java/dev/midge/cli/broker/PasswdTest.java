package dev.midge.cli.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.access.Passwords;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code midge passwd} from the command line to what the broker makes of the file. */
class PasswdTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void namesAFile() {
    file = folder.resolve("users");
  }

  private boolean letsIn(String user, String password) throws IOException {
    return Passwords.read(file).check(user, password.getBytes(UTF_8));
  }

  private static void done(MidgeRun run) {
    assertThat(run.errText()).isEmpty();
    assertThat(run.outText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  private static MidgeRun typed(String input, Object... words) {
    return MidgeRun.runWithInput(input.getBytes(ISO_8859_1), words);
  }

  @Test
  void usersAreAddedChangedAndDeleted() throws IOException {
    done(MidgeRun.run("passwd", "-c", "-b", file, "alice", "one"));
    done(MidgeRun.run("passwd", "-b", file, "bob", "two"));
    assertThat(letsIn("alice", "one")).isTrue();
    assertThat(letsIn("bob", "two")).isTrue();
    assertThat(letsIn("bob", "one")).isFalse();

    done(MidgeRun.run("passwd", file, "alice", "three"));
    assertThat(letsIn("alice", "three")).isTrue();
    assertThat(letsIn("alice", "one")).isFalse();

    done(MidgeRun.run("passwd", "-D", file, "alice"));
    assertThat(letsIn("alice", "three")).isFalse();
    assertThat(letsIn("bob", "two")).isTrue();
    assertThat(Files.readString(file)).doesNotContain("one", "two", "three");
  }

  @Test
  void aNewFileReplacesTheOldUsers() throws IOException {
    done(MidgeRun.run("passwd", "-c", "-b", file, "alice", "one"));
    done(MidgeRun.run("passwd", "-c", "-b", file, "bob", "two"));

    assertThat(Files.readAllLines(file)).hasSize(1).first().asString().startsWith("bob:$7$1000$");
  }

  @Test
  void theHashIsAsTheUserWants() throws IOException {
    done(MidgeRun.run("passwd", "-c", "-b", "-H", "sha512", file, "a", "x"));
    done(MidgeRun.run("passwd", "-b", "-I", "7", file, "b", "x"));
    done(MidgeRun.run("passwd", "-b", "-I7", "-H", "sha512-pbkdf2", file, "c", "x"));

    assertThat(Files.readString(file)).matches("a:\\$6\\$.*\nb:\\$7\\$7\\$.*\nc:\\$7\\$7\\$.*\n");
    assertThat(letsIn("a", "x") && letsIn("b", "x") && letsIn("c", "x")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret\n", "s3cret", "s3cret\r\n", "s3cret\ns3cret\n", "s3cret\ns3cret"})
  void fromAPipeTheFirstLineIsThePassword(String input) throws IOException {
    done(typed(input, "passwd", "-c", file, "alice"));

    assertThat(letsIn("alice", "s3cret")).isTrue();
  }

  @Test
  void bytesOfAPasswordAreKept() throws IOException {
    done(typed("\u00ff:\u0001\n", "passwd", "-c", file, "alice"));

    assertThat(Passwords.read(file).check("alice", new byte[] {(byte) 0xFF, ':', 1})).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"'', 1, Empty password.", "'\n', 1, Empty password.", "'a\nb\n', 2, Passwords do"})
  void noPasswordOrTwoChangeNothing(String input, int status, String problem) {
    MidgeRun run = typed(input, "passwd", "-c", file, "alice");

    assertThat(run.errText()).startsWith("Error: " + problem).hasLineCount(1);
    assertThat(run.status()).isEqualTo(status);
    assertThat(file).doesNotExist();
  }

  @Test
  void plainPasswordsAreHashedAndHashesAndCommentsStay() throws IOException {
    done(MidgeRun.run("passwd", "-c", "-b", file, "alice", "one"));
    String hashed = Files.readString(file);
    Files.writeString(file, "# people\n\nbob:two:and:more\ncarol:three");
    Files.writeString(file, "\n" + hashed, java.nio.file.StandardOpenOption.APPEND);
    done(MidgeRun.run("passwd", "-U", file));

    assertThat(Files.readString(file))
        .startsWith("# people\n\nbob:$7$")
        .endsWith(hashed)
        .doesNotContain("two", "three");
    assertThat(letsIn("alice", "one")).isTrue();
    assertThat(letsIn("bob", "two:and:more")).isTrue();
    assertThat(letsIn("carol", "three")).isTrue();
  }

  @Test
  void aLineWithoutAColonStopsTheConversion() throws IOException {
    Files.writeString(file, "alice:one\nbroken\n");
    MidgeRun run = MidgeRun.run("passwd", "-U", file);

    assertThat(run.errText()).isEqualTo("Error: Corrupt password file at line 2.\n");
    assertThat(run.status()).isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo("alice:one\nbroken\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-c -D F u | Error: -c and -D cannot be used together.",
        "-c -U F | Error: -c and -U cannot be used together.",
        "-D -U F | Error: -D and -U cannot be used together.",
        "-b -D F u | Error: -b and -D cannot be used together.",
        "-c F | Error: -c argument given but password file or username missing.",
        "-c -b F u | Error: -c argument given but password file, username, or password missing.",
        "-D F | Error: -D argument given but password file or username missing.",
        "-U | Error: -U argument given but password file missing.",
        "-U F x | Error: Too many words, wanted: FILE.",
        "F | Error: Too few words, wanted: FILE USER.",
        "-b F u | Error: Too few words, wanted: FILE USER PASSWORD.",
        "F u p x | Error: Too many words, wanted: FILE USER.",
        "-D F u p | Error: Too many words, wanted: FILE USER.",
        "-H md5 -b F u p | Error: Unknown hash type 'md5', it is sha512-pbkdf2 or sha512.",
        "-I 0 -b F u p | Error: Number of iterations must be > 0.",
        "-I x -b F u p | Error: Number of iterations must be > 0.",
        "-b F u p | Error: Unable to open password file F: no such file; -c begins a new one.",
        "-D F u | Error: Unable to open password file F: no such file",
        "-c -b /nowhere/at/all u p | Error: Unable to write password file /nowhere/at/all: no such",
        "-c -b F a:b p | Error: Username must not contain the ':' character.",
        "--bogus | Error: Unknown option '--bogus'"
      })
  void aWrongLineIsTold(String words, String line) {
    Object[] all = ("passwd " + words).replace("F", file.toString()).split(" ");
    MidgeRun run = MidgeRun.run(all);

    assertThat(run.errText()).startsWith(line.replace(" F:", " " + file + ":"));
    assertThat(run.outText()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void aUserThatIsNotThereCannotBeDeleted() throws IOException {
    done(MidgeRun.run("passwd", "-c", "-b", file, "alice", "one"));
    MidgeRun run = MidgeRun.run("passwd", "-D", file, "bob");

    assertThat(run.errText()).isEqualTo("Warning: User bob not found in password file.\n");
    assertThat(run.status()).isEqualTo(1);
    assertThat(letsIn("alice", "one")).isTrue();
  }

  @Test
  void debiansToolAndOursChangeTheSameFile() throws IOException {
    done(MidgeRun.run("passwd", "-c", "-b", file, "ours", "one"));
    Program theirs =
        Program.start("/usr/bin/mosquitto_passwd", "-b", file, "theirs", "two").await();
    assertThat(theirs.status()).as(theirs.errText()).isZero();
    done(MidgeRun.run("passwd", "-b", file, "more", "three"));

    assertThat(letsIn("ours", "one")).isTrue();
    assertThat(letsIn("theirs", "two")).isTrue();
    assertThat(letsIn("more", "three")).isTrue();
  }

  @Test
  void noErrorShowsAPassword() {
    for (String words :
        new String[] {"-b F u s3cret x", "-D F u s3cret", "-b /no/where u s3cret"}) {
      Object[] all = ("passwd " + words).split(" ");
      assertThat(MidgeRun.run(all).errText()).isNotEmpty().doesNotContain("s3cret");
    }
  }

  @Test
  void underMosquittosNameTheFirstWordEndsTheOptionsAndAWrongNumberShowsTheUsage() {
    for (String words : new String[] {"", "F -b u p", "F", "-x F u", "-b F u p q", "-bc F u p"}) {
      Object[] all = words.isEmpty() ? new Object[0] : words.split(" ");
      MidgeRun run = MidgeRun.runAs("mosquitto_passwd", all);

      assertThat(run.errText()).as(words).isEmpty();
      assertThat(run.outText()).as(words).startsWith("Usage: mosquitto_passwd");
      assertThat(run.status()).as(words).isEqualTo(1);
    }
    assertThat(Path.of("F")).doesNotExist();
  }

  @Test
  void underMosquittosNameBothLinesOfAPipeAreNeeded() throws IOException {
    MidgeRun once =
        MidgeRun.startAs(
                "mosquitto_passwd",
                new ByteArrayInputStream("abc\n".getBytes(UTF_8)),
                "-c",
                file,
                "u")
            .await();
    assertThat(once.outText()).isEqualTo("Password: \nReenter password: ");
    assertThat(once.errText()).isEqualTo("Error: Empty password.\n");
    assertThat(once.status()).isEqualTo(1);

    MidgeRun twice =
        MidgeRun.startAs(
                "mosquitto_passwd",
                new ByteArrayInputStream("abc\nabc\n".getBytes(UTF_8)),
                "-c",
                file,
                "u")
            .await();
    assertThat(twice.outText()).isEqualTo("Password: \nReenter password: \n");
    assertThat(twice.status()).isZero();
    assertThat(letsIn("u", "abc")).isTrue();
  }
}
