package dev.midge.cli.exec;

import dev.midge.cli.parse.SystemShell;
import dev.midge.mqtt.ReceivedMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one command, as the shell understands it, for one message after the other. For several
 * threads.
 */
final class Shell {
  private static final int SIGINT = 128 + 2;
  private static final int SIGTERM = 128 + 15;

  /**
   * The time in which Ctrl-C, which ends the command, reaches midge too, or a service manager's
   * SIGTERM.
   */
  private static final long SIGNAL_MILLIS = 200;

  /** The time for what a command leaves behind that holds its outputs. */
  private static final long OUTPUT_MILLIS = 1000;

  private final List<String> words;
  private final @Nullable Duration limit;
  private final @Nullable OutputStream err;
  private final CompletableFuture<?> stop;
  private final Consumer<String> warn;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private boolean warned;

  /**
   * @param limit the time after which the command is killed; null for none
   * @param err takes what commands write to standard error; null where they write to midge's own
   * @param stop the commands are killed when that has come
   * @param warn takes a line when the command cannot be started, once
   */
  Shell(
      String command,
      @Nullable Duration limit,
      @Nullable OutputStream err,
      CompletableFuture<?> stop,
      Consumer<String> warn) {
    this.words = SystemShell.words(command);
    this.limit = limit;
    this.err = err;
    this.stop = stop;
    this.warn = warn;
  }

  /**
   * Runs the command for a message, and waits for its end.
   *
   * @param input for its standard input
   * @param out takes what it writes to standard output; null where it writes to midge's own
   */
  CommandEnd run(ReceivedMessage received, byte[] input, @Nullable OutputStream out)
      throws InterruptedException {
    if (stop.isDone()) {
      return CommandEnd.STOPPED;
    }
    ProcessBuilder builder = new ProcessBuilder(words);
    CommandEnvironment.write(received, builder.environment());
    if (out == null) {
      builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    }
    if (err == null) {
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    }
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      warnOnce("Warning: the command of --exec could not be started: " + e.getMessage());
      return CommandEnd.NOT_STARTED;
    }
    running.add(process);
    try {
      return end(process, input, out);
    } finally {
      running.remove(process);
    }
  }

  /** Ends the commands that run, when midge ends without an end: by SIGHUP, for instance. */
  void endAll() {
    try {
      for (Process process : running) {
        ProcessTree.end(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CommandEnd end(Process process, byte[] input, @Nullable OutputStream out)
      throws InterruptedException {
    Copying.feed(input, process.getOutputStream());
    // The streams of what goes to midge's own outputs are empty.
    List<Copying.Ending> outputs =
        List.of(
            Copying.begin(process.getInputStream(), out == null ? nowhere() : out),
            Copying.begin(process.getErrorStream(), err == null ? nowhere() : new WholeLines(err)));
    CommandEnd end = await(process);
    long limitOfOutput = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(OUTPUT_MILLIS);
    for (Copying.Ending output : outputs) {
      output.await(limitOfOutput);
    }
    return end;
  }

  private static OutputStream nowhere() {
    return OutputStream.nullOutputStream();
  }

  private synchronized void warnOnce(String line) {
    if (!warned) {
      warned = true;
      warn.accept(line);
    }
  }

  private CommandEnd await(Process process) throws InterruptedException {
    CompletableFuture<?> event = CompletableFuture.anyOf(process.onExit(), stop);
    try {
      if (limit == null) {
        event.get();
      } else {
        event.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException e) {
      ProcessTree.end(process);
      return CommandEnd.TIMED_OUT;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // Neither fails.
    }
    if (process.isAlive()) {
      ProcessTree.end(process);
      return CommandEnd.STOPPED;
    }
    int status = process.exitValue();
    return status != 0 && isStopped(status) ? CommandEnd.STOPPED : CommandEnd.ended(status);
  }

  /** Tells whether a command that has failed was ended by the signal that ends midge as well. */
  private boolean isStopped(int status) throws InterruptedException {
    if (status == SIGINT || status == SIGTERM) {
      try {
        stop.get(SIGNAL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        return false;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e); // It does not fail.
      }
    }
    return stop.isDone();
  }
}
