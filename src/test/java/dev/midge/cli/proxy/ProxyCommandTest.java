package dev.midge.cli.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.MidgeRun;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyCommandTest {
  private static final String TIME = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\\.[0-9]{3} ";

  @TempDir Path directory;
  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start(BrokerConfig.onFreePort());
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private MidgeRun proxy(Object... words) {
    List<Object> line = new ArrayList<>(List.of("--to", "mqtt://127.0.0.1:" + broker.port()));
    line.addAll(List.of(words));
    return ListeningProxy.start(line.toArray());
  }

  private static int port(MidgeRun proxy) {
    return ListeningProxy.port(proxy);
  }

  private static MidgeRun publish(MidgeRun proxy, Object... words) {
    List<Object> line =
        new ArrayList<>(List.of("pub", "-h", "127.0.0.1", "-p", port(proxy), "-i", "p1"));
    line.addAll(List.of(words));
    return MidgeRun.run(line.toArray());
  }

  @Test
  void packetsAreLinesAndEventsGoToStandardError() {
    MidgeRun proxy = proxy();
    publish(
        proxy,
        "-t",
        "a/b",
        "-m",
        "hello",
        "-q",
        1,
        "-u",
        "me",
        "-P",
        "secret",
        "--will-topic",
        "w",
        "--will-payload",
        "gone",
        "-k",
        60);
    proxy.awaitOut("DISCONNECT");
    proxy.stop();

    assertThat(proxy.status()).isZero();
    List<String> lines = proxy.outText().lines().skip(1).toList();
    String[] wanted = {
      "p1 -> CONNECT (p5, c1, k60, u'me'), will (q0, r0, 'w', ... (4 bytes))",
      "p1 <- CONNACK (0, 0)",
      "p1 -> PUBLISH (d0, q1, r0, m1, 'a/b', ... (5 bytes))",
      "p1 <- PUBACK (m1, rc16)",
      "p1 -> DISCONNECT (0)"
    };
    assertThat(lines).hasSize(wanted.length);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(lines.get(i)).matches(TIME + "\\Q" + wanted[i] + "\\E");
    }
    List<String> talk = proxy.errText().lines().toList();
    assertThat(talk).allMatch(line -> line.matches(TIME + ".*"));
    assertThat(talk.get(0))
        .endsWith("Listening on port " + port(proxy) + ", for mqtt://127.0.0.1:" + broker.port());
    assertThat(talk.get(1)).contains("Connection 1 from 127.0.0.1:");
    assertThat(talk.get(2)).endsWith("Connection 1 goes to mqtt://127.0.0.1:" + broker.port());
    assertThat(proxy.errText()).contains("Connection 1 of p1 -> TCP FIN");
    assertThat(proxy.outText() + proxy.errText()).doesNotContain("secret");
  }

  @Test
  void jsonHasAllButPasswords() {
    MidgeRun proxy = proxy("--json");
    publish(
        proxy,
        "-t",
        "a/b",
        "-m",
        "hello",
        "-q",
        1,
        "-u",
        "me",
        "-P",
        "secret",
        "-D",
        "publish",
        "user-property",
        "k",
        "v");
    proxy.awaitOut("DISCONNECT");
    proxy.stop();
    List<String> lines = proxy.outText().lines().skip(1).toList();
    assertThat(lines).allMatch(line -> line.startsWith("{\"time\":\"20") && line.endsWith("}"));
    assertThat(lines.get(0))
        .contains(
            "\"event\":\"packet\",\"client\":\"p1\",\"connection\":1,\"address\":\"127.0.0.1:")
        .contains("\"direction\":\"out\",\"type\":\"CONNECT\"")
        .contains("\"client_id\":\"p1\"")
        .contains("\"username\":\"me\"")
        .doesNotContain("secret");
    assertThat(lines.get(2))
        .contains("\"type\":\"PUBLISH\"")
        .contains("\"topic\":\"a/b\",\"qos\":1,\"retain\":false,\"dup\":false,\"packet_id\":1")
        .contains("\"payload_size\":5,\"payload\":\"hello\"")
        .contains("\"properties\":{\"user_properties\":[[\"k\",\"v\"]]}");
    assertThat(lines.get(3)).contains("\"direction\":\"in\",\"type\":\"PUBACK\"");
  }

  @Test
  void quietSaysNothing() {
    MidgeRun proxy = proxy("-q", "--fault", "drop@pingreq:1");
    assertThat(publish(proxy, "-t", "t", "-m", "x", "-q", 1).status()).isZero();
    proxy.stop();
    assertThat(proxy.outText()).isEqualTo(port(proxy) + "\n");
    assertThat(proxy.errText()).isEmpty();
  }

  @Test
  void faultsAreToldAndLogged() throws Exception {
    Path log = directory.resolve("faults.json");
    MidgeRun proxy =
        proxy(
            "--fault",
            "reset@publish-out:1 client=p?",
            "--fault-log",
            log,
            "--fault",
            "drop@random:0");
    MidgeRun run = publish(proxy, "-t", "t", "-m", "x", "-q", 1);
    assertThat(run.status()).isEqualTo(7);
    proxy.awaitErr("TCP RST").stop();
    assertThat(proxy.errText()).containsPattern(TIME + "Fault reset at publish-out:1, p1, after ");
    assertThat(Files.readString(log))
        .matches(
            "\\{\"time\":[0-9.]+,\"fault\":\"reset@publish-out:1 client=p\\?\",\"effects\":\"reset\","
                + "\"moment\":\"publish-out:1\",\"connection\":\"p1\",\"number\":1}\n");
    assertThat(proxy.status()).isZero();
  }

  @Test
  void theSeedIsToldWhereChanceDecides() {
    assertThat(proxy("--fault", "drop@random:0.5").stop().errText())
        .containsPattern("Fault seed ([0-9]+): --fault-seed \\1 repeats this run\\.");
    assertThat(proxy("--fault", "drop@random:0.5", "--fault-seed", 77).stop().errText())
        .contains("Fault seed 77: --fault-seed 77 repeats this run.");
    assertThat(proxy("--fault", "drop@publish:1").stop().errText()).doesNotContain("seed");
  }

  @Test
  void aCaptureIsWritten() throws Exception {
    Path pcap = directory.resolve("x.pcap");
    MidgeRun proxy = proxy("--pcap", pcap, "-q");
    publish(proxy, "-t", "t", "-m", "x", "-q", 1, "-u", "me", "-P", "geheim");
    proxy.stop();
    String bytes =
        new String(Files.readAllBytes(pcap), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains("MQTT").contains("******").doesNotContain("geheim");
  }

  @Test
  void controlCharactersOfStrangersDoNothing() {
    MidgeRun proxy = proxy();
    MidgeRun.run(
        "pub", "-h", "127.0.0.1", "-p", port(proxy), "-i", "a\u202eb", "-t", "x\u2066y", "-m", "x");
    proxy.awaitOut("DISCONNECT").stop();
    assertThat(proxy.outText()).contains("a\\u202eb -> CONNECT").contains("'x\\u2066y'");
  }

  @Test
  void aStandardOutputThatIsFullEndsIt() {
    OutputStream full =
        new OutputStream() {
          private boolean first = true;

          @Override
          public void write(int b) throws java.io.IOException {
            write(new byte[1], 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
            if (!first) {
              throw new java.io.IOException("No space left on device");
            }
            first = false;
            synchronized (this) {
              port = Integer.parseInt(new String(bytes, offset, length).strip());
              notifyAll();
            }
          }
        };
    MidgeRun proxy =
        MidgeRun.startTo(
            full,
            null,
            java.io.InputStream.nullInputStream(),
            "proxy",
            "-p",
            0,
            "--to",
            "mqtt://127.0.0.1:" + broker.port());
    proxy.awaitErr("Listening");
    MidgeRun.run("pub", "-h", "127.0.0.1", "-p", port, "-t", "t", "-m", "x");
    assertThat(proxy.await().status()).isEqualTo(1);
    assertThat(proxy.errText())
        .contains("Error: Could not write to standard output: No space left on device.");
  }

  private volatile int port;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|Error: No broker given: --to URL names it, such as --to mqtt://localhost:1883.",
        "--to http://x|Error: Unsupported URL scheme: it is one of mqtt, mqtts, ws, wss, unix.",
        "--to mqtt://u:p@h|Error: Invalid URL for --to argument specified - it has a user name:"
            + " clients send their own.",
        "--to mqtt://h --fault kill|Error: Invalid fault 'kill': 'kill' is not for the proxy.",
        "--to mqtt://h --fault drop@end:1|Error: Invalid fault 'drop@end:1': the moment 'end:1' is",
        "--to mqtt://h --fault-seed x|Error: --fault-seed takes a whole number, not 'x'.",
        "--to mqtt://h --fault-log /nowhere/x|Error: Unable to write the file of --fault-log:",
        "--to mqtt://h --pcap /nowhere/x|Error: Unable to write the file of --pcap: /nowhere/x",
        "--to mqtt://h --listen-cert x|Error: --listen-cert and --listen-key need each other: give both.",
        "--to mqtt://h -p 70000|Error: Invalid port specified (70000).",
        "--to mqtt://h -p 0 --bind no.such.name.invalid|Error: --bind no.such.name.invalid is neither",
        "--to mqtt://h --frault x|Error: Unknown option '--frault'",
      })
  void whatCannotBeIsToldInOneLine(String words, String line) {
    List<Object> all = new ArrayList<>(List.of("proxy"));
    if (!words.isEmpty()) {
      all.addAll(List.of(words.split(" ")));
    }
    MidgeRun run = MidgeRun.run(all.toArray());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText().lines().findFirst().orElse("")).startsWith(line);
    assertThat(run.outText()).isEmpty();
  }

  @Test
  void optionsWithoutEffectAreWarnedOf() {
    MidgeRun proxy = proxy("--insecure", "--cafile", "ca.crt");
    assertThat(proxy.stop().errText())
        .contains(
            "Warning: --cafile, --insecure have no effect: no URL of --to begins with mqtts:// or"
                + " wss://, which turn TLS on.");
  }

  @Test
  void aPortInUseIsTold() {
    MidgeRun run = MidgeRun.run("proxy", "-p", broker.port(), "--to", "mqtt://127.0.0.1:1");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText())
        .contains("Error: 127.0.0.1 port " + broker.port() + ": Address already");
  }
}
