package dev.midge.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.cli.doctor.Diagnosis.State;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.EchoServer;
import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries listeners of all kinds on a port, and none. */
class PortCheckTest {
  private static final String HOST = "127.0.0.1";

  private static CompletableFuture<Diagnosis> start(int port, boolean tls) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new PortCheck(HOST, port, tls).look();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nobody(boolean tls) throws Exception {
    try (FreePort dead = FreePort.take()) {
      assertThat(start(dead.number(), tls).get())
          .isEqualTo(Diagnosis.ok("free: nobody listens there"));
    }
  }

  @Test
  void aBroker() throws Exception {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      assertThat(start(broker.port(), false).get())
          .isEqualTo(Diagnosis.ok("a broker answers and lets in who has no user name"));
    }
  }

  @Test
  void aBrokerThatRefuses() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      CompletableFuture<Diagnosis> found = start(broker.port(), false);
      broker.accept().read(PacketType.CONNECT);
      broker.sendHex("20020005");

      assertThat(found.get())
          .isEqualTo(Diagnosis.ok("a broker answers, and refuses who has no user name (code 5)"));
    }
  }

  @Test
  void aBrokerOverTls(@TempDir Path directory) throws Exception {
    MidgeRun broker =
        MidgeRun.start("broker", "-p", "0", "--tls-test", directory.resolve("ca.crt"));
    int port = Integer.parseInt(broker.awaitOut("\n").outText().strip());

    assertThat(start(port, true).get())
        .isEqualTo(Diagnosis.ok("a broker answers over TLS and lets in who has no user name"));
    assertThat(start(port, false).get().text()).contains("does not speak MQTT");
    broker.stop();
  }

  @Test
  void aBrokerWithoutTlsWhereTlsBelongs() throws Exception {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      Diagnosis found = start(broker.port(), true).get();

      assertThat(found.state()).isEqualTo(State.WARNING);
      assertThat(found.text()).contains("does not speak TLS");
      assertThat(found.cure()).contains("-p");
    }
  }

  @Test
  void somebodyElse() throws Exception {
    try (EchoServer server = EchoServer.start()) {
      Diagnosis found = start(server.port(), false).get();

      assertThat(found.state()).isEqualTo(State.WARNING);
      assertThat(found.text()).isEqualTo("taken: who listens there does not speak MQTT");
    }
  }
}
