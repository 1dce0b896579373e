package dev.midge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real process, with its outputs collected. It ends with its test. */
public final class Program implements AutoCloseable, NoClientOutlivesItsTest.Client {
  private static final int LIMIT_SECONDS = 120;
  private static final int SIGINT = 2;

  /** The words that have a program take SIGINT, where these tests run with that signal ignored. */
  private static final List<String> DEFAULT_SIGNALS =
      isInterruptIgnored() ? List.of("env", "--default-signal=INT") : List.of();

  private final Process process;
  private final List<String> command;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Thread outReader;
  private final Thread errReader;

  private Program(Map<String, String> environment, List<String> command) {
    this.command = command;
    requireFirst(command.get(0));
    List<String> words = new ArrayList<>(DEFAULT_SIGNALS);
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    NoClientOutlivesItsTest.started(this);
    outReader = collect(process.getInputStream(), out);
    errReader = collect(process.getErrorStream(), err);
  }

  /** Tells whether SIGINT is ignored, as a shell without job control starts what is behind &. */
  private static boolean isInterruptIgnored() {
    Path status = Path.of("/proc/self/status");
    try {
      return Files.exists(status)
          && Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
              .anyMatch(signals -> (signals & 1 << SIGINT - 1) != 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test where the machine does not have the program; in CI that is a failure. */
  private static void requireFirst(String program) {
    if (!program.contains("/")) {
      Needs.program(program);
    } else if (program.startsWith("/usr/")) {
      Needs.file(program);
    }
  }

  /** Starts a program. */
  public static Program start(Object... words) {
    return start(Map.of(), words);
  }

  public static Program start(Map<String, String> environment, Object... words) {
    return new Program(environment, Arrays.stream(words).map(String::valueOf).toList());
  }

  /** Starts {@code bin/midge} of this checkout. */
  public static Program midge(Object... words) {
    Object[] command = new Object[words.length + 1];
    command[0] = launcher();
    System.arraycopy(words, 0, command, 1, words.length);
    return start(command);
  }

  /** Starts a line of shell, in which {@code midge} is this checkout's. */
  public static Program shell(String line) {
    String path = launcher().getParent() + ":" + System.getenv("PATH");
    return start(Map.of("PATH", path), "sh", "-c", line);
  }

  public static Path launcher() {
    return Path.of("bin/midge").toAbsolutePath();
  }

  private static Thread collect(InputStream from, ByteArrayOutputStream to) {
    Thread thread =
        new Thread(
            () -> {
              try {
                from.transferTo(to);
              } catch (IOException e) {
                // The process is gone and its pipe with it.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Writes to standard input and closes it. */
  public Program input(byte[] bytes) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(bytes);
    } catch (IOException e) {
      // The program did not want to read it all.
    }
    return this;
  }

  /** Waits for the end and for all of its output. */
  public Program await() {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        close();
        throw new AssertionError(command + " did not end; so far: " + errText() + outText());
      }
      outReader.join(10_000);
      errReader.join(10_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  public Program awaitErr(String text) {
    Awaitility.await(command.toString())
        .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
        .until(() -> errText().contains(text) || !process.isAlive());
    Awaitility.await().untilAsserted(() -> assertThat(errText()).contains(text));
    return this;
  }

  public Program awaitOut(String text) {
    Awaitility.await(command.toString())
        .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
        .until(() -> outText().contains(text) || !process.isAlive());
    Awaitility.await().untilAsserted(() -> assertThat(outText()).contains(text));
    return this;
  }

  /** Sends a signal by its name, such as TERM. */
  public Program signal(String name) {
    start("kill", "-" + name, process.pid()).await();
    return this;
  }

  /** The exit status after {@link #await}; 128 and more for an end by a signal. */
  public int status() {
    return process.exitValue();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public byte[] out() {
    synchronized (out) {
      return out.toByteArray();
    }
  }

  public String outText() {
    return new String(out(), StandardCharsets.UTF_8);
  }

  public String errText() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Override
  public boolean isDone() {
    return !isAlive();
  }

  @Override
  public void requestStop() {
    close();
  }

  @Override
  public String toString() {
    return command.toString();
  }

  /** Kills it, and what it has started, such as the programs of a line of shell. */
  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
