package dev.midge.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Slow;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said while a connection is made again and again. */
@Slow("connects again once a second")
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class RetryWarningTest {

  @ParameterizedTest
  @CsvSource({"sub -t a", "pub -t a -l -q 1"})
  void eachReasonIsToldOnceAndThatItIsOver(String words) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker();
        PipedOutputStream silent = new PipedOutputStream()) {
      MidgeRun run =
          MidgeRun.startWithInput(
              new PipedInputStream(silent), (Object[]) (words + " -p " + broker.port()).split(" "));
      for (int i = 0; i < 2; i++) {
        broker.accept().read(PacketType.CONNECT);
        broker.hangUp();
      }
      broker.welcome();
      run.awaitErr("Connected again.");
      broker.send(new Disconnect(0x8B, Properties.NONE));
      run.awaitErr("again later");

      String tried =
          "localhost:" + broker.port() + " over TCP, MQTT 5; trying again once a second.";
      assertThat(run.errText().lines())
          .containsExactly(
              "Warning: The connection was lost: " + tried,
              "The broker hung up before CONNACK.",
              "Try: does that port want TLS (--cafile FILE, or -L mqtts://) or WebSocket (--ws)? Does the broker speak this version (-V 311)?",
              "Connected again.",
              "Warning: The broker ended the connection: " + tried,
              "DISCONNECT 0x8B Server shutting down",
              "Try: again later.");
      broker.hangUp();
      broker.refuse(0x87);
      assertThat(run.await().status()).isEqualTo(0x87);
    }
  }

  @Test
  void mosquittosNameAndQuietSayNothing() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      for (String called : new String[] {"mosquitto_sub", "midge"}) {
        MidgeRun run =
            called.equals("midge")
                ? MidgeRun.start("sub", "--quiet", "-t", "a", "-p", broker.port())
                : MidgeRun.startAs(called, Map.of(), "-t", "a", "-p", broker.port());
        broker.accept().read(PacketType.CONNECT);
        broker.hangUp();
        broker.welcome();
        assertThat(run.stop().errText()).isEmpty();
      }
    }
  }
}
