package dev.midge.peers.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealBrokerIT {

  @ParameterizedTest
  @ValueSource(strings = {"mosquitto", "hivemq", "moquette"})
  void aRealBrokerIsThereUntilItIsClosed(String name) throws IOException {
    RealBroker broker = RealBroker.start(name);
    try (broker;
        RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V3_1_1, "truth-it")) {
      assertThat(broker.version()).containsPattern("^[0-9]+\\.[0-9]+");
      // No SUBSCRIBE: Moquette 0.17 closes the connection of one that is too quick after CONNACK.
      client.expectNothing();
    }
    assertThatThrownBy(() -> new Socket("127.0.0.1", broker.port()))
        .as("a connection to %s after its end", name)
        .isInstanceOf(ConnectException.class);
  }
}
