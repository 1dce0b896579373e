package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.config.Limits;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A listener on an address of its own listens there, and nowhere else. */
class BoundAddressTest {
  private final List<String> log = new ArrayList<>();

  private Broker start(String address) throws IOException {
    return Broker.start(
        new BrokerConfig(
            List.of(),
            event -> log.add(event.text()),
            false,
            Limits.DEFAULT,
            List.of(ListenerSpec.tcp(0).on(address))));
  }

  @Test
  void onOneAddressOthersAreClosed() throws IOException {
    try (Broker broker = start("127.0.0.2")) {
      RawClient.over(new Socket("127.0.0.2", broker.port()), V5)
          .accepted(RawClient.connect(V5, "c"))
          .close();
      assertThatThrownBy(() -> new Socket("127.0.0.1", broker.port()))
          .isInstanceOf(ConnectException.class);
    }
    assertThat(log).noneMatch(line -> line.contains("local only"));
  }

  @Test
  void onAllAddresses() throws IOException {
    try (Broker broker = start("0.0.0.0")) {
      for (String address : List.of("127.0.0.1", "127.0.0.2")) {
        RawClient.over(new Socket(address, broker.port()), V5)
            .accepted(RawClient.connect(V5, "c"))
            .close();
      }
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    assertThatThrownBy(() -> start("192.0.2.1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("192.0.2.1 port 0");
  }
}
