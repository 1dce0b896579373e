package dev.midge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.Midge;
import dev.midge.cli.ProcessContext;
import dev.midge.client.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** A midge command line in this JVM, in a context of its own. It ends with its test. */
public final class MidgeRun implements NoClientOutlivesItsTest.Client {
  private static final int LIMIT_SECONDS = 60;

  private final ByteArrayOutputStream out;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final StopSignal stop = new StopSignal();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();
  private final String line;

  private MidgeRun(
      String called,
      InputStream in,
      Map<String, String> environment,
      boolean terminal,
      Object[] args) {
    this(called, in, new ByteArrayOutputStream(), null, environment, terminal, args);
  }

  private MidgeRun(
      String called,
      InputStream in,
      ByteArrayOutputStream out,
      OutputStream failing,
      Map<String, String> environment,
      boolean terminal,
      Object[] args) {
    this.out = out;
    String[] words = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
    line = (called == null ? "midge " : called + " ") + String.join(" ", words);
    ProcessContext context =
        new ProcessContext(
            called,
            in,
            failing == null ? out : failing,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            terminal,
            terminal,
            Clock::systemDefaultZone,
            () -> stop);
    Thread thread =
        new Thread(
            () -> {
              try {
                status.complete(Midge.run(context, words));
              } catch (Throwable e) {
                status.completeExceptionally(e);
              }
            },
            line);
    thread.setDaemon(true);
    NoClientOutlivesItsTest.started(this);
    thread.start();
  }

  /** Runs to the end, with empty standard input. */
  public static MidgeRun run(Object... args) {
    return start(args).await();
  }

  /** Runs to the end, with that on standard input. */
  public static MidgeRun runWithInput(byte[] input, Object... args) {
    return startWithInput(new ByteArrayInputStream(input), args).await();
  }

  public static MidgeRun start(Object... args) {
    return startWithInput(InputStream.nullInputStream(), args);
  }

  public static MidgeRun startWithInput(InputStream in, Object... args) {
    return new MidgeRun(null, in, Map.of(), false, args);
  }

  /** Runs under one of mosquitto's names, to the end, with empty standard input. */
  public static MidgeRun runAs(String called, Object... args) {
    return startAs(called, Map.of(), args).await();
  }

  /** Starts under one of mosquitto's names; null is midge. */
  public static MidgeRun startAs(String called, Map<String, String> environment, Object... args) {
    return new MidgeRun(called, InputStream.nullInputStream(), environment, false, args);
  }

  /** Starts under one of mosquitto's names, with that on standard input. */
  public static MidgeRun startAs(String called, InputStream in, Object... args) {
    return new MidgeRun(called, in, Map.of(), false, args);
  }

  /** Starts under one of mosquitto's names, with that on standard input, in that environment. */
  public static MidgeRun startAs(
      String called, InputStream in, Map<String, String> environment, Object... args) {
    return new MidgeRun(called, in, environment, false, args);
  }

  /** Starts as if a person saw both outputs, under one of mosquitto's names; null is midge. */
  public static MidgeRun startOnTerminal(String called, Object... args) {
    return new MidgeRun(called, InputStream.nullInputStream(), Map.of(), true, args);
  }

  /** Runs to the end as if a person saw both outputs. */
  public static MidgeRun runOnTerminal(Map<String, String> environment, Object... args) {
    return new MidgeRun(null, InputStream.nullInputStream(), environment, true, args).await();
  }

  /** Starts under one of mosquitto's names, with another standard output; null is midge. */
  public static MidgeRun startTo(OutputStream out, String called, InputStream in, Object... args) {
    return new MidgeRun(called, in, new ByteArrayOutputStream(), out, Map.of(), false, args);
  }

  /** Waits for the end. */
  public MidgeRun await() {
    try {
      status.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(line + " did not end; so far: " + errText() + outText(), e);
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(line, e);
    }
    return this;
  }

  /** As Ctrl-C and SIGTERM do. */
  public MidgeRun stop() {
    stop.request();
    return await();
  }

  /** Requests the end as {@link #stop} does, without waiting for it. */
  @Override
  public void requestStop() {
    stop.request();
  }

  /** Waits until standard error says that. */
  public MidgeRun awaitErr(String text) {
    Awaitility.await(line).until(() -> errText().contains(text) || status.isDone());
    assertThat(errText()).contains(text);
    return this;
  }

  /** Waits until standard output says that. */
  public MidgeRun awaitOut(String text) {
    Awaitility.await(line).until(() -> outText().contains(text) || status.isDone());
    assertThat(outText()).contains(text);
    return this;
  }

  /** Tells the command line. */
  @Override
  public String toString() {
    return line;
  }

  @Override
  public boolean isDone() {
    return status.isDone();
  }

  /** The exit status of a run that has ended. */
  public int status() {
    return status.join();
  }

  public byte[] out() {
    return out.toByteArray();
  }

  public String outText() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String errText() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
