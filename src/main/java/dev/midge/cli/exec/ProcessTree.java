package dev.midge.cli.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process and all that it has started. */
final class ProcessTree {

  /** The time between the request to end and the end by force. */
  private static final long GRACE_MILLIS = 2000;

  private ProcessTree() {}

  /** Ends the processes by SIGTERM, and by SIGKILL those that go on; waits for their ends. */
  static void end(Process process) throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>();
    // The parent is the first to end: a shell whose command has ended would go on with the next.
    all.add(process.toHandle());
    process.descendants().forEach(all::add);
    all.forEach(ProcessHandle::destroy);
    if (!haveEnded(all)) {
      List<ProcessHandle> stubborn = new ArrayList<>();
      for (ProcessHandle one : all) {
        one.descendants().forEach(stubborn::add);
      }
      stubborn.addAll(all);
      stubborn.forEach(ProcessHandle::destroyForcibly);
      process.waitFor();
    }
  }

  private static boolean haveEnded(List<ProcessHandle> all) throws InterruptedException {
    CompletableFuture<?>[] ends =
        all.stream()
            .filter(ProcessHandle::isAlive)
            .map(ProcessHandle::onExit)
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // Ends do not fail.
    }
  }
}
