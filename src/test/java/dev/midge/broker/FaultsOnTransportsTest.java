package dev.midge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.AllTransports.Transport;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ping;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults lie above TLS and WebSocket in what they count, and below in how they end TCP. */
class FaultsOnTransportsTest {
  private static final ProtocolVersion V5 = ProtocolVersion.V5;
  private static final List<FaultEvent> EVENTS = new CopyOnWriteArrayList<>();
  private static final FaultPlan PLAN = new FaultPlan(FaultSide.BROKER, 1, EVENTS::add);

  private static final List<String> LOG = new CopyOnWriteArrayList<>();

  @TempDir static Path folder;
  private static AllTransports transports;

  @BeforeAll
  static void start() throws Exception {
    transports =
        new AllTransports(folder, Certificates.make(folder), PLAN, event -> LOG.add(event.text()));
  }

  @AfterAll
  static void stop() {
    transports.close();
  }

  private static RawClient client(Transport transport, String fault) throws Exception {
    PLAN.clearAll();
    EVENTS.clear();
    PLAN.add(FaultParser.parse(fault, FaultSide.BROKER));
    return transports.open(transport, V5).accepted(RawClient.connect(V5, "c"));
  }

  @ParameterizedTest
  @EnumSource
  void aResetIsOneOfTcpAndAUnixSocketIsClosed(Transport transport) throws Exception {
    try (RawClient client = client(transport, "reset@pingreq-out:2")) {
      client.expectNothing();
      client.send(Ping.REQUEST);
      if (transport == Transport.UNIX) {
        client.expectEnd();
      } else {
        assertThatThrownBy(client::expectEnd)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("reset");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCloseIsOrderlyOnEachLayer(Transport transport) throws Exception {
    try (RawClient client = client(transport, "close@pingresp-in:2")) {
      client.expectNothing();
      client.expectNothing();
      client.expectEnd();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBlackoutPassesAndNothingIsLost(Transport transport) throws Exception {
    try (RawClient client = client(transport, "blackout:200ms@pingreq-out:2")) {
      long start = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        client.send(Ping.REQUEST);
      }
      for (int i = 0; i < 5; i++) {
        client.expect(Ping.class);
      }
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void slicesAndDelaysKeepTheOrder(Transport transport) throws Exception {
    try (RawClient client = client(transport, "slice:1+delay:20ms±20ms")) {
      for (int i = 0; i < 3; i++) {
        client.expectNothing();
      }
      client.subscribe("a", Qos.AT_MOST_ONCE);
      client.publish("a", "m", Qos.AT_MOST_ONCE);
      client.expectMessage("m");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFreezeEndsWhenTheClientCloses(Transport transport) throws Exception {
    RawClient client = client(transport, "freeze@pingreq-out:1");
    client.send(Ping.REQUEST);
    await().until(() -> !EVENTS.isEmpty());
    LOG.clear();
    client.close();
    await()
        .until(() -> LOG.stream().anyMatch(line -> line.contains("connection closed by client")));
  }
}
