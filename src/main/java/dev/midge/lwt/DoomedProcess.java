package dev.midge.lwt;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client with a will in a process of its own, so that it can really be killed. */
final class DoomedProcess implements AutoCloseable {
  private static final int LIMIT_SECONDS = 30;

  private final Process process;

  private DoomedProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the process and waits until its client is connected.
   *
   * @throws IOException when it does not connect
   */
  static DoomedProcess start(Target target) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    List<String> command =
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            DoomedClient.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    DoomedProcess doomed = new DoomedProcess(process);
    try {
      // By its standard input and not as arguments, which every user of the machine could read.
      DataOutputStream words = new DataOutputStream(process.getOutputStream());
      DoomedClient.write(target, words);
      words.flush();
      if (process.getInputStream().read() != DoomedClient.CONNECTED) {
        throw new IOException("the client in a process of its own could not connect");
      }
      return doomed;
    } catch (IOException e) {
      doomed.close();
      throw e;
    }
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
      process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
