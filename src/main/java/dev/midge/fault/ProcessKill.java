package dev.midge.fault;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Ends this process as {@code kill -9} does: the system closes its sockets, no code runs. */
public final class ProcessKill {

  private ProcessKill() {}

  /** Never returns. */
  public static void now() {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -9 " + ProcessHandle.current().pid()).start();
      kill.waitFor(1, TimeUnit.SECONDS);
    } catch (IOException | InterruptedException | RuntimeException e) {
      // Without a shell or kill, the halt below has the same exit status.
    }
    Runtime.getRuntime().halt(137);
  }
}
