package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose commands are typed, in a real terminal. */
class KeyboardIT {
  @TempDir private Path directory;
  private Tmux terminal;
  private String before;

  @BeforeEach
  void open() throws Exception {
    terminal = new Tmux(directory);
    before = settings("before");
    terminal.type("clear; midge broker -p 0").awaitScreen(" running\n");
    Awaitility.await().until(() -> terminal.screen().stripTrailing().endsWith("\n>"));
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  /** What stty tells of the terminal. */
  private String settings(String name) throws Exception {
    Path file = directory.resolve(name);
    terminal
        .type("stty -a > " + file + "; echo so it is " + name)
        .awaitScreen("\nso it is " + name);
    return Files.readString(file);
  }

  private String port() {
    Matcher port = Pattern.compile("ipv4 listen socket on port (\\d+)").matcher(terminal.screen());
    assertThat(port.find()).isTrue();
    return port.group(1);
  }

  private Program client(String id) {
    return Program.midge("conn", "-p", port(), "-i", id).awaitErr("Connected to");
  }

  @Test
  void commandsAreAnsweredBelowTheLogAndLinesOfTheLogTearNoPrompt() {
    try (Program client = client("sensor-1")) {
      terminal.awaitScreen("as sensor-1");
      terminal.press("c").press("l").awaitScreen("\n> cl");
      try (Program other = client("other")) {
        terminal.awaitScreen("as other");
        Awaitility.await().until(() -> terminal.screen().stripTrailing().endsWith("\n> cl"));
        assertThat(other.isAlive()).isTrue();
      }
      terminal.type("ients").awaitScreen("\nsensor-1  127.0.0.1:");
      assertThat(client.isAlive()).isTrue();
      terminal.press("Up").awaitScreen("\n> clients");
    }
  }

  @Test
  void tabCompletesWordsAndClients() {
    try (Program client = client("sensor-1")) {
      terminal.press("k").press("i").press("Tab").awaitScreen("\n> kick");
      terminal.press("s").press("Tab").awaitScreen("\n> kick sensor-1");
      terminal.press("Enter").awaitScreen("reason:0x98: sensor-1");
      assertThat(client.await().errText()).contains("0x98");
    }
  }

  @Test
  void tabCompletesAnIdWithSpacesAndGuessesNone() {
    try (Program client = client("sensor 1")) {
      terminal.press("c").press("l").press("i").press("e").press("n").press("t").press("Space");
      terminal.press("x").press("Tab").press("y").awaitScreen("\n> client xy");
      terminal.press("BSpace").press("BSpace").press("s").press("Tab");
      terminal.press("Enter").awaitScreen("client id            sensor 1");
      assertThat(client.isAlive()).isTrue();
    }
  }

  @Test
  void ctrlDLeavesThePromptAndTheBrokerGoesOn() throws Exception {
    terminal.press("C-d").awaitScreen("The prompt is gone; Ctrl-C ends the broker.");
    try (Program client = client("later")) {
      terminal.awaitScreen("as later");
      assertThat(client.isAlive()).isTrue();
    }
    terminal.press("C-c").awaitScreen("terminating\n>");
    assertThat(settings("after")).isEqualTo(before);
  }

  @Test
  void ctrlCEndsTheBrokerAsEverAndLeavesTheTerminalAsItWas() throws Exception {
    terminal.press("h").awaitScreen("\n> h");
    terminal.press("C-c").awaitScreen("terminating\n>");
    terminal.type("echo status $?").awaitScreen("\nstatus 0");
    assertThat(settings("after")).isEqualTo(before);
  }

  @Test
  void stopEndsIt() throws Exception {
    terminal.type("stop").awaitScreen("terminating\n>");
    assertThat(settings("after")).isEqualTo(before);
  }

  @Test
  void aTerminalThatThisMachineLacksIsNoReasonForAStackTrace() {
    terminal.press("C-c").awaitScreen("terminating\n>");
    terminal.type("clear; TERM=not-installed midge broker -p 0").awaitScreen(" running\n");
    Awaitility.await().until(() -> terminal.screen().stripTrailing().endsWith("\n>"));
    assertThat(terminal.screen()).doesNotContain("WARNING", "Exception", "infocmp");
    terminal.type("clients").awaitScreen("No client is connected");
  }

  /** An answer that came late would be taken for what somebody has typed. */
  @Test
  void theTerminalIsAskedNothing() throws Exception {
    terminal.press("C-c").awaitScreen("terminating\n>");
    Path written = directory.resolve("written");
    terminal.clear(" running").record(written);
    terminal.type("midge broker -p 0").awaitScreen(" running\n");
    terminal.type("faults").awaitScreen("No fault is planned.");
    Awaitility.await().until(() -> Files.readString(written).contains("No fault is planned."));
    assertThat(Files.readString(written)).doesNotContain("\033[c", "\033[6n", "$p");
  }

  @Test
  void ctrlZStopsItAndItComesBackWithItsPrompt() {
    terminal.press("C-z").awaitScreen("Stopped");
    terminal.type("echo here is the shell").awaitScreen("\nhere is the shell");
    terminal
        .type("clear; fg")
        .awaitForeground("java")
        .type("faults")
        .awaitScreen("No fault is planned.");
  }

  /** JLine's read began while the terminal was the shell's, and lasts until a key is pressed. */
  @Test
  void ctrlCEndsItAtOnceAfterItCameBack() {
    terminal.press("C-z").awaitScreen("Stopped");
    terminal.clear("Stopped").type("fg").awaitForeground("java");
    Awaitility.await().until(() -> terminal.screen().stripTrailing().endsWith("\n>"));
    long start = System.nanoTime();
    terminal.press("C-c").awaitScreen("terminating\n>");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void inTheBackgroundItGoesOnWithoutAPrompt() {
    String port = port();
    terminal.press("C-z").awaitScreen("Stopped");
    terminal.clear("Stopped").type("bg").awaitScreen("midge broker");
    Program pub = Program.midge("pub", "-p", port, "-t", "a", "-m", "x").await();
    assertThat(pub.status()).as(pub.errText()).isZero();
    terminal.awaitScreen("disconnected.");
    terminal.type("clear; echo here is the shell").awaitScreen("here is the shell\n>");
    terminal.type("fg").awaitForeground("java");
    terminal.press("C-c").awaitScreen("terminating\n>");
  }

  @Test
  void aJobInTheBackgroundIsNotStoppedByItsKeyboard() {
    terminal.press("C-c").awaitScreen("terminating\n>");
    terminal.type("clear");
    Awaitility.await().until(() -> !terminal.screen().contains(" running"));
    terminal.type("midge broker -p 0 &").awaitScreen(" running");
    Program pub = Program.midge("pub", "-p", port(), "-t", "a", "-m", "x").await();
    assertThat(pub.status()).as(pub.errText()).isZero();
    terminal.awaitScreen("disconnected.");
    terminal.type("kill %1").awaitScreen("terminating");
  }
}
