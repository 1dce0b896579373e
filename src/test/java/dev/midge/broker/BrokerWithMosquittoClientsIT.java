package dev.midge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.config.Limits;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.testing.Needs;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that we did not write, against our broker: mosquitto_pub, mosquitto_sub, mosquitto_rr.
 */
class BrokerWithMosquittoClientsIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final List<Process> started = new ArrayList<>();
  private Broker broker;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    Needs.program("mosquitto_sub");
    broker = Broker.start(new BrokerConfig(List.of(0), event -> log.add(event.text()), true));
  }

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
    broker.close();
  }

  private Process run(String command, String... args) throws IOException {
    List<String> words = new ArrayList<>(List.of(command, "-p", "" + broker.port()));
    words.addAll(Arrays.asList(args));
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(Files.createTempFile(folder, "out", "").toFile())
            .redirectErrorStream(true)
            .start();
    started.add(process);
    return process;
  }

  /** A subscriber whose output can be read; ready when this returns. */
  private Process subscriber(String id, String... args) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("mosquitto_sub", "-p", "" + broker.port(), "-i", id));
    words.addAll(Arrays.asList(args));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    started.add(process);
    awaitLine("Sending SUBACK to " + id);
    return process;
  }

  private void awaitLine(String line) {
    await().atMost(LIMIT).until(() -> log.contains(line));
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void publish(String... args) throws Exception {
    Process process = run("mosquitto_pub", args);
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "mqttv31,0", "mqttv31,1", "mqttv31,2",
    "mqttv311,0", "mqttv311,1", "mqttv311,2",
    "mqttv5,0", "mqttv5,1", "mqttv5,2"
  })
  void aMessageGetsThrough(String version, String qos) throws Exception {
    Process sub = subscriber("s", "-V", version, "-t", "a/#", "-q", qos, "-C", "1", "-v");
    publish("-V", version, "-t", "a/b", "-m", "hé", "-q", qos);
    assertThat(output(sub)).isEqualTo("a/b hé\n");
    assertThat(sub.waitFor()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
  void retainedMessagesAreKeptAndCleared(String version) throws Exception {
    publish("-V", version, "-t", "a", "-m", "old", "-r");
    publish("-V", version, "-t", "a", "-m", "new", "-r", "-q", "1");
    publish("-V", version, "-t", "b", "-m", "x", "-r");
    publish("-V", version, "-t", "b", "-n", "-r");
    Process sub = subscriber("s", "-V", version, "-t", "#", "-F", "%t %p %r", "-C", "2");
    publish("-V", version, "-t", "end", "-m", ".");
    assertThat(output(sub)).isEqualTo("a new 1\nend . 0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
  void aKilledSubscriberLeavesItsWill(String version) throws Exception {
    Process watcher = subscriber("w", "-t", "wills/#", "-v", "-C", "1");
    Process victim =
        subscriber(
            "victim",
            "-V",
            version,
            "-t",
            "x",
            "--will-topic",
            "wills/d",
            "--will-payload",
            "gone",
            "--will-qos",
            "2");
    victim.destroyForcibly();
    assertThat(output(watcher)).isEqualTo("wills/d gone\n");
  }

  @Test
  void aWillOfMqtt5KeepsItsProperties() throws Exception {
    Process watcher =
        subscriber("w", "-V", "5", "-t", "wills/#", "-F", "%t %p %C %R %P", "-C", "1");
    Process victim =
        subscriber(
            "victim",
            "-V",
            "5",
            "-t",
            "x",
            "--will-topic",
            "wills/d",
            "--will-payload",
            "gone",
            "-D",
            "will",
            "content-type",
            "text/plain",
            "-D",
            "will",
            "response-topic",
            "r",
            "-D",
            "will",
            "user-property",
            "k",
            "v");
    victim.destroyForcibly();
    assertThat(output(watcher)).isEqualTo("wills/d gone text/plain r k:v\n");
  }

  @Test
  void aSubscriberThatEndsInOrderLeavesNoWill() throws Exception {
    Process watcher = subscriber("w", "-t", "#", "-v", "-C", "1");
    Process polite =
        subscriber("polite", "-t", "x", "--will-topic", "wills/p", "--will-payload", "gone");
    polite.destroy(); // SIGTERM: mosquitto_sub says DISCONNECT
    awaitLine("Received DISCONNECT from polite");
    publish("-t", "end", "-m", ".");
    assertThat(output(watcher)).isEqualTo("end .\n");
  }

  @ParameterizedTest
  @CsvSource({"mqttv31,1", "mqttv31,2", "mqttv311,1", "mqttv311,2"})
  void aKeptSessionFindsItsMessages(String version, String qos) throws Exception {
    Process sub = subscriber("kept", "-V", version, "-c", "-q", "2", "-t", "a");
    sub.destroyForcibly();
    await().atMost(LIMIT).until(() -> log.stream().anyMatch(t -> t.startsWith("Client kept [")));
    for (int i = 1; i <= 5; i++) {
      publish("-t", "a", "-m", "" + i, "-q", qos);
    }
    Process back = subscriber("kept", "-V", version, "-c", "-q", "2", "-t", "a", "-C", "5");
    assertThat(output(back)).isEqualTo("1\n2\n3\n4\n5\n");
  }

  @Test
  void aKeptSessionOfMqtt5FindsItsMessages() throws Exception {
    String[] words = {"-V", "5", "-c", "-x", "100", "-q", "1", "-t", "a", "-C", "3"};
    Process sub = subscriber("kept", words);
    sub.destroyForcibly();
    await().atMost(LIMIT).until(() -> log.stream().anyMatch(t -> t.startsWith("Client kept [")));
    for (int i = 1; i <= 3; i++) {
      publish("-t", "a", "-m", "" + i, "-q", "1");
    }
    assertThat(output(subscriber("kept", words))).isEqualTo("1\n2\n3\n");
  }

  @Test
  void tenThousandLinesArriveCompleteAndInOrder() throws Exception {
    int count = 10_000;
    // By default a subscriber may fall behind by 1020 messages, and mosquitto_pub is quick.
    broker.close();
    broker =
        Broker.start(
            new BrokerConfig(List.of(0), event -> log.add(event.text()), true)
                .withLimits(Limits.builder().maxQueuedMessages(count).build()));
    String lines =
        IntStream.rangeClosed(1, count).mapToObj(i -> i + "\n").collect(Collectors.joining());
    Process zero = subscriber("q0", "-t", "a", "-q", "0", "-C", "" + count);
    Process one = subscriber("q1", "-t", "a", "-q", "1", "-C", "" + count);
    Thread reading = new Thread(() -> assertThat(collected(one)).isEqualTo(lines));
    List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
    reading.setUncaughtExceptionHandler((thread, problem) -> failed.add(problem));
    reading.start();
    Process pub = run("mosquitto_pub", "-t", "a", "-l", "-q", "1");
    try (OutputStream in = pub.getOutputStream()) {
      in.write(lines.getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(output(zero)).isEqualTo(lines);
    reading.join(LIMIT.toMillis());
    assertThat(reading.isAlive()).isFalse();
    assertThat(failed).isEmpty();
    assertThat(pub.waitFor()).isZero();
  }

  private static String collected(Process process) {
    try {
      return output(process);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aMegabyteArrivesWhole() throws Exception {
    byte[] payload = new byte[1024 * 1024];
    new Random(3).nextBytes(payload);
    Path file = Files.write(folder.resolve("payload"), payload);
    Process sub = subscriber("s", "-t", "big", "-q", "1", "-C", "1", "-N");
    publish("-t", "big", "-f", file.toString(), "-q", "2");
    assertThat(sub.getInputStream().readAllBytes()).isEqualTo(payload);
  }

  @Test
  void aSubscriberThatIsStoppedDelaysNobody() throws Exception {
    Process stopped = subscriber("stopped", "-t", "a", "-q", "0");
    signal(stopped, "STOP");
    try (RawClient quick = RawClient.connected(broker.port(), ProtocolVersion.V5, "quick");
        RawClient publisher = RawClient.connected(broker.port(), ProtocolVersion.V5, "p")) {
      quick.subscribe("a", Qos.AT_MOST_ONCE);
      String payload = "x".repeat(20_000);
      // 60 MB: far more than the sockets and the queue of the stopped one take.
      for (int i = 0; i < 3000; i++) {
        publisher.publish("a", payload, Qos.AT_MOST_ONCE);
        quick.expectMessage(payload);
      }
      assertThat(log).contains("Outgoing messages are being dropped for client stopped.");
    } finally {
      signal(stopped, "CONT");
    }
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
  }

  @Test
  void aRequestFindsItsResponse() throws Exception {
    Process responder = subscriber("responder", "-V", "5", "-t", "ask", "-C", "1", "-F", "%R");
    Process asker =
        new ProcessBuilder(
                "mosquitto_rr",
                "-p",
                "" + broker.port(),
                "-V",
                "5",
                "-i",
                "asker",
                "-t",
                "ask",
                "-e",
                "answer",
                "-m",
                "?")
            .start();
    started.add(asker);
    assertThat(output(responder)).isEqualTo("answer\n");
    publish("-V", "5", "-t", "answer", "-m", "42");
    assertThat(output(asker)).isEqualTo("42\n");
  }

  @Test
  void aSharedSubscriptionIsShared() throws Exception {
    Process one = subscriber("one", "-t", "$share/g/a", "-C", "2");
    Process two = subscriber("two", "-t", "$share/g/a", "-C", "2");
    for (int i = 1; i <= 4; i++) {
      publish("-t", "a", "-m", "" + i);
    }
    assertThat(output(one)).isEqualTo("1\n3\n");
    assertThat(output(two)).isEqualTo("2\n4\n");
  }
}
