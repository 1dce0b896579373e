package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code midge sub} tells a person at a real terminal what it does and shows. */
class WatchIT {
  private static final int TOPICS = 30;

  @TempDir private Path directory;
  private MidgeBroker broker;
  private Tmux terminal;
  private String sub;

  @BeforeEach
  void open() {
    broker = new MidgeBroker();
    terminal = new Tmux(directory);
    sub = "midge sub -p " + broker.port();
  }

  @AfterEach
  void close() {
    terminal.close();
    broker.close();
  }

  private void publish(String topic, String payload) {
    Program pub =
        Program.midge("pub", "-p", broker.port(), "-r", "-q", "1", "-t", topic, "-m", payload);
    assertThat(pub.await().status()).as(pub.errText()).isZero();
  }

  private void publishAll() {
    StringBuilder lines = new StringBuilder();
    for (int i = 10; i < 10 + TOPICS; i++) {
      lines.append("midge pub -p ").append(broker.port());
      lines.append(" -r -t n/").append(i).append(" -m ").append(i).append("\n");
    }
    assertThat(
            Program.start(
                    "sh", "-c", "PATH='" + Program.launcher().getParent() + "':$PATH\n" + lines)
                .await()
                .status())
        .isZero();
  }

  private List<String> lines() {
    return terminal.screen().stripTrailing().lines().toList();
  }

  @Test
  void aSubscriberSaysThatItIsSubscribed() {
    terminal.type("clear; " + sub + " -t home/#").awaitScreen("Subscribed to home/# at ");
    terminal.awaitScreen(":" + broker.port() + "; Ctrl-C ends.");
    terminal.press("C-c").awaitScreen("^C>");

    terminal.type("clear; " + sub + " -t a -t b").awaitScreen("Subscribed to 2 topic filters at ");
    terminal.press("C-c").awaitScreen("^C>");
  }

  @Test
  void whoAnswersRequestsSaysSo() {
    String serve = "midge rr --serve --echo -p " + broker.port();
    terminal.type("clear; " + serve + " -t a").awaitScreen("Answering requests on a at ");
    terminal.awaitScreen(":" + broker.port() + "; Ctrl-C ends.");
    terminal.press("C-c").awaitScreen("^C>");

    Path ready = directory.resolve("ready");
    terminal.type("clear; " + serve + " -t a --quiet --ready-file " + ready);
    Awaitility.await().until(() -> Files.exists(ready));
    terminal.press("C-c").awaitScreen("^C>");
    assertThat(terminal.screen()).doesNotContain("Answering");
  }

  @Test
  void itDoesNotSaySoWhereNobodyLooksOrWhenItIsToBeQuiet() {
    publish("home/hall", "21");
    terminal.type("clear; " + sub + " -t home/# -C 1 | cat; echo piped").awaitScreen("piped\n>");
    assertThat(terminal.screen()).contains("21\n").doesNotContain("Subscribed");
    terminal
        .type("clear; " + sub + " -t home/# -C 1 --quiet; echo silent")
        .awaitScreen("silent\n>");
    assertThat(terminal.screen()).contains("21\n").doesNotContain("Subscribed");
  }

  @Test
  void topicsThatFindNoLineAreCountedAndTheNewestAreShown() {
    publishAll();
    terminal.type("clear; " + sub + " -t n/# -w -v").awaitScreen("8 more");
    assertThat(lines()).hasSize(24).first().asString().startsWith("Broker: ");
    assertThat(lines().get(23)).isEqualTo("8 more");

    publish("n/new", "1");
    terminal.awaitScreen("9 more");
    publish("n/new", "19");
    terminal.awaitScreen("n/new 19\n");
    publish("n/new", "1");
    Awaitility.await().untilAsserted(() -> assertThat(lines()).contains("n/new 1"));

    terminal.press("C-c").awaitScreen("\n>").type("echo status $?").awaitScreen("\nstatus 0");
  }

  @Test
  void anotherSizeOfTheTerminalShowsMoreOrFewer() {
    publishAll();
    terminal.type("clear; " + sub + " -t n/# -w -v").awaitScreen("8 more");

    terminal.resize(80, 12).awaitScreen("20 more");
    Awaitility.await().untilAsserted(() -> assertThat(lines()).hasSize(12));

    terminal.resize(80, 40);
    Awaitility.await().untilAsserted(() -> assertThat(lines()).hasSize(31).contains("n/10 10"));
    assertThat(terminal.screen()).doesNotContain(" more");
    terminal.press("C-c").awaitScreen("\n>").type("echo status $?").awaitScreen("\nstatus 0");
  }

  @Test
  void aStopAndAnEndBySignalLeaveTheTerminalWrapping() {
    Installed.require("bash"); // Unlike a plain sh it has jobs.
    publish("n/a", "19");
    terminal.type("exec bash --norc --noprofile");
    terminal.type("clear; " + sub + " -t n/# -w -v").awaitScreen("n/a 19");
    Awaitility.await().until(() -> terminal.fact("wrap_flag").equals("1"));

    terminal.press("C-z").awaitScreen("Stopped");
    assertThat(terminal.fact("wrap_flag")).isEqualTo("1");
    terminal.type("clear; kill -HUP %1; fg; echo ended").awaitScreen("\nended");
    assertThat(terminal.fact("wrap_flag")).isEqualTo("1");
  }

  @Test
  void afterAStopTheScreenIsDrawnAnew() {
    Installed.require("bash"); // Unlike a plain sh it has jobs.
    publish("n/a", "19");
    terminal.type("exec bash --norc --noprofile");
    terminal.type("clear; " + sub + " -t n/# -w -v").awaitScreen("n/a 19");
    terminal.press("C-z").awaitScreen("Stopped");

    terminal.type("fg");
    Awaitility.await()
        .untilAsserted(() -> assertThat(lines()).containsExactly("Broker: localhost", "n/a 19"));
    terminal.press("C-c").awaitScreen("\n>");
  }

  @Test
  void aLineThatIsTooWideEndsWithAnEllipsis() {
    publish("n/wide", "1234567890".repeat(10));
    terminal.type("clear; " + sub + " -t n/# -w -v").awaitScreen("n/wide 123");
    Awaitility.await().untilAsserted(() -> assertThat(lines().get(1)).hasSize(80).endsWith("…"));
    terminal.resize(40, 24);
    Awaitility.await().untilAsserted(() -> assertThat(lines().get(1)).hasSize(40).endsWith("…"));
    terminal.press("C-c").awaitScreen("\n>");
  }
}
