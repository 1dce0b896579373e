package dev.midge.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code midge broker -c FILE}: what the command line adds, the log, and the end of a bad file. */
class BrokerByFileTest {
  @TempDir Path folder;
  private Path file;
  private final FreePort kept = FreePort.take();
  private final int port = kept.number();

  @BeforeEach
  void namesAFile() {
    file = folder.resolve("midge.conf");
  }

  @AfterEach
  void leavesThePort() {
    kept.close();
  }

  private Path written(String... lines) throws IOException {
    return Files.write(file, Arrays.asList(lines));
  }

  /** Returns a broker that a client has used, and that has ended. */
  private MidgeRun used(Object... words) {
    Object[] all = new Object[words.length + 3];
    all[0] = "broker";
    all[1] = "-c";
    all[2] = file;
    System.arraycopy(words, 0, all, 3, words.length);
    MidgeRun broker = MidgeRun.start(all);
    Object[] pub = {"pub", "-p", port, "-i", "me", "-t", "a", "-m", "x", "-q", 1};
    Awaitility.await().until(() -> MidgeRun.run(pub).status() == 0 || broker.isDone());
    broker.stop();
    assertThat(broker.status()).as(broker.errText()).isZero();
    return broker;
  }

  private String listener() {
    return "listener " + port + " 127.0.0.1\nallow_anonymous true\n";
  }

  @Test
  void theFileIsReadAndTold() throws IOException {
    written(listener());

    assertThat(used().errText())
        .containsPattern("\\d+: Config loaded from " + file + "\\.\n")
        .contains("Opening ipv4 listen socket on port " + port)
        .contains(" as me (p5, c1, k60).")
        .doesNotContain("Received PUBLISH");
  }

  @Test
  void aPortOfTheLineCountsUntilTheFileHasAListener() throws IOException {
    written("max_keepalive 100");
    assertThat(used("-p", port).errText()).contains("local only mode").contains("port " + port);

    written(listener());
    assertThat(used("-p", 1).errText()).doesNotContain("port 1.");
  }

  @Test
  void theLineDecidesHowMuchIsLogged() throws IOException {
    written(listener(), "log_type none");
    assertThat(used().errText()).isEmpty();
    assertThat(used("-v").errText()).contains("Received PUBLISH from me").contains("New client");
    written(listener(), "log_type all", "log_dest file " + folder.resolve("log"));
    assertThat(used("-q").errText()).isEmpty();
    assertThat(used("-v", "-q").errText()).isEmpty();
    assertThat(folder.resolve("log")).doesNotExist();
  }

  @Test
  void typesOfLinesAreChosen() throws IOException {
    written(listener(), "log_type debug");
    assertThat(used().errText())
        .contains("Received PUBLISH")
        .doesNotContain("New client", "loaded");
    written(listener(), "log_type notice");
    assertThat(used().errText()).contains("New client").doesNotContain("Received", "loaded");
  }

  @Test
  void linesAboutConnectionsCanBeLeftOut() throws IOException {
    written(listener(), "connection_messages false", "log_type all");

    assertThat(used().errText())
        .contains("Config loaded", "Received PUBLISH")
        .doesNotContain("New connection", "New client", "disconnected");
  }

  @Test
  void theLogGoesToEachPlace() throws IOException {
    Path log = folder.resolve("log");
    written(listener(), "log_dest file " + log, "log_dest stdout");
    MidgeRun broker = used();

    assertThat(broker.errText()).isEmpty();
    assertThat(broker.outText()).containsPattern("\\d+: Config loaded").contains("terminating");
    assertThat(Files.readString(log)).isEqualTo(broker.outText());
    assertThat(Files.getPosixFilePermissions(log))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    used();
    assertThat(Files.readString(log).split("Config loaded", -1)).hasSize(3);
  }

  @Test
  void aLogThatCannotBeWrittenIsToldAndTheBrokerGoesOn() throws IOException {
    written(listener(), "log_dest file /nowhere/at/all");

    assertThat(used().errText())
        .isEqualTo("Error: Unable to open log file /nowhere/at/all for writing.\n");
  }

  @Test
  void theTimeHasTheFormOfTheFile() throws IOException {
    written(listener(), "log_timestamp false");
    assertThat(used().errText()).startsWith("midge version");
    written(listener(), "log_timestamp_format %Y-%m-%dT%H:%M:%S%z %q %%");
    assertThat(used().errText().lines())
        .allMatch(
            line -> line.matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d{4} %q %: .+"));
  }

  @Test
  void aPersonKeepsTheClockUnlessTheFileSaysSomethingElse() throws IOException {
    written("listener " + port + " 127.0.0.1", "allow_anonymous true");
    MidgeRun shown = MidgeRun.startOnTerminal(null, "broker", "-c", file).awaitErr(" running");
    assertThat(shown.stop().errText()).containsPattern("^\\d\\d:\\d\\d:\\d\\d midge version");
    written("listener " + port + " 127.0.0.1", "log_timestamp_format %Y");
    shown = MidgeRun.startOnTerminal(null, "broker", "-c", file).awaitErr(" running");
    assertThat(shown.stop().errText()).containsPattern("^20\\d\\d: midge version");
  }

  @Test
  void theProcessIsNamedInAFileAsLongAsItRuns() throws IOException {
    Path pid = folder.resolve("pid");
    written(listener(), "pid_file " + pid);
    MidgeRun broker = MidgeRun.start("broker", "-c", file).awaitErr(" running");

    assertThat(pid).hasContent(String.valueOf(ProcessHandle.current().pid()));
    assertThat(broker.stop().status()).isZero();
    assertThat(pid).doesNotExist();
  }

  @Test
  void aPidFileThatCannotBeWrittenEndsTheStart() throws IOException {
    written(listener(), "pid_file /nowhere/at/all");
    MidgeRun run = MidgeRun.run("broker", "-c", file);

    assertThat(run.errText()).isEqualTo("Error: Unable to write pid file /nowhere/at/all.\n");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void faultsOfTheFileAndOfTheLineHappen() throws IOException {
    written(listener(), "fault nack@publish-out:1 client=first", "fault delay:1ms client=nobody");
    MidgeRun broker =
        MidgeRun.start("broker", "-c", file, "--fault", "refuse client=second")
            .awaitErr(" running");
    Object[] pub = {"pub", "-p", port, "-q", 1, "-t", "a", "-m", "x", "-i", "first"};
    assertThat(MidgeRun.run(pub).errText()).contains("Not authorized");
    pub[pub.length - 1] = "second";
    assertThat(MidgeRun.run(pub).status()).isNotZero();
    pub[pub.length - 1] = "third";
    assertThat(MidgeRun.run(pub).status()).isZero();

    assertThat(broker.stop().errText())
        .contains("Fault nack at publish-out:1, first", "Fault refuse at connack, second");
  }

  @Test
  void aGoodFileIsToldAndABrokerIsNotStarted() throws IOException {
    written(listener());
    MidgeRun run = MidgeRun.run("broker", "-c", file, "--test-config");

    assertThat(run.errText()).isEqualTo("Configuration file is OK.\n");
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bogus 1 | Error: Unknown configuration variable 'bogus'.",
        "max_qos 1 | Error: The 'max_qos' option requires a listener to be defined first.",
        "connection b | Error: The 'connection' option is not supported.",
        "fault kill | Error: Invalid fault 'kill': 'kill' is not for the broker.",
      })
  void aBadFileEndsTheStartWithStatus3(String key, String line) throws IOException {
    written("# mine", key);
    for (Object[] words :
        new Object[][] {
          {"broker", "-c", file},
          {"broker", "-c", file, "--test-config"},
          {"broker", "-q", "-c", file}
        }) {
      MidgeRun run = MidgeRun.run(words);

      assertThat(run.errText()).isEqualTo(line + "\nError found at " + file + ":2.\n");
      assertThat(run.outText()).isEmpty();
      assertThat(run.status()).isEqualTo(3);
    }
  }

  @Test
  void aPasswordFileThatIsNoGoodEndsTheStartWithStatus3() throws IOException {
    Path users = Files.writeString(folder.resolve("users"), "me:s3cret\n");
    written(listener(), "password_file " + users);
    MidgeRun run = MidgeRun.run("broker", "-c", file);

    assertThat(run.errText()).contains("Error: Unable to decode line in password file");
    assertThat(run.errText()).doesNotContain("s3cret");
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void aPortInUseEndsTheStartWithStatus1() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      written("listener " + taken.getLocalPort() + " 127.0.0.1");
      MidgeRun run = MidgeRun.run("broker", "-c", file);

      assertThat(run.errText()).startsWith("Error: ").hasLineCount(1);
      assertThat(run.status()).isEqualTo(1);
    }
  }
}
