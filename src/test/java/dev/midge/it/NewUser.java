package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Installed;
import dev.midge.testing.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * Somebody who has just come: a user account of its own where we are root, else a home of its own.
 * The repository that midge is cloned from lies in the home.
 */
final class NewUser implements AutoCloseable {
  private final boolean account = "root".equals(System.getProperty("user.name"));
  private final String name = "midge" + ProcessHandle.current().pid();
  private final Path home;

  /**
   * @param directory is empty and others may enter it
   */
  NewUser(Path directory) {
    Installed.require("git");
    home = directory.resolve("home");
    run(
        "chmod 755 '%s'; mkdir '%s' && cd '%s' && git init -q '%s/repository'"
            .formatted(directory, home, Path.of("").toAbsolutePath(), home));
    // What is in the checkout, committed or not, but nothing that was built.
    run(
        "tar -cf - --exclude=./target --exclude=./.git . | tar -xf - -C '%s/repository'"
            .formatted(home));
    run(
        "cd '%s/repository' && git add -A && git -c user.name=test -c user.email=test@example.org commit -q -m all"
            .formatted(home));
    if (account) {
      run("useradd --no-create-home --home-dir '%s' --shell /bin/sh %s".formatted(home, name));
      own();
    }
  }

  Path home() {
    return home;
  }

  /** Opens a terminal with the user's shell, in the home. */
  Tmux terminal(Path socket) {
    String become =
        account ? "setpriv --reuid=" + name + " --regid=" + name + " --clear-groups " : "";
    return new Tmux(
        socket,
        become
            + "env -i PS1='> ' TERM=screen LANG=C.UTF-8 HOME='%s' USER=%s PATH='%s' sh -c 'cd; exec sh'"
                .formatted(home, name, System.getenv("PATH")));
  }

  /** Has the user own all of the home. */
  void own() {
    if (account) {
      run("chown -R %s: '%s'".formatted(name, home));
    }
  }

  private static void run(String line) {
    Program run = Program.shell(line).await();
    assertThat(run.status()).as(line + "\n" + run.errText()).isZero();
  }

  @Override
  public void close() {
    if (account) {
      // The start-up archive may still be in the making.
      Awaitility.await().until(this::nothingRuns);
      run("userdel " + name);
    }
  }

  private boolean nothingRuns() {
    List<ProcessHandle> left =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().user().equals(Optional.of(name)))
            .toList();
    left.forEach(ProcessHandle::destroyForcibly);
    return left.isEmpty();
  }
}
