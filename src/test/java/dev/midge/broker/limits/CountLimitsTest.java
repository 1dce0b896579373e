package dev.midge.broker.limits;

import static dev.midge.broker.limits.LimitedBroker.kept;
import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.ListenerRules;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many connections and sessions there may be; real sockets. */
class CountLimitsTest {
  private static final int SERVER_BUSY = 0x89;

  private LimitedBroker broker;

  @AfterEach
  void stop() {
    broker.close();
  }

  private static ListenerSpec listener(int maxConnections) {
    ListenerRules rules = ListenerRules.DEFAULT;
    return ListenerSpec.tcp(0)
        .withRules(
            new ListenerRules(
                maxConnections,
                rules.versions(),
                rules.mountPoint(),
                rules.usernameAsClientId(),
                rules.identity(),
                rules.origins()));
  }

  private void startWithListeners(BrokerSettings settings, ListenerSpec... listeners)
      throws IOException {
    BrokerConfig none = BrokerConfig.onFreePort();
    broker =
        LimitedBroker.start(
            new BrokerConfig(List.of(), none.log(), false, none.limits(), List.of(listeners))
                .withSettings(settings));
  }

  private static BrokerSettings settings(int maxConnections, int maxClients) {
    return new BrokerSettings(0, maxConnections, maxClients, true, 0, null);
  }

  private RawClient at(int listener, String id) throws IOException {
    return RawClient.connected(broker.port(listener), V5, id);
  }

  /** The connection is accepted by the system, and ends without a byte. */
  private void assertNoRoom(int listener) throws IOException {
    try (RawClient client = RawClient.open(broker.port(listener), V5)) {
      client.expectEnd();
    }
  }

  /** Sooner or later: the broker has to see first that another has left. */
  private void awaitRoom(int listener) {
    Awaitility.await()
        .ignoreExceptionsMatching(e -> e instanceof SocketException)
        .ignoreExceptionsMatching(e -> e instanceof AssertionError)
        .untilAsserted(
            () -> {
              try (RawClient client = at(listener, "next")) {
                client.expectNothing();
              }
            });
  }

  @Test
  void maxConnectionsHoldsAtItsListener() throws IOException {
    startWithListeners(BrokerSettings.DEFAULT, listener(1), listener(-1));
    try (RawClient first = at(0, "a")) {
      assertNoRoom(0);
      assertThat(broker.log)
          .contains("Client connection from 127.0.0.1 denied: max_connections exceeded.");
      try (RawClient other = at(1, "b");
          RawClient another = at(1, "c")) {
        other.expectNothing();
        another.expectNothing();
      }
      first.expectNothing();
      first.send(Disconnect.NORMAL);
    }
    awaitRoom(0);
  }

  @Test
  void aConnectionThatHasSentNothingCounts() throws IOException {
    startWithListeners(BrokerSettings.DEFAULT, listener(1));
    try (RawClient silent = RawClient.open(broker.port(0), V5)) {
      assertNoRoom(0);
      silent.accepted(RawClient.connect(V5, "a"));
    }
    awaitRoom(0);
  }

  @Test
  void maxConnectionsOfZeroIsNoLimitAsAtMosquitto() throws IOException {
    startWithListeners(BrokerSettings.DEFAULT, listener(0));
    try (RawClient first = at(0, "a");
        RawClient second = at(0, "b")) {
      first.expectNothing();
      second.expectNothing();
    }
  }

  @Test
  void globalMaxConnectionsHoldsForAllListenersTogether() throws IOException {
    startWithListeners(settings(2, -1), listener(-1), listener(-1));
    try (RawClient first = at(0, "a");
        RawClient second = at(1, "b")) {
      assertNoRoom(0);
      assertNoRoom(1);
      assertThat(broker.log)
          .contains("Client connection from 127.0.0.1 denied: global_max_connections exceeded.");
      first.expectNothing();
      second.expectNothing();
    }
    awaitRoom(1);
  }

  @Test
  void globalMaxClientsCountsSessionsThatAreKept() throws IOException {
    startWithListeners(settings(-1, 2), listener(-1));
    leave(kept("away"));
    try (RawClient here = at(0, "here")) {
      assertThat(broker.answer(RawClient.connect(V5, "third")).reasonCode()).isEqualTo(SERVER_BUSY);
      assertThat(broker.answer(RawClient.connect(V5, "")).reasonCode()).isEqualTo(SERVER_BUSY);
      try (RawClient third = RawClient.open(broker.port(), V3_1_1)) {
        third.send(RawClient.connect(V3_1_1, "third"));
        third.expectEnd();
      }
      assertThat(broker.log)
          .filteredOn(line -> line.contains("denied"))
          .hasSize(3)
          .containsOnly("Client connection from 127.0.0.1 denied: global_max_clients exceeded.");
      assertThat(broker.log)
          .filteredOn(line -> line.endsWith("disconnected: quota exceeded."))
          .hasSize(3);
      here.expectNothing();
    }
  }

  @Test
  void globalMaxClientsIsNoMatterForThoseWhoHaveASession() throws IOException {
    startWithListeners(settings(-1, 2), listener(-1));
    leave(kept("away"));
    try (RawClient here = at(0, "here");
        RawClient back = RawClient.connected(broker.port(), kept("away"));
        RawClient again = at(0, "here")) { // takes over
      assertThat(here.expect(Disconnect.class).reasonCode()).isEqualTo(0x8E);
      back.expectNothing();
      again.expectNothing();
    }
  }

  @Test
  void aSessionThatEndsMakesRoom() throws IOException {
    startWithListeners(settings(-1, 1), listener(-1));
    leave(kept("away"));
    assertThat(broker.answer(RawClient.connect(V5, "b")).reasonCode()).isEqualTo(SERVER_BUSY);
    leave(RawClient.connect(ProtocolVersion.V5, "away")); // with Clean Start, and no expiry
    assertThat(broker.answer(RawClient.connect(V5, "b")).reasonCode()).isZero();
  }

  private void leave(Connect connect) throws IOException {
    try (RawClient client = RawClient.connected(broker.port(), connect)) {
      client.send(Disconnect.NORMAL);
      client.expectEnd();
    }
  }
}
