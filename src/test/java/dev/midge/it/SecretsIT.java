package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords of the packaged midge: where they show, which is nowhere. */
class SecretsIT {
  private static final String SECRET = "hush-4711";
  private static MidgeBroker broker;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    broker = new MidgeBroker();
  }

  @AfterAll
  static void stop() {
    broker.close();
    assertThat(broker.program().outText() + broker.program().errText()).doesNotContain(SECRET);
  }

  @Test
  void neitherTheProcessListNorAnyOutputShowsThem() throws Exception {
    Path file = Files.writeString(directory.resolve("pw"), SECRET + "\n");
    String[][] ways = {
      {"conn", "--pw-file", file.toString(), "--json"},
      {"conn"},
      {"sub", "-t", "a", "--json", "--pw-file", file.toString()},
    };
    for (String[] way : ways) {
      Object[] line = new Object[way.length + 6];
      line[0] = Program.launcher();
      System.arraycopy(way, 0, line, 1, way.length);
      System.arraycopy(
          new Object[] {"-d", "-p", broker.port(), "-u", "me"}, 0, line, way.length + 1, 5);
      try (Program client = Program.start(Map.of("MIDGE_PASSWORD", SECRET), line)) {
        client.awaitErr(way[0].equals("sub") ? "Subscribed" : "Connected");
        Path commandLine = Path.of("/proc", String.valueOf(client.pid()), "cmdline");
        assertThat(Files.readString(commandLine)).contains("me").doesNotContain(SECRET);
        client.signal("TERM").await();
        assertThat(client.outText() + client.errText()).contains("CONNECT").doesNotContain(SECRET);
      }
    }
  }

  @Test
  void errorsDoNotShowThemEither() {
    Map<String, String> environment = Map.of("MIDGE_PASSWORD", SECRET, "MIDGE_USERNAME", "me");
    for (String wrong :
        new String[] {"-p 1", "-q 7", "-V 4", "--unknown", "--proxy http://u:" + SECRET + "@h"}) {
      Program pub =
          Program.start(environment, "sh", "-c", Program.launcher() + " pub -d -t a -m x " + wrong)
              .await();
      assertThat(pub.status()).isEqualTo(1);
      assertThat(pub.outText() + pub.errText()).contains("Error").doesNotContain(SECRET);
    }
  }

  @Test
  void theTerminalIsAskedWithoutEchoAndEchoesAgain() {
    try (Tmux terminal = new Tmux(directory)) {
      terminal
          .type("clear; echo in | midge pub -t a -s -d -p " + broker.port() + " -u me -P | cat")
          .awaitScreen("Password for me at localhost:")
          .type(SECRET)
          .awaitScreen("sending DISCONNECT");
      assertThat(terminal.screen()).contains("(3 bytes)").doesNotContain(SECRET);
      terminal.type("echo seen").awaitScreen("\nseen");
      assertThat(terminal.screen()).contains("> echo seen");

      terminal
          .clear("Password")
          .type("clear; midge pub -t a -n --ask-password -p " + broker.port() + " -u me")
          .awaitScreen("Password for me at localhost:")
          .press("C-c")
          .awaitScreen(">")
          .type("echo status $?")
          .awaitScreen("status 130");
      assertThat(terminal.screen()).contains("echo status $?");
    }
  }

  @Test
  void ctrlDAtThePromptIsNoMissingTerminal() {
    try (Tmux terminal = new Tmux(directory)) {
      terminal
          .type("clear; midge pub -t a -n -p " + broker.port() + " -u me -P")
          .awaitScreen("Password for me at localhost:")
          .press("C-d")
          .awaitScreen("no password specified: no answer was given.");
    }
  }

  @Test
  void aPromptThatWasSuspendedHidesTheAnswerAllTheSame() {
    Installed.require("bash"); // Unlike a plain sh it gives itself the echo back.
    try (Tmux terminal = new Tmux(directory)) {
      terminal
          .type("exec bash --norc --noprofile")
          .type("clear; midge pub -t a -n -p " + broker.port() + " -u me -P")
          .awaitScreen("Password for me at localhost:")
          .press("C-z")
          .awaitScreen("Stopped")
          .clear("Password")
          .type("fg")
          .awaitScreen("Password for me at localhost:")
          .type(SECRET)
          .type("echo status $?")
          .awaitScreen("\nstatus 0");
      assertThat(terminal.screen()).contains("echo status $?").doesNotContain(SECRET);
    }
  }

  @Test
  void aPasswordOfTheEnvironmentReachesTheBrokerWithItsBytes() throws Exception {
    // The mini broker takes any; mosquitto knows who may come in.
    Path passwords = Files.writeString(directory.resolve("passwords"), "me:pä\n");
    Installed.require("mosquitto_passwd");
    Program hash = Program.start("mosquitto_passwd", "-U", passwords).await();
    assertThat(hash.status()).as(hash.errText()).isZero();
    try (var mosquitto =
        dev.midge.testing.Mosquitto.configured(
            directory, "listener PORT 127.0.0.1", "password_file " + passwords)) {
      Map<String, String> environment =
          Map.of(
              "MIDGE_PORT", "" + mosquitto.port(), "MIDGE_USERNAME", "me", "MIDGE_PASSWORD", "pä");
      Program pub =
          Program.start(environment, Program.launcher(), "pub", "-t", "a", "-q", "1", "-m", "x")
              .await();
      assertThat(pub.errText()).isEmpty();
      assertThat(pub.status()).isZero();
    }
  }
}
