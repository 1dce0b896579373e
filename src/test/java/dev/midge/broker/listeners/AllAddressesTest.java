package dev.midge.broker.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.Limits;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.testing.Needs;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listeners on all addresses, as a broker: the log, and clients of both families. */
class AllAddressesTest {
  private static final ProtocolVersion V5 = ProtocolVersion.V5;

  private final List<String> log = new CopyOnWriteArrayList<>();

  @BeforeEach
  void hasIpv6() {
    Needs.ipv6();
  }

  private Broker start(String address) throws IOException {
    return Broker.start(
        new BrokerConfig(
            List.of(),
            event -> log.add(event.text()),
            false,
            Limits.DEFAULT,
            List.of(ListenerSpec.tcp(0).on(address))));
  }

  private static void connect(String address, Broker broker) throws IOException {
    RawClient.over(new Socket(address, broker.port()), V5)
        .accepted(RawClient.connect(V5, "c"))
        .close();
  }

  @Test
  void onAllAddressesBothFamiliesAreServedAndLogged() throws IOException {
    try (Broker broker = start("*")) {
      connect("127.0.0.1", broker);
      connect("::1", broker);
      int port = broker.port();
      assertThat(log)
          .contains(
              "Opening ipv4 listen socket on port " + port + ".",
              "Opening ipv6 listen socket on port " + port + ".");
    }
    assertThat(log).anyMatch(line -> line.startsWith("New connection from 127.0.0.1:"));
    assertThat(log).anyMatch(line -> line.startsWith("New connection from ::1:"));
  }

  @Test
  void onAllAddressesOfIpv6OneOfIpv4IsNotServed() throws IOException {
    try (Broker broker = start("::")) {
      connect("::1", broker);
      assertThatThrownBy(() -> connect("127.0.0.1", broker)).isInstanceOf(IOException.class);
      connect("::1", broker);
    }
    assertThat(log).noneMatch(line -> line.contains("ipv4") || line.contains("127.0.0.1"));
  }
}
