package dev.midge.cli.keyboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells whether the keys are this process's: a job in the background that reads is stopped. */
final class Foreground {
  private static final Path STATUS = Path.of("/proc/self/stat");

  // Behind the name of the program: state, parent, group, session, terminal, its foreground group.
  private static final int GROUP = 2;
  private static final int FOREGROUND_GROUP = 5;

  private Foreground() {}

  /** Tells whether this process belongs to the foreground group of its terminal. */
  static boolean isOurs() {
    try {
      return Files.exists(STATUS)
          ? isOurs(Files.readString(STATUS, StandardCharsets.ISO_8859_1))
          : isOursByPs();
    } catch (IOException e) {
      return false;
    }
  }

  static boolean isOurs(String status) {
    String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
    return fields[GROUP].equals(fields[FOREGROUND_GROUP]);
  }

  private static boolean isOursByPs() throws IOException {
    String id = String.valueOf(ProcessHandle.current().pid());
    Process ps = new ProcessBuilder(List.of("ps", "-o", "pgid=", "-o", "tpgid=", "-p", id)).start();
    String said = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String[] groups = said.strip().split("\\s+");
    return groups.length == 2 && groups[0].equals(groups[1]);
  }
}
