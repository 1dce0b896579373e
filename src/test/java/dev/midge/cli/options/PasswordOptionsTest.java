package dev.midge.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.Midge;
import dev.midge.cli.OtherSignals;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.Prompt;
import dev.midge.client.StopSignal;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Slow;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to give a password, and the variables of the environment for options. */
class PasswordOptionsTest {
  private static final String SECRET = "hüsh-4711";

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Prompt prompt = Prompt.NONE;

  @Test
  void aPasswordInAFileIsItsFirstLine() throws Exception {
    Path file = Files.writeString(directory.resolve("pw"), SECRET + "\r\nmore\n");

    assertThat(password(connect("-u", "me", "--pw-file", file.toString()))).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-------"})
  void whoeverElseMayReadTheFileIsWarnedOfOnceAndNotQuietly(String mode) throws Exception {
    Path file = Files.writeString(directory.resolve("pw"), SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    String warning =
        "Warning: others may read the password file " + file + "; chmod 600 keeps it yours.\n";

    connect("-u", "me", "--pw-file", file.toString());
    assertThat(said().contains(warning)).isEqualTo(!mode.equals("rw-------"));
    assertThat(said().indexOf("Warning")).isEqualTo(said().lastIndexOf("Warning"));
    err.reset();

    connect("-u", "me", "--pw-file", file.toString(), "--quiet");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"printf 'hüsh-4711\\r\\nmore\\n'", "cat; printf 'hüsh-4711'; exit 0"})
  void aPasswordOfACommandIsTheFirstLineThatItPrints(String command) throws Exception {
    assertThat(password(connect("-u", "me", "--pw-command", command))).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "echo hüsh-4711; exit 3, 'the command ended with status 3, '",
    "/nowhere/hüsh-4711 2>&1, 'sh cannot run the command (status 127), '",
    "true hüsh-4711, 'the command printed nothing, '",
    "echo; echo hüsh-4711, 'the command printed an empty line, '",
    "yes hüsh-4711, 'the command printed more than 1 MiB, '",
    "head -c 70000 /dev/zero, the command printed more than 65535 bytes in its first line.",
  })
  void aCommandThatPrintsNoPasswordIsOneClearError(String command, String complaint) {
    assertThat(run("pub", "-t", "a", "-n", "-u", "me", "-d", "--pw-command", command)).isEqualTo(1);
    assertThat(said()).startsWith("Error: --pw-command: " + complaint).doesNotContain(SECRET);
    assertThat(said().lines()).hasSize(3); // the hint at --help follows
  }

  @Test
  void theLastWayToGiveAPasswordCounts() throws Exception {
    Path file = Files.writeString(directory.resolve("pw"), "file");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    prompt = question -> "asked";
    String name = file.toString();

    assertThat(password(connect("--pw-file", name, "--pw-command", "echo it"))).isEqualTo("it");
    assertThat(password(connect("--pw-command", "exit 1", "--pw-file", name))).isEqualTo("file");
    assertThat(password(connect("--pw-command", "exit 1", "--ask-password"))).isEqualTo("asked");
    assertThat(password(connect("--ask-password", "--pw-command", "echo it"))).isEqualTo("it");
  }

  @Test
  void theTerminalIsAskedWhereTheLineEndsWithP() throws Exception {
    prompt = question -> question.startsWith("Password for me at localhost: ") ? SECRET : null;

    assertThat(password(connect("-u", "me", "-P"))).isEqualTo(SECRET);
    assertThat(password(connect("-u", "me", "--pw"))).isEqualTo(SECRET);
    assertThat(password(connect("--ask-password", "-u", "me"))).isEqualTo(SECRET);
    assertThat(password(connect("-u", "me", "-P", "-given"))).isEqualTo("-given");
  }

  @Test
  void whereNobodyCanBeAskedThatIsAUsageError() {
    assertThat(run("pub", "-t", "a", "-n", "-u", "me", "-P")).isEqualTo(1);
    assertThat(said())
        .startsWith("Error: -P argument given but no password specified, and there is no terminal");
  }

  @Test
  void aQuestionWithoutAnAnswerIsNoMissingTerminal() {
    prompt =
        question -> {
          throw new Prompt.NoAnswer();
        };
    assertThat(run("pub", "-t", "a", "-n", "-u", "me", "-P")).isEqualTo(1);
    assertThat(said())
        .startsWith("Error: -P argument given but no password specified: no answer was given.\n");
  }

  @Test
  void anUnreadablePasswordFileIsNamed() {
    assertThat(run("pub", "-t", "a", "-n", "--pw-file", "/nowhere/pw")).isEqualTo(1);
    assertThat(said()).startsWith("Error: Unable to read the password file: /nowhere/pw");
  }

  @Test
  void theEnvironmentGivesEveryOptionOfTheConnection() throws Exception {
    environment.put("MIDGE_PASSWORD", SECRET);
    environment.put("MIDGE_USERNAME", "me");
    environment.put("MIDGE_ID", "mine");
    environment.put("MIDGE_KEEPALIVE", "77");
    environment.put("MIDGE_DISABLE_CLEAN_SESSION", "yes");
    environment.put("MIDGE_PROTOCOL_VERSION", "311");
    environment.put("MIDGE_WS", "0");
    environment.put("MIDGE_CAFILE", "");

    Connect connect = connect();

    assertThat(password(connect)).isEqualTo(SECRET);
    assertThat(connect.username()).isEqualTo("me");
    assertThat(connect.clientId()).isEqualTo("mine");
    assertThat(connect.keepAlive()).isEqualTo(77);
    assertThat(connect.cleanStart()).isFalse();
    assertThat(connect.version().isV5()).isFalse();
  }

  @Test
  void theLineWinsOverTheEnvironmentAndThatOverTheOptionFile() throws Exception {
    Path file = Files.writeString(directory.resolve("options"), "-i file\n-k 11\n-u file\n");
    environment.put("MIDGE_ID", "environment");
    environment.put("MIDGE_KEEPALIVE", "22");

    Connect connect = connect("-o", file.toString(), "-i", "line");

    assertThat(connect.clientId()).isEqualTo("line");
    assertThat(connect.keepAlive()).isEqualTo(22);
    assertThat(connect.username()).isEqualTo("file");
    assertThat(connect("-I", "prefix").clientId()).startsWith("prefix").isNotEqualTo("prefix");
  }

  @Test
  void aWrongWordOfTheEnvironmentIsToldWithItsName() {
    environment.put("MIDGE_PORT", "many");

    assertThat(run("pub", "-t", "a", "-n")).isEqualTo(1);
    assertThat(said()).startsWith("Error: Invalid port given: many").contains("(MIDGE_PORT)");
  }

  @Test
  void underMosquittosNamesNothingOfThisExists() throws Exception {
    Map<String, String> words = Map.of("MIDGE_PORT", "many", "MIDGE_HOST", "nowhere.invalid");
    try (FreePort dead = FreePort.take()) {
      MidgeRun run =
          MidgeRun.startAs(
                  "mosquitto_pub", words, "-t", "a", "-n", "-p", dead.number(), "-h", "127.0.0.1")
              .await();
      assertThat(run.errText()).isEqualTo("Error: Connection refused\n");
    }
    assertThat(MidgeRun.runAs("mosquitto_pub", "-t", "a", "-n", "-P").errText())
        .startsWith("Error: -P argument given but no password specified.\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--pw-file=x",
        "--pw-command=x",
        "--context=x",
        "--ask-password",
        "--json",
        "--connect-timeout=1"
      })
  void norDoTheOptions(String option) {
    assertThat(MidgeRun.runAs("mosquitto_sub", "-t", "a", option).errText())
        .startsWith("Error: Unknown option '" + option + "'.");
  }

  @Slow("waits for time-outs of a second")
  @ParameterizedTest
  @ValueSource(strings = {"pub -t a -n", "sub -t a", "rr -t a -e b -n", "conn"})
  void aSilentBrokerIsLeftAfterTheConnectTimeout(String line) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      Object[] words = (line + " --connect-timeout 1 -p " + broker.port()).split(" ");
      MidgeRun run = MidgeRun.run(words);

      assertThat(run.errText())
          .isEqualTo(
              "Error: Not connected within 1 s (--connect-timeout): localhost:"
                  + broker.port()
                  + " over TCP, MQTT 5\n"
                  + "No CONNACK came; see -d for how far it went.\n"
                  + "Try: is that an MQTT broker, and is it well? A firewall that swallows packets looks the same.\n");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  /** The CONNECT that the words lead to. */
  @SuppressWarnings("try") // the broker hangs up before the end
  private Connect connect(String... words) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      environment.put("MIDGE_PORT", String.valueOf(broker.port()));
      String[] line = new String[words.length + 6];
      System.arraycopy(
          new String[] {"pub", "-t", "a", "-n", "-d", "--connect-timeout=20"}, 0, line, 0, 6);
      System.arraycopy(words, 0, line, 6, words.length);
      Thread run = new Thread(() -> run(line));
      run.start();
      Connect connect = (Connect) broker.accept().read(PacketType.CONNECT);
      broker.close();
      run.join(20_000);
      assertThat(run.isAlive()).isFalse();
      assertThat(said()).doesNotContain(SECRET);
      return connect;
    }
  }

  private int run(String... line) {
    return Midge.run(
        new ProcessContext(
            null,
            InputStream.nullInputStream(),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            false,
            false,
            Clock::systemUTC,
            StopSignal::new,
            prompt,
            OtherSignals.NONE),
        line);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  private static String password(Connect connect) {
    return new String(connect.password(), StandardCharsets.UTF_8);
  }
}
