package dev.midge.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Many messages of 64 bytes through one client: lines from a file ({@code pub -l}), or to a file
 * ({@code sub}). Each run has a fresh broker.
 *
 * @param at the broker
 * @param aim as a ratio to mosquitto's time; not a number if there is none
 */
record StreamCase(boolean publishes, int qos, int count, Broker.Kind at, double aim) {
  static final String TOPIC = "bench/a";
  private static final int PAYLOAD = 64;

  String name() {
    return (publishes ? "pub-" : "sub-") + qos + "-" + count + at.suffix;
  }

  String title() {
    return (publishes ? "`pub -l`" : "`sub`") + ", QoS " + qos + ", " + Cells.number(count);
  }

  /** One that takes so long that it may be enough to run it fewer times. */
  boolean isLong() {
    return count >= 1_000_000 && (qos > 0 || !publishes);
  }

  /** mosquitto_pub 2.0.11 loses count of its packet identifiers behind 65,535 lines. */
  boolean isForMosquitto() {
    return !publishes || qos == 0 || count <= 65_000;
  }

  /**
   * Runs the client, {@code midge} or mosquitto's.
   *
   * @return wall time and processor time in s, the peak of the memory in MB
   */
  Map<String, Double> run(Broker brokers, ProcessBuilder client)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("midge-bench", ".lines");
    try (Broker.Running broker = brokers.start(at)) {
      client.command().addAll(broker.address());
      double before = Child.cpuOfAll();
      Child child = publishes ? publish(client, file) : subscribe(client, file, broker);
      Map<String, Double> measured = new LinkedHashMap<>();
      measured.put("s", child.seconds());
      measured.put("cpu s", Child.cpuOfAll() - before);
      measured.put("MB", child.megabytes());
      if (child.status() != 0) {
        throw new IOException(
            "status " + child.status() + ": " + String.join(" ", client.command()));
      }
      return measured;
    } finally {
      Files.delete(file);
    }
  }

  private Child publish(ProcessBuilder client, Path file) throws IOException, InterruptedException {
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i < count; i++) {
        String number = String.valueOf(i);
        lines.write(number);
        lines.write("x".repeat(PAYLOAD - number.length()) + "\n");
      }
    }
    client.command().add("-l");
    return Child.run(common(client).redirectInput(file.toFile()), 20);
  }

  private Child subscribe(ProcessBuilder client, Path file, Broker.Running broker)
      throws IOException, InterruptedException {
    client.command().add("-C");
    client.command().add(String.valueOf(count));
    Child child;
    try (Feeder feeder = new Feeder(broker, qos, count, PAYLOAD)) {
      feeder.start();
      child = Child.run(common(client).redirectOutput(file.toFile()), 20);
    }
    long lost = count - Files.size(file) / (PAYLOAD + 1);
    if (lost != 0) {
      throw new IOException(lost + " messages are missing, status " + child.status());
    }
    return child;
  }

  private ProcessBuilder common(ProcessBuilder client) {
    client.command().add("-t");
    client.command().add(TOPIC);
    client.command().add("-q");
    client.command().add(String.valueOf(qos));
    return client.redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
