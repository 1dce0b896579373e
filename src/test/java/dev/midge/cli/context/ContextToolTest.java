package dev.midge.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code midge context}: what it stores, shows and refuses. */
class ContextToolTest {
  private static final String SECRET = "hush-4711";

  @TempDir private Path directory;
  private Home home;

  @BeforeEach
  void enter() {
    home = new Home(directory);
  }

  @Test
  void addStoresTheOptionsAsALineEachInAPrivateFile() throws IOException {
    Path ca = Files.writeString(directory.resolve("ca.pem"), "");
    MidgeRun run =
        home.run(
            "context add prod -u you -L mqtts://broker.example:8883 --pw-command",
            "pass show mqtt",
            "-u",
            "me",
            "--ws",
            "--cafile",
            ca);

    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(home.contexts())
        .endsWith(
            "\n[prod]\n-L mqtts://broker.example:8883\n--pw-command pass show mqtt\n-u me\n--ws\n"
                + "--cafile "
                + ca
                + "\n");
    assertThat(mode(home.file)).isEqualTo("rw-------");
    assertThat(mode(home.file.getParent())).isEqualTo("rwx------");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aPathIsStoredAsAnAbsoluteOne() throws IOException {
    home.run("context add local -h localhost --capath target --unix", "run/socket");

    assertThat(home.contexts())
        .contains("--capath " + Path.of("target").toAbsolutePath() + "\n")
        .contains("--unix " + Path.of("run/socket").toAbsolutePath() + "\n");
  }

  @Test
  void whereXdgNamesADirectoryTheFileIsThere() {
    home.environment.put("XDG_CONFIG_HOME", directory + "/settings");
    home.run("context add a -h h");
    assertThat(directory.resolve("settings/midge/contexts")).exists();

    home.environment.put("XDG_CONFIG_HOME", "settings");
    home.run("context add a -h h");
    assertThat(home.file).as("a relative one counts as none").exists();

    home.environment.clear();
    assertThat(home.run("context ls").errText())
        .startsWith("Error: Neither XDG_CONFIG_HOME nor HOME names a directory");
  }

  @ParameterizedTest
  @CsvSource({
    "-h h -P hush-4711, 'The password in -P is not stored: give --pw-file, --pw-command or --ask'",
    "-L mqtt://me:hush-4711@h, 'The password in -L is not stored: leave it out of the URL'",
    "-h h --proxy socks5h://me:hush-4711@h, 'The password in --proxy is not stored: leave it out'",
  })
  void aPasswordIsStoredOnlyIfThatIsWanted(String options, String refusal) throws IOException {
    MidgeRun refused = home.run("context add a " + options);
    assertThat(refused.errText())
        .startsWith("Error: " + refusal)
        .contains("--store-password")
        .doesNotContain(SECRET);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(home.file).doesNotExist();

    assertThat(home.run("context add a --store-password " + options).status()).isZero();
    assertThat(home.contexts()).contains(SECRET);
    for (String look : List.of("show a", "show a --json", "ls", "ls --json")) {
      MidgeRun run = home.run("context " + look);
      assertThat(run.status()).isZero();
      assertThat(run.outText() + run.errText()).doesNotContain(SECRET).contains("h");
    }
    assertThat(home.run("context show a").outText()).contains("***");
  }

  @ParameterizedTest
  @CsvSource({
    "add a -V 5, No broker is named: give -L URL",
    "add a -h h --cert x, Both certfile and keyfile must be provided",
    "add a -h h --cafile /nowhere/ca.pem, 'Problem setting TLS options: File not found: --cafile'",
    "add a -h h --pw-file /nowhere/pw, Unable to read the password file: /nowhere/pw",
    "add a -h h -p many, Invalid port given: many",
    "add a -h h -c, You must provide a client id",
    "add a -h h -V 311 --disconnect-reason 4, --disconnect-reason needs MQTT 5",
    "add a -L mqtt://h/topic, Invalid URL for -L argument specified - this command has no topic",
    "add a -h h -t topic, Unknown option '-t'.",
    "add a -h h --will-topic w, Unknown option '--will-topic'.",
    "add a -h h --psk 00 --psk-identity me, 'Problem setting TLS-PSK options: Java'",
    "add -h h, The form is: midge context add NAME [OPTIONS]",
    "add a b -h h, The form is: midge context add NAME [OPTIONS]",
    "add a/b -h h, '''a/b'' cannot name a context: a name has 1 to 64 letters'",
    "add a -h h --none, --none belongs to midge context use.",
    "ls -h h, -h belongs to midge context add.",
    "use a --json, --json belongs to midge context ls and show.",
    "use, 'The form is: midge context use NAME, or midge context use --none'",
    "use a --none, 'The form is: midge context use NAME, or midge context use --none'",
    "use a, 'There is no context ''a'', and no other: ''midge context add'' makes one.'",
    "rm, The form is: midge context rm NAME...",
    "show, There is no default context: midge context show NAME.",
    "shwo a, 'Unknown word ''shwo'', did you mean ''show''?'",
    "frobnicate, 'Unknown word ''frobnicate'', it is one of add, ls, use, edit, rm, show.'",
  })
  void aWrongWordIsToldAndChangesNothing(String line, String complaint) {
    MidgeRun run = home.run("context " + line);

    assertThat(run.errText()).startsWith("Error: " + complaint);
    assertThat(run.outText()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
    assertThat(Files.exists(home.file)).isFalse();
  }

  @Test
  void aPasswordFileThatOthersMayReadIsWarnedOf() throws IOException {
    Path pw = Files.writeString(directory.resolve("pw"), SECRET);
    Files.setPosixFilePermissions(pw, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(home.run("context add a -h h --pw-file", pw).errText())
        .isEqualTo(
            "Warning: others may read the password file " + pw + "; chmod 600 keeps it yours.\n");
  }

  @Test
  void aCommandForThePasswordIsNotRunBeforeItIsNeeded() {
    Path ran = directory.resolve("ran");

    assertThat(home.run("context add a -h h --pw-command", "touch " + ran).status()).isZero();

    assertThat(ran).doesNotExist();
  }

  @Test
  void replaceTakesThePlaceOfAContextAndNothingElse() throws IOException {
    home.contexts("# mine\n[a]\n-h old\n\n# of b\n[b]\n-h b\n");

    assertThat(home.run("context add a -h new").errText())
        .startsWith("Error: There is a context 'a' already: --replace takes its place");
    home.run("context add a -h new -k 30 --replace");

    assertThat(home.contexts()).startsWith("# mine\n[a]\n-h new\n-k 30\n").endsWith("[b]\n-h b\n");
  }

  @Test
  void useChoosesTheDefaultAndLsMarksIt() throws IOException {
    home.contexts("# mine\n[prod]\n-h Broker.example --tls-use-os-certs\n".replace(" --", "\n--"));
    home.run("context add local --unix /run/mqtt");
    assertThat(home.run("context ls").outText())
        .isEqualTo("  prod   broker.example:1883 over TLS\n  local  unix:/run/mqtt\n");

    home.run("context use prod");
    assertThat(home.contexts()).startsWith("# mine\nuse prod\n\n[prod]\n");
    assertThat(home.run("context ls").outText()).startsWith("* prod   ").contains("\n  local ");
    assertThat(home.run("context show").outText()).startsWith("-h Broker.example\n");

    home.run("context use local");
    assertThat(home.run("context ls --json").outText())
        .isEqualTo(
            "{\"name\":\"prod\",\"current\":false,\"broker\":\"broker.example:1883 over TLS\"}\n"
                + "{\"name\":\"local\",\"current\":true,\"broker\":\"unix:/run/mqtt\"}\n");

    home.run("context use --none");
    assertThat(home.contexts()).doesNotContain("\nuse ");
  }

  @Test
  void rmRemovesContextsAndWithThemTheDefault() throws IOException {
    home.contexts("use b\n\n[a]\n-h a\n\n[b]\n-h b\n\n[c]\n-h c\n");

    MidgeRun run = home.run("context rm a b");

    assertThat(run.errText()).isEqualTo("'b' was the default context; there is none now.\n");
    assertThat(home.contexts()).isEqualToIgnoringNewLines("[c]\n-h c\n");
    assertThat(home.run("context rm c d").errText()).startsWith("Error: There is no context 'd'");
    assertThat(home.contexts()).as("all or none").contains("[c]");
  }

  @Test
  void writersDoNotUndoOneAnother() throws IOException {
    List<MidgeRun> runs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      runs.add(MidgeRun.startAs(null, home.environment, "context", "add", "c" + i, "-h", "h" + i));
    }
    runs.forEach(run -> assertThat(run.await().status()).as(run.errText()).isZero());

    assertThat(home.run("context ls").outText().lines()).hasSize(20);
    try (var files = Files.list(home.file.getParent())) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("contexts", "contexts.lock");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--"})
  void aFileThatOthersMayReadIsWarnedOf(String mode) throws IOException {
    home.contexts("[a]\n-h h\n");
    Files.setPosixFilePermissions(home.file, PosixFilePermissions.fromString(mode));

    assertThat(home.run("context ls").errText())
        .isEqualTo(
            "Warning: others may read the contexts in "
                + home.file
                + "; chmod 600 keeps them yours.\n");
    home.run("context use a");
    assertThat(mode(home.file)).as("what is written is private").isEqualTo("rw-------");
  }

  @Test
  void aFileThatOthersMayWriteIsNotRead() throws IOException {
    home.contexts("use a\n[a]\n-h h\n--pw-command id\n");
    Files.setPosixFilePermissions(home.file, PosixFilePermissions.fromString("rw--w----"));

    for (String line : List.of("context ls", "pub -t a -n", "context use a")) {
      MidgeRun run = home.run(line);
      assertThat(run.errText())
          .startsWith(
              "Error: Others may write " + home.file + ", and a context can name a command");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void norIsOneInADirectoryThatOthersMayWrite() throws IOException {
    home.contexts("[a]\n-h h\n");
    Files.setPosixFilePermissions(
        home.file.getParent(), PosixFilePermissions.fromString("rwxrwx---"));

    assertThat(home.run("context ls").errText())
        .startsWith("Error: Others may write " + home.file.getParent() + ", ");
  }
}
