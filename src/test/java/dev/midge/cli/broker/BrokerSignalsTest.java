package dev.midge.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.FreePort;
import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals to a broker with a configuration file, in a process of its own. */
class BrokerSignalsTest {
  @TempDir Path folder;
  private Path file;
  private final FreePort port = FreePort.take();
  private String listener;
  private Program broker;

  @BeforeEach
  void namesAFileAndAPort() throws IOException {
    file = folder.resolve("midge.conf");
    listener = "listener " + port.number() + " 127.0.0.1";
  }

  @AfterEach
  void endsTheBroker() {
    if (broker != null) {
      broker.close();
    }
    port.close();
  }

  private void written(String... lines) throws IOException {
    Files.write(file, Arrays.asList(lines));
  }

  private void start(Object... words) {
    Object[] all = {
      Path.of(System.getProperty("java.home"), "bin", "java"),
      "-cp",
      System.getProperty("java.class.path"),
      "dev.midge.Midge",
      "broker",
      "--no-control",
      "-c",
      file
    };
    Object[] line = Arrays.copyOf(all, all.length + words.length);
    System.arraycopy(words, 0, line, all.length, words.length);
    broker = Program.start(line);
  }

  @Test
  void sighupReadsTheFileAgainAndItsLogWithIt() throws IOException {
    Path log = folder.resolve("log");
    written(listener, "log_dest file " + log);
    start();
    Awaitility.await().until(() -> Files.exists(log) && Files.readString(log).contains(" running"));
    Files.move(log, folder.resolve("log.1"));
    written(listener, "log_dest file " + log, "log_timestamp_format %Y!");
    broker.signal("HUP");

    Awaitility.await()
        .until(() -> Files.exists(log) && Files.readString(log).contains("Reloading config."));
    assertThat(Files.readString(log)).matches("20\\d\\d!: Reloading config\\.\n");
    assertThat(Files.readString(folder.resolve("log.1"))).doesNotContain("Reloading");
    assertThat(broker.signal("TERM").await().status()).isZero();
    assertThat(Files.readString(log)).endsWith("terminating\n");
    assertThat(broker.errText()).isEmpty();
  }

  @Test
  void sighupEndsItWhereItsTerminalIsGone() throws IOException {
    Installed.require("script");
    Path log = folder.resolve("log");
    Path pid = folder.resolve("pid");
    written(listener, "log_dest file " + log, "log_timestamp false", "pid_file " + pid);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    String line =
        String.format(
            "exec %s -Dmidge.terminal=out,err,in -cp %s dev.midge.Midge broker --no-control -c %s",
            java, classes, file);
    broker = Program.start("script", "-q", "-c", line, "/dev/null");
    Awaitility.await().until(() -> Files.exists(log) && Files.readString(log).contains(" running"));
    Program.start("kill", "-HUP", Files.readString(pid).strip()).await();
    Awaitility.await().until(() -> Files.readString(log).contains("Reloading config.\n"));

    broker.signal("KILL").await(); // whose end is that of the terminal

    Awaitility.await().until(() -> Files.notExists(pid));
    assertThat(Files.readString(log))
        .contains("SIGHUP: the terminal is gone.\n")
        .endsWith("terminating\n")
        .containsOnlyOnce("Reloading config.");
  }

  @Test
  void aBadFileChangesNothingAtAReload() throws IOException {
    Path pid = folder.resolve("pid");
    written(listener, "pid_file " + pid);
    start();
    broker.awaitErr(" running");
    assertThat(pid).hasContent(String.valueOf(broker.pid()));
    written(listener, "bogus 1");
    broker.signal("HUP").awaitErr("Error: Unknown configuration variable 'bogus'.");
    broker.awaitErr("Error found at " + file + ":2.");
    written(listener, "log_type all");
    broker.signal("HUP").awaitErr("Reloading config.");

    assertThat(broker.signal("TERM").await().status()).isZero();
    assertThat(pid).doesNotExist();
  }

  @Test
  void aListenerThatIsNotOpenIsAnErrorAtAReload() throws IOException {
    written(listener);
    start();
    broker.awaitErr(" running");
    written(listener, "listener 1 127.0.0.1");
    broker.signal("HUP").awaitErr(": Error: ");

    assertThat(broker.signal("TERM").await().status()).isZero();
  }

  @Test
  void aBadPasswordFileEndsTheBrokerAtAReload() throws IOException {
    Path users = Files.writeString(folder.resolve("users"), "");
    Path pid = folder.resolve("pid");
    written(listener, "password_file " + users, "pid_file " + pid);
    start();
    broker.awaitErr(" running");
    Files.writeString(users, "me:s3cret\n");
    broker.signal("HUP").await();

    assertThat(broker.status()).isEqualTo(3);
    assertThat(broker.errText())
        .contains("Error: Unable to decode line in password file")
        .contains("terminating")
        .doesNotContain("s3cret");
    assertThat(pid).doesNotExist();
  }

  @Test
  void sigusr1SavesTheStateIfItIsKept() throws IOException {
    written(listener, "persistence true", "persistence_location " + folder, "autosave_interval 0");
    start();
    broker.awaitErr(" running");
    broker.signal("USR1").awaitErr("Saving in-memory database to " + folder);
    Awaitility.await().until(() -> Files.exists(folder.resolve("mosquitto.db")));
    assertThat(broker.signal("TERM").await().status()).isZero();

    written(listener);
    start();
    broker.awaitErr(" running");
    broker.signal("USR1").awaitErr("SIGUSR1: nothing is kept that could be saved.");
    assertThat(broker.signal("TERM").await().status()).isZero();
  }

  @Test
  void otherSignalsDoNotEndIt() throws IOException {
    written(listener);
    start();
    broker.awaitErr(" running");
    broker.signal("USR2").awaitErr("SIGUSR2: there is nothing to do for it.");

    assertThat(broker.signal("INT").await().status()).isZero();
  }
}
