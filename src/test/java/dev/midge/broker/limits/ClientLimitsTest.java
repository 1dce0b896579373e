package dev.midge.broker.limits;

import static dev.midge.broker.limits.LimitedBroker.withKeepAlive;
import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keep alive, client identifiers and the time for which sessions are kept; real sockets. */
class ClientLimitsTest {
  private static final int REJECTED_V3 = 2;

  private LimitedBroker broker;

  private void start(Limits.Builder limits) throws IOException {
    broker = LimitedBroker.start(limits);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void maxKeepAliveIsImposedOnMqtt5() throws IOException {
    start(Limits.builder().maxKeepAlive(30));
    for (int asked : new int[] {31, 65535, 0}) {
      Connack connack = broker.answer(withKeepAlive(V5, asked));
      assertThat(connack.reasonCode()).isZero();
      assertThat(connack.properties().number(Property.SERVER_KEEP_ALIVE, -1)).isEqualTo(30);
    }
    Connack connack = broker.answer(withKeepAlive(V5, 30));
    assertThat(connack.properties().has(Property.SERVER_KEEP_ALIVE)).isFalse();
  }

  @Test
  void maxKeepAliveRefusesMqtt3() throws IOException {
    start(Limits.builder().maxKeepAlive(30));
    assertThat(broker.answer(withKeepAlive(V3_1_1, 31)).reasonCode()).isEqualTo(REJECTED_V3);
    assertThat(broker.answer(withKeepAlive(V3_1_1, 0)).reasonCode()).isEqualTo(REJECTED_V3);
    assertThat(broker.answer(withKeepAlive(V3_1_1, 30)).reasonCode()).isZero();
  }

  @Test
  void maxKeepAliveIsInForce() throws IOException {
    start(Limits.builder().maxKeepAlive(1));
    try (RawClient silent = RawClient.connected(broker.port(), withKeepAlive(V5, 60))) {
      assertThat(silent.expect(Disconnect.class).reasonCode()).isEqualTo(0x8D);
    }
  }

  @Test
  void withoutAllowZeroLengthClientIdNoneIsAssigned() throws IOException {
    start(Limits.builder().allowZeroLengthClientId(false));
    assertThat(broker.answer(RawClient.connect(V5, "")).reasonCode()).isEqualTo(0x80);
    assertThat(broker.answer(RawClient.connect(V3_1_1, "")).reasonCode()).isEqualTo(REJECTED_V3);
  }

  @Test
  void autoIdPrefixBeginsAssignedIdentifiers() throws IOException {
    start(Limits.builder().autoIdPrefix("lab 7/"));
    assertThat(
            broker
                .answer(RawClient.connect(V5, ""))
                .properties()
                .text(Property.ASSIGNED_CLIENT_IDENTIFIER))
        .matches("lab 7/\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    assertThat(broker.answer(RawClient.connect(V3_1_1, "")).reasonCode()).isZero();
    assertThat(broker.log).filteredOn(line -> line.contains(" as lab 7/")).hasSize(2);
  }

  @Test
  void persistentClientExpirationEndsTheSessionsOfAbsentClients() throws IOException {
    start(Limits.builder().persistentClientExpiration(Duration.ofMillis(200)));
    Connect forever =
        RawClient.connect(
            V5, "five", false, null, Properties.of(Property.SESSION_EXPIRY_INTERVAL, 0xFFFFFFFFL));
    leave(forever);
    leave(RawClient.connect(V3_1_1, "three", false, null, Properties.NONE));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(broker.log)
                    .contains(
                        "Expiring client five due to timeout.",
                        "Expiring client three due to timeout."));
    assertThat(broker.answer(forever).sessionPresent()).isFalse();
  }

  @Test
  void withoutPersistentClientExpirationTheyAreKept() throws IOException {
    start(Limits.builder());
    leave(LimitedBroker.kept("c"));
    assertThat(broker.answer(LimitedBroker.kept("c")).sessionPresent()).isTrue();
  }

  private void leave(Connect connect) throws IOException {
    try (RawClient client = RawClient.connected(broker.port(), connect)) {
      client.send(Disconnect.NORMAL);
      client.expectEnd();
    }
  }
}
