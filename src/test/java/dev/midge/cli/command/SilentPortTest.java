package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Slow;
import dev.midge.testing.WithScriptedBroker;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A port that accepts connections and stays silent: after five seconds midge says what it waits
 * for.
 */
@Slow("waits until a silent broker is told and given up")
class SilentPortTest extends WithScriptedBroker {
  @ParameterizedTest
  @CsvSource({
    "pub -p PORT -t a -m x, CONNACK, TCP",
    "pub -p PORT -t a -m x --ws, the answer of the WebSocket server, WebSocket",
    "pub -p PORT -t a -m x --tls-use-os-certs, the TLS handshake, TLS",
    "sub -p PORT -t a, CONNACK, TCP",
    "rr -p PORT -t a -e b -m x, CONNACK, TCP",
    "conn -p PORT, CONNACK, TCP",
    "lwt -p PORT --only clean, CONNACK, TCP",
    "lwt -p PORT --only clean --connect-timeout 0, CONNACK, TCP",
    "lwt -p PORT --only clean --ws, the answer of the WebSocket server, WebSocket",
    "lwt -p PORT --only clean --tls-use-os-certs, the TLS handshake, TLS",
    "lwt --against mqtt://localhost:PORT --only clean, CONNACK, TCP",
    "lwt --against ws://localhost:PORT --only clean, the answer of the WebSocket server, WebSocket"
  })
  void oneLineSaysWhatIsWaitedFor(String line, String what, String way) throws Exception {
    MidgeRun run = MidgeRun.start(words(line));
    broker.accept();
    String said =
        "Waiting for " + what + ": localhost:" + broker.port() + " over " + way + " ...\n";
    run.awaitErr(said);
    assertThat(run.errText()).endsWith(said);
    run.requestStop();
    broker.hangUp();
    run.await();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sub -p PORT -t a", "rr -p PORT -t a -e b -m x", "lwt -p PORT --only clean"})
  void soItIsWithSuback(String line) throws Exception {
    MidgeRun run = MidgeRun.start(words(line));
    broker.welcome().read(PacketType.SUBSCRIBE);
    run.awaitErr("Waiting for SUBACK: localhost:" + broker.port() + " over TCP ...\n");
    run.requestStop();
  }

  @Test
  void theDrillTellsTheUnixSocket(@TempDir Path directory) throws Exception {
    Path path = directory.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      MidgeRun run = MidgeRun.start("lwt", "--unix", path, "--only", "clean");
      run.awaitErr("Waiting for CONNACK: " + path + " over a unix socket ...\n");
      run.stop();
    }
  }

  @Test
  void quietAndMosquittosNamesSayNothing() throws Exception {
    MidgeRun quiet = MidgeRun.start(words("sub -p PORT -t a --quiet"));
    MidgeRun drop = MidgeRun.startAs("mosquitto_sub", Map.of(), words("-p PORT -t a"));
    MidgeRun drill = MidgeRun.start(words("lwt -p PORT --only clean --quiet"));
    MidgeRun loud = MidgeRun.start(words("sub -p PORT -t a"));
    loud.awaitErr("Waiting for CONNACK");
    assertThat(quiet.stop().errText()).isEmpty();
    assertThat(drill.stop().errText()).isEmpty();
    assertThat(drop.stop().errText()).isEmpty();
    loud.stop();
  }

  @Test
  void theTimeThatIsGivenEndsItWithStatus1() throws Exception {
    MidgeRun run = MidgeRun.run(words("sub -p PORT -t a --connect-timeout 1"));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errText()).startsWith("Error: Not connected within 1 s (--connect-timeout)");
  }

  @ParameterizedTest
  @CsvSource({
    "pub, 30",
    "rr, 30",
    "conn, 30",
    "sub, no limit",
    "lwt, 10",
    "context, that of the command"
  })
  void theHelpNamesTheUsualTime(String command, String time) {
    assertThat(MidgeRun.run(command, "--help").outText().replaceAll("\\s+", " "))
        .contains("has not accepted the connection within that time (default: " + time + ")");
  }
}
