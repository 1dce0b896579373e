package dev.midge.lwt.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client with a will in a process of its own, so that it can really be killed. */
public final class VictimProcess implements AutoCloseable {
  /** The time for the process to start and its client to connect. */
  public static final Duration START_LIMIT = Duration.ofSeconds(20);

  private static final int END_SECONDS = 30;

  /** Bounds the text of a JVM that cannot start; any other failure is one line. */
  private static final int MAX_REASON_BYTES = 4096;

  private final Process process;

  private VictimProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the process and waits until its client is connected.
   *
   * @param limit for the start of the process and its connection
   * @throws IOException with the reason when it does not connect in time
   */
  public static VictimProcess start(VictimOrder order, Duration limit)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    classPath,
                    VictimMain.class.getName()))
            .start();
    VictimProcess victim = new VictimProcess(process);
    try {
      CompletableFuture<Integer> report = later(() -> victim.send(order));
      CompletableFuture<String> reason = later(victim::reason);
      if (report.get(limit.toNanos(), TimeUnit.NANOSECONDS) != VictimMain.CONNECTED) {
        throw new IOException("could not connect: " + reason.get(END_SECONDS, TimeUnit.SECONDS));
      }
      return victim;
    } catch (TimeoutException e) {
      victim.close();
      throw new IOException("was not connected within " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      victim.close();
      throw new IOException(
          "could not be started: " + Objects.requireNonNull(e.getCause()).getMessage(), e);
    } catch (IOException | InterruptedException e) {
      victim.close();
      throw e;
    }
  }

  private interface Job<T> {
    T run() throws IOException;
  }

  private static <T> CompletableFuture<T> later(Job<T> job) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(job.run());
              } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            },
            "midge victim");
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  /**
   * Writes the order to standard input, since every user of the machine could read arguments, and
   * waits for the report of the client.
   */
  private int send(VictimOrder order) throws IOException {
    ObjectOutputStream orders = new ObjectOutputStream(process.getOutputStream());
    orders.writeObject(order);
    orders.flush();
    return process.getInputStream().read();
  }

  private String reason() throws IOException {
    InputStream err = process.getErrorStream();
    String text = new String(err.readNBytes(MAX_REASON_BYTES), StandardCharsets.UTF_8);
    err.transferTo(OutputStream.nullOutputStream());
    String[] lines = text.strip().split("\\R");
    String last = lines[lines.length - 1];
    return last.isEmpty() ? "it ended with status " + process.onExit().join().exitValue() : last;
  }

  public long pid() {
    return process.pid();
  }

  /** Kills it as {@code kill -9} does. Returns the time of its end. */
  public long kill() {
    long now = System.nanoTime();
    process.destroyForcibly();
    return now;
  }

  @Override
  public void close() {
    kill();
    try {
      process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
