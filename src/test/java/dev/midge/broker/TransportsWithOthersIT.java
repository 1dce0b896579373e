package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.config.TlsFiles;
import dev.midge.mqtt.Qos;
import dev.midge.testing.Needs;
import dev.midge.testing.RawClient;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL as the other end of our TLS: mosquitto_pub, mosquitto_sub, openssl s_client. */
class TransportsWithOthersIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  @TempDir static Path folder;
  private static Certificates certificates;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<Process> started = new ArrayList<>();
  private Broker broker;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = Certificates.make(folder);
  }

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
    broker.close();
  }

  private void start(ListenerSpec listener) throws IOException {
    broker =
        Broker.start(
            new BrokerConfig(List.of(0), event -> log.add(event.text()), true)
                .withListener(listener));
  }

  private Process run(String... words) throws IOException {
    Needs.program(words[0]);
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private Process mosquitto(String command, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(command, "-h", "localhost"));
    all.addAll(List.of("-p", "" + broker.ports().get(1)));
    all.addAll(List.of("--cafile", certificates.file("root.crt").toString()));
    all.addAll(Arrays.asList(words));
    return run(all.toArray(String[]::new));
  }

  private static String output(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private void awaitLog(String part) {
    await().atMost(LIMIT).until(() -> log.stream().anyMatch(line -> line.contains(part)));
  }

  @Test
  void mosquittosClientsTalkOverTls() throws Exception {
    start(ListenerSpec.tcp(0).withTls(certificates.tls()));
    Process sub = mosquitto("mosquitto_sub", "-t", "a", "-C", "1", "-q", "2", "-i", "s");
    awaitLog("Sending SUBACK to s");
    Process pub = mosquitto("mosquitto_pub", "-t", "a", "-m", "over tls", "-q", "2", "-i", "p");
    assertThat(output(pub)).isEmpty();
    assertThat(pub.exitValue()).isZero();
    assertThat(output(sub)).isEqualTo("over tls\n");
    awaitLog("Client s negotiated TLSv1.3 cipher TLS_");
    await()
        .atMost(LIMIT)
        .until(() -> log.stream().anyMatch(line -> line.matches("Client s .*\\] disconnected\\.")));
  }

  @Test
  void aMegabyteGoesBothWays() throws Exception {
    start(ListenerSpec.tcp(0).withTls(certificates.tls()));
    Process sub = mosquitto("mosquitto_sub", "-t", "a", "-C", "1", "-i", "s");
    awaitLog("Sending SUBACK to s");
    String text = "0123456789".repeat(100_000);
    File file = folder.resolve("big").toFile();
    Files.writeString(file.toPath(), text);
    assertThat(output(mosquitto("mosquitto_pub", "-t", "a", "-f", file.toString()))).isEmpty();
    assertThat(output(sub)).isEqualTo(text + "\n");
  }

  @Test
  void aClientWithoutCertificateIsRefusedAndOneWithGetsIn() throws Exception {
    start(ListenerSpec.tcp(0).withTls(certificates.requiringCertificates()));
    Process without = mosquitto("mosquitto_pub", "-t", "a", "-m", "x");
    output(without);
    assertThat(without.exitValue()).isNotZero();
    Process with =
        mosquitto(
            "mosquitto_pub",
            "-t",
            "a",
            "-m",
            "x",
            "-i",
            "with",
            "--cert",
            certificates.file("client.crt").toString(),
            "--key",
            certificates.file("client.key").toString());
    assertThat(output(with)).isEmpty();
    assertThat(with.exitValue()).isZero();
    awaitLog("Client with negotiated");
  }

  @Test
  void aKilledClientsWillIsSent() throws Exception {
    start(ListenerSpec.tcp(0).withTls(certificates.tls()));
    try (RawClient watcher = RawClient.connected(broker.port(), V5, "w")) {
      watcher.subscribe("s", Qos.AT_MOST_ONCE);
      String[] will = {"--will-topic", "s", "--will-payload", "gone"};
      List<String> words = new ArrayList<>(List.of("-t", "a", "-i", "dying"));
      words.addAll(Arrays.asList(will));
      Process sub = mosquitto("mosquitto_sub", words.toArray(String[]::new));
      awaitLog("Sending SUBACK to dying");
      sub.destroyForcibly();
      watcher.expectMessage("gone");
      awaitLog("TLS: closed without close_notify");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void opensslSeesTheWholeChainInBothVersions(String version) throws Exception {
    start(
        ListenerSpec.tcp(0)
            .withTls(
                new TlsFiles(
                    certificates.file("server.crt"),
                    certificates.file("pkcs1.key"),
                    certificates.file("ca.crt"),
                    false)));
    Process client =
        run(
            "openssl",
            "s_client",
            "-connect",
            "localhost:" + broker.ports().get(1),
            "-CAfile",
            certificates.file("root.crt").toString(),
            "-verify_return_error",
            "-brief",
            version);
    client.getOutputStream().close();
    assertThat(output(client)).contains("Verification: OK");
  }

  @Test
  void mosquittosClientsTalkOverAUnixSocket() throws Exception {
    Path path = folder.resolve("unix");
    start(ListenerSpec.unix(path));
    Process sub = run("mosquitto_sub", "--unix", path.toString(), "-t", "a", "-C", "1", "-i", "s");
    awaitLog("Sending SUBACK to s");
    Process pub = run("mosquitto_pub", "--unix", path.toString(), "-t", "a", "-m", "x");
    assertThat(output(pub)).isEmpty();
    assertThat(output(sub)).isEqualTo("x\n");
  }
}
