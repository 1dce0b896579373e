package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A real terminal of 80 columns and 24 lines with a shell in it, as tmux has them. */
final class Tmux implements AutoCloseable {
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final Path socket;

  /** Starts one in a directory, which may have had others: a server that ends may still listen. */
  Tmux(Path directory) {
    this(
        directory.resolve("tmux" + STARTED.incrementAndGet()),
        "env PATH='" + Program.launcher().getParent() + ":" + System.getenv("PATH") + "' sh");
  }

  /**
   * @param socket where tmux shall listen
   * @param shell the command of a shell, which inherits the prompt
   */
  Tmux(Path socket, String shell) {
    Installed.require("tmux");
    this.socket = socket;
    tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-x",
        "80",
        "-y",
        "24",
        "env PS1='> ' NO_COLOR= CLICOLOR_FORCE= TERM=screen " + shell);
    awaitScreen(">");
  }

  /** Types a line and Enter. */
  Tmux type(String line) {
    tmux("send-keys", "-l", line);
    tmux("send-keys", "Enter");
    return this;
  }

  /** Presses a key, by its name in tmux. */
  Tmux press(String key) {
    tmux("send-keys", key);
    return this;
  }

  /** Gives the terminal another size. */
  Tmux resize(int columns, int lines) {
    tmux("resize-window", "-x", String.valueOf(columns), "-y", String.valueOf(lines));
    return this;
  }

  /** What the screen shows. */
  String screen() {
    return tmux("capture-pane", "-p");
  }

  /** The same with the sequences for colours. */
  String painted() {
    return tmux("capture-pane", "-p", "-e");
  }

  /** A variable of tmux, such as {@code cursor_flag}. */
  String fact(String name) {
    return tmux("display-message", "-p", "#{" + name + "}").strip();
  }

  Tmux awaitScreen(String text) {
    return awaitScreen(text, Duration.ofSeconds(30));
  }

  Tmux awaitScreen(String text, Duration limit) {
    Awaitility.await(text).atMost(limit).untilAsserted(() -> assertThat(screen()).contains(text));
    return this;
  }

  /** Has what programs write to the terminal from now on written to a file as well. */
  Tmux record(Path file) {
    tmux("pipe-pane", "-O", "cat >'" + file + "'");
    return this;
  }

  /** Clears the screen, so that what comes next cannot be taken for what is there. */
  Tmux clear(String gone) {
    type("clear");
    Awaitility.await(gone).until(() -> !screen().contains(gone));
    return this;
  }

  /** Waits until a program, and not the shell, has the terminal and what is typed. */
  Tmux awaitForeground(String program) {
    Awaitility.await(program).until(() -> fact("pane_current_command").equals(program));
    return this;
  }

  private String tmux(String... words) {
    Object[] command = new Object[words.length + 3];
    command[0] = "tmux";
    command[1] = "-S";
    command[2] = socket;
    System.arraycopy(words, 0, command, 3, words.length);
    Program tmux = Program.start(command).await();
    assertThat(tmux.status()).as(tmux + ": " + tmux.errText()).isZero();
    return tmux.outText();
  }

  @Override
  public void close() {
    Program.start("tmux", "-S", socket, "kill-server").await(); // It may have ended with its shell.
  }
}
