package dev.midge.cli.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends a process and all that it has started. */
final class ProcessTree {

  /** The time between the request to end and the end by force. */
  private static final long GRACE_MILLIS = 2000;

  private static final long POLL_MILLIS = 10;

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

  /** Waits until none lives any more; returns false where one still does. */
  static boolean haveEnded(List<ProcessHandle> all) throws InterruptedException {
    long start = System.nanoTime();
    while (all.stream().anyMatch(ProcessTree::lives)) {
      if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS)) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  /**
   * Tells whether a process does anything any more. One whose parent has ended is dead, and yet
   * there, until the first process of the system or of a container takes its status: some are slow
   * at that, and some never do it. For Java it is alive.
   */
  private static boolean lives(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    Path facts = Path.of("/proc", String.valueOf(process.pid()));
    try {
      String stat = Files.readString(facts.resolve("stat"), StandardCharsets.ISO_8859_1);
      boolean dead = stat.startsWith("Z", stat.lastIndexOf(')') + 2); // A name may hold brackets.
      String[] threads = dead ? facts.resolve("task").toFile().list() : null;
      // The first thread of a process can end before the others.
      return !dead || threads != null && threads.length > 1;
    } catch (IOException e) {
      return process.isAlive(); // It ended just now, or the system has no such files.
    }
  }
}
