package dev.midge.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@EnabledOnOs(OS.LINUX)
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class ProcessTreeTest {
  private static Process shell(String command) throws Exception {
    return new ProcessBuilder("sh", "-c", command).start();
  }

  private static ProcessHandle childOf(Process shell) {
    return Awaitility.await()
        .until(() -> shell.children().toList(), children -> !children.isEmpty())
        .get(0);
  }

  private static String stateOf(ProcessHandle process) throws Exception {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  }

  /** The child's parent takes no status, as the first process of many a container. */
  @Test
  void aProcessWhoseStatusNobodyTakesIsNotWaitedFor() throws Exception {
    Process parent = shell("true & exec sleep 600");
    try {
      ProcessHandle dead = childOf(parent);
      Awaitility.await().until(() -> stateOf(dead).equals("Z"));

      assertThat(ProcessTree.haveEnded(List.of(dead))).isTrue();
      assertThat(dead.isAlive()).isTrue(); // For Java.
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void oneThatLivesIsWaitedForAndKilled() throws Exception {
    Process shell = shell("trap '' TERM; echo on; sleep 600; true");
    shell.inputReader().readLine();
    ProcessHandle child = childOf(shell);

    ProcessTree.end(shell);

    assertThat(shell.isAlive()).isFalse();
    assertThat(ProcessTree.haveEnded(List.of(child))).isTrue();
  }

  @Test
  void aShellAndItsChildHaveEnded() throws Exception {
    Process shell = shell("sleep 600; echo never");
    ProcessHandle child = childOf(shell);

    ProcessTree.end(shell);

    assertThat(shell.inputReader().lines()).isEmpty();
    assertThat(ProcessTree.haveEnded(Stream.of(shell.toHandle(), child).toList())).isTrue();
  }
}
