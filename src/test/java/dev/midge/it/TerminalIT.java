package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged midge in a real terminal. */
class TerminalIT {
  private static final String ESCAPE = "\033[";
  private static MidgeBroker broker;

  @TempDir private Path directory;
  private Tmux terminal;
  private String sub;

  @BeforeAll
  static void start() {
    broker = new MidgeBroker();
    publish("home/hall", "{\"t\":21.5}");
    publish("home/odd", "\033]0;x\007\033[31mred");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void open() {
    terminal = new Tmux(directory);
    sub = "midge sub -p " + broker.port();
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  private static void publish(String topic, String payload) {
    Program pub =
        Program.midge("pub", "-p", broker.port(), "-r", "-q", "1", "-t", topic, "-m", payload);
    assertThat(pub.await().status()).as(pub.errText()).isZero();
  }

  @Test
  void messagesAreColouredAndTheirControlCharactersShown() {
    terminal.type("clear; " + sub + " -t home/# -C 2; echo end").awaitScreen("end\n>");

    assertThat(terminal.screen())
        .contains("home/hall (q0, retained) {\"t\":21.5}\n")
        .contains("home/odd (q0, retained) \\x1b]0;x\\x07\\x1b[31mred\n");
    assertThat(terminal.painted())
        .contains(ESCAPE + "36mhome/hall" + ESCAPE)
        .doesNotContain(ESCAPE + "31m");
  }

  @Test
  void soItIsInTheFormThatTheUserGives() {
    terminal
        .type("clear; " + sub + " -t home/odd -C 1 -v; echo end")
        .awaitScreen("end\n>")
        .type(sub + " -t home/odd -C 1 -F '%t|%p|\\e[32mmine'; echo over")
        .awaitScreen("over\n>");

    assertThat(terminal.screen())
        .contains("home/odd \\x1b]0;x\\x07\\x1b[31mred\n")
        .contains("home/odd|\\x1b]0;x\\x07\\x1b[31mred|mine\n");
    assertThat(terminal.painted()).contains(ESCAPE + "32mmine").doesNotContain(ESCAPE + "31m");
  }

  @Test
  void prettyIndentsAndTimeStandsInFront() {
    terminal
        .type("clear; " + sub + " -t home/hall -C 1 --pretty --time; echo end")
        .awaitScreen("end\n>");

    assertThat(terminal.screen())
        .containsPattern(
            "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} home/hall \\(q0, retained\\)\\n  \\{\\n    \"t\": 21.5\\n  }\\n");
  }

  @Test
  void noColorAndNeverMeanNone() {
    terminal
        .type("clear; NO_COLOR=1 " + sub + " -t home/hall -C 1; echo end")
        .awaitScreen("end\n>");
    assertThat(terminal.painted()).contains("home/hall (q0, retained)").doesNotContain(ESCAPE);

    terminal
        .type("clear; " + sub + " --color never -t home/hall -C 1; echo over")
        .awaitScreen("over\n>");
    assertThat(terminal.painted()).contains("home/hall (q0, retained)").doesNotContain(ESCAPE);
  }

  @Test
  void aPipeGetsTheContractsBytesAndColoursOnlyWhenForced() throws IOException {
    Path file = directory.resolve("out");
    terminal.type("clear; " + sub + " -t home/hall -C 1 | cat >" + file + "; echo end");
    terminal.awaitScreen("end\n>");
    assertThat(file).hasContent("{\"t\":21.5}\n");
    terminal.type("clear; " + sub + " -t home/odd -C 1 -v --pretty | cat >" + file + "; echo raw");
    terminal.awaitScreen("raw\n>");
    assertThat(file).hasContent("home/odd \033]0;x\007\033[31mred\n");

    terminal.type(
        "clear; " + sub + " -t home/hall -C 1 --color always | cat >" + file + "; echo forced");
    terminal.awaitScreen("forced\n>");
    assertThat(Files.readString(file)).contains(ESCAPE + "36mhome/hall" + ESCAPE);

    terminal.type(
        "clear; CLICOLOR_FORCE=1 " + sub + " -t home/hall -C 1 -v | cat >" + file + "; echo done");
    terminal.awaitScreen("done\n>");
    assertThat(Files.readString(file)).contains(ESCAPE).endsWith(" {\"t\":21.5}\n");
  }

  @Test
  void ctrlCLeavesTheScreenInOrder() {
    terminal.type("clear; " + sub + " -t home/#").awaitScreen("home/odd (q0");
    terminal.press("C-c").awaitScreen("^C>").type("echo status $?").awaitScreen("\nstatus 0");

    assertInOrder();
  }

  @Test
  void theBrokersLogIsColouredAndLeavesItInOrderToo() {
    terminal.type("clear; midge broker -p 0").awaitScreen(" running");
    Awaitility.await()
        .until(() -> terminal.screen().lines().anyMatch(line -> line.matches("\\d+")));
    String port = terminal.screen().lines().filter(line -> line.matches("\\d+")).findFirst().get();
    Program conn =
        Program.midge("conn", "-p", port, "-i", "me\u202e", "--fault", "reset@connected").await();
    assertThat(conn.status()).as(conn.errText()).isZero();
    terminal.awaitScreen("Client me\\u202e [127.0.0.1:");
    assertThat(terminal.painted()).contains(ESCAPE + "1m" + ESCAPE + "31m");
    terminal
        .press("C-c")
        .awaitScreen("terminating\n>")
        .type("echo status $?")
        .awaitScreen("\nstatus 0");

    assertInOrder();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-w", "-w -v"})
  void soItDoesAfterWatching(String form) {
    String wide = "w".repeat(200) + "\n\tä";
    publish("home/wide", wide);
    terminal.type(sub + " -t home/# " + form).awaitScreen("home/wide ");
    Awaitility.await("wrapping is on between writes, whatever ends us")
        .until(() -> terminal.fact("wrap_flag").equals("1"));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(terminal.screen().lines().limit(4))
                    .as("a line for each, wide ones cut")
                    .anyMatch(line -> line.startsWith("Broker: "))
                    .anyMatch(line -> line.startsWith("home/hall "))
                    .anyMatch(line -> line.startsWith("home/odd "))
                    .anyMatch(line -> line.startsWith("home/wide ") && line.length() == 80));

    terminal.press("C-c").awaitScreen("\n>").type("echo status $?").awaitScreen("\nstatus 0");

    assertThat(terminal.screen().lines().toList().get(4)).isEqualTo("> echo status $?");
    assertInOrder();
    publish("home/wide", "");
  }

  private void assertInOrder() {
    Awaitility.await().until(() -> terminal.screen().stripTrailing().endsWith("\n>"));
    assertThat(terminal.fact("cursor_flag")).isEqualTo("1");
    assertThat(terminal.fact("wrap_flag")).isEqualTo("1");
    assertThat(terminal.fact("cursor_x")).isEqualTo("2");
    assertThat(terminal.painted().stripTrailing().lines().reduce((first, last) -> last).get())
        .doesNotContain(ESCAPE);
  }
}
