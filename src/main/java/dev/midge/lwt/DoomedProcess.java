package dev.midge.lwt;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client with a will in a process of its own, so that it can really be killed. */
final class DoomedProcess implements AutoCloseable {
  private static final int END_SECONDS = 30;

  /** A failure is one line; a JVM that cannot start may say more. */
  private static final int MAX_REASON_BYTES = 4096;

  private final Process process;

  private DoomedProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the process and waits until its client is connected.
   *
   * @param limit for the start of the process and its connection
   * @throws IOException with the reason when it does not connect in time
   */
  static DoomedProcess start(Target target, Duration limit)
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
                    DoomedClient.class.getName()))
            .start();
    DoomedProcess doomed = new DoomedProcess(process);
    try {
      CompletableFuture<Integer> sign = later(() -> doomed.handOver(target));
      CompletableFuture<String> reason = later(doomed::reason);
      if (sign.get(limit.toNanos(), TimeUnit.NANOSECONDS) != DoomedClient.CONNECTED) {
        throw new IOException("could not connect: " + reason.get(1, TimeUnit.SECONDS));
      }
      return doomed;
    } catch (TimeoutException e) {
      doomed.close();
      throw new IOException("was not connected within " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      doomed.close();
      throw new IOException("could not be started: " + e.getCause().getMessage(), e);
    } catch (IOException | InterruptedException e) {
      doomed.close();
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

  /** By its standard input and not as arguments, which every user of the machine could read. */
  private int handOver(Target target) throws IOException {
    ObjectOutputStream words = new ObjectOutputStream(process.getOutputStream());
    words.writeObject(target);
    words.flush();
    return process.getInputStream().read();
  }

  private String reason() throws IOException {
    InputStream err = process.getErrorStream();
    String text = new String(err.readNBytes(MAX_REASON_BYTES), StandardCharsets.UTF_8);
    err.transferTo(java.io.OutputStream.nullOutputStream());
    String[] lines = text.strip().split("\\R");
    String last = lines[lines.length - 1];
    return last.isEmpty() ? "it ended with status " + process.exitValue() : last;
  }

  long pid() {
    return process.pid();
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
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
