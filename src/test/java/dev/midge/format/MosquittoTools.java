package dev.midge.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.testing.FreePort;
import dev.midge.testing.Mosquitto;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's mosquitto on a free loopback port, with its mosquitto_pub and mosquitto_sub. */
final class MosquittoTools implements AutoCloseable {
  /** The zone that the tools run in; its abbreviation is not Java's guess. */
  static final String ZONE = "America/Sao_Paulo";

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path directory;
  private final FreePort kept = FreePort.take();
  private final int port = kept.number();
  private final Process broker;

  /** What a tool left behind. */
  record Result(byte[] out, String err) {}

  MosquittoTools(Path directory) throws IOException {
    Mosquitto.require();
    this.directory = directory;
    // Without a configuration file mosquitto listens on the loopback interface only.
    broker =
        new ProcessBuilder("/usr/sbin/mosquitto", "-p", Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("mosquitto.log").toFile())
            .start();
    await("mosquitto listening").atMost(LIMIT).ignoreExceptions().until(this::accepts);
  }

  private boolean accepts() throws IOException {
    assertThat(broker.isAlive()).isTrue();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  /** Publishes a payload with QoS 1 and waits until it has been acknowledged. */
  void pub(byte[] payload, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(0, List.of("mosquitto_pub", "-p", Integer.toString(port), "-q", "1"));
    Path input = directory.resolve("payload");
    Files.write(input, payload);
    if (payload.length == 0) {
      command.add("-n");
    } else {
      command.add("-s");
    }
    assertThat(run(command, input.toFile()).err()).isEmpty();
  }

  Result sub(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(0, List.of("mosquitto_sub", "-p", Integer.toString(port), "-q", "1"));
    return run(command, new File("/dev/null"));
  }

  private Result run(List<String> command, File input) throws Exception {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(input)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("TZ", ZONE);
    Process process = builder.start();
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    process.destroy();
    assertThat(ended).as("%s has ended", command).isTrue();
    return new Result(Files.readAllBytes(out), Files.readString(err, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    broker.destroy();
    try {
      broker.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kept.close();
  }
}
