package dev.midge.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One broker process, from exec to its end, and what the system tells of it. */
final class Server implements AutoCloseable {
  private static final long LONGEST_START = 20_000_000_000L;
  private static final double TICKS = 100; // USER_HZ, on every Linux of today

  final int port;
  final double startSeconds;
  private final Process process;
  private final Thread stopAtExit;
  private Server behind; // null for none

  /** Starts it; it is listening when this returns. */
  Server(List<String> command, int port) throws IOException {
    this(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD), port);
  }

  /** The same in another environment, or with another place for what it says. */
  Server(ProcessBuilder builder, int port) throws IOException {
    this.port = port;
    long start = System.nanoTime();
    process =
        builder
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    stopAtExit = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(stopAtExit);
    while (!isListening(port)) {
      if (!process.isAlive() || System.nanoTime() - start > LONGEST_START) {
        close();
        throw new IOException("does not start: " + String.join(" ", builder.command()));
      }
      LockSupport.parkNanos(200_000);
    }
    startSeconds = (System.nanoTime() - start) / 1e9;
  }

  /** Ends another one after itself, which it stands before. */
  Server before(Server other) {
    behind = other;
    return this;
  }

  private static boolean isListening(int port) {
    try (SocketChannel ignored = SocketChannel.open(new InetSocketAddress("127.0.0.1", port))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** Processor time of all its threads, in the kernel and outside, in seconds. */
  double cpuSeconds() throws IOException {
    return cpuSeconds(process.pid());
  }

  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The name in brackets may hold anything; user and system time are the 14th and 15th field.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  /**
   * Processor time of all its threads that do not compile, in nanoseconds. The system counts it
   * finer than that of the process.
   */
  long workNanos() throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path thread : threads) {
        try {
          if (!Files.readString(thread.resolve("comm")).matches("(?s)C[12] Compiler.*")) {
            String schedule = Files.readString(thread.resolve("schedstat"));
            sum += Long.parseLong(schedule.substring(0, schedule.indexOf(' ')));
          }
        } catch (NoSuchFileException e) {
          // It has ended.
        }
      }
    }
    return sum;
  }

  /** Its words, with nothing between them. */
  String commandLine() throws IOException {
    return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).replace("\0", "");
  }

  /** Resident memory in MB of 2^20 bytes. */
  double residentMegabytes() throws IOException {
    return status("VmRSS:");
  }

  /** The most that was ever resident. */
  double peakMegabytes() throws IOException {
    return status("VmHWM:");
  }

  private double status(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no " + name);
  }

  /** Ends it, however it is: for a run that hangs. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    closeThisOne();
    if (behind != null) {
      behind.close();
    }
  }

  private void closeThisOne() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Runtime.getRuntime().removeShutdownHook(stopAtExit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The driver is ending; the hook does the rest.
    }
  }
}
