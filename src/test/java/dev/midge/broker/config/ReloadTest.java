package dev.midge.broker.config;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent;
import dev.midge.broker.ListenerSpec;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A configuration that is read again changes what mosquitto changes, and nothing else. */
class ReloadTest {
  private final List<BrokerEvent> log = new CopyOnWriteArrayList<>();
  private Broker broker;
  private BrokerConfig config;

  @BeforeEach
  void start() throws IOException {
    config = new BrokerConfig(List.of(0), log::add, false);
    broker = Broker.start(config);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private void reload(Limits limits) throws IOException {
    broker.reload(config.withLimits(limits));
  }

  private RawClient client(String clientId) throws IOException {
    return RawClient.connected(broker.port(), V3_1_1, clientId);
  }

  private List<String> lines() {
    return log.stream().map(BrokerEvent::text).toList();
  }

  @Test
  void messagesAreDeliveredWithAnotherQosToClientsThatWereThere() throws IOException {
    try (RawClient subscriber = client("s");
        RawClient publisher = client("p")) {
      subscriber.subscribe("a", Qos.AT_LEAST_ONCE);
      reload(Limits.builder().upgradeOutgoingQos(true).build());
      publisher.publish("a", "1", Qos.AT_MOST_ONCE);

      assertThat(subscriber.expect(Publish.class).message().qos()).isEqualTo(Qos.AT_LEAST_ONCE);
    }
  }

  @Test
  void overlappingSubscriptionsGetOneCopy() throws IOException {
    try (RawClient subscriber = client("s");
        RawClient publisher = client("p")) {
      subscriber.subscribe("a", Qos.AT_MOST_ONCE);
      subscriber.subscribe("#", Qos.AT_MOST_ONCE);
      reload(Limits.builder().allowDuplicateMessages(false).build());
      publisher.publish("a", "1", Qos.AT_MOST_ONCE);
      publisher.publish("b", "2", Qos.AT_MOST_ONCE);

      subscriber.expectMessage("1");
      subscriber.expectMessage("2");
    }
  }

  @Test
  void sessionsOfClientsThatConnectFromThenOnAreKeptForAShorterTime() throws Exception {
    reload(Limits.builder().persistentClientExpiration(Duration.ofMinutes(5)).build());
    try (RawClient raw = RawClient.open(broker.port(), V3_1_1)) {
      raw.accepted(RawClient.connect(V3_1_1, "kept", false, null, Properties.NONE));
      assertThat(broker.inspector().session("kept").get().orElseThrow().kept())
          .isEqualTo(Duration.ofMinutes(5));
    }
  }

  @Test
  void limitsThatAreAgreedWithClientsStay() throws IOException {
    reload(
        Limits.builder().maxInflightMessages(1).maxPacketSize(50).maxQos(Qos.AT_MOST_ONCE).build());
    try (RawClient raw = RawClient.open(broker.port(), V5)) {
      raw.sendHex("10 0e 0004 4d515454 05 02 003c 00 0001 63");
      raw.expectHex("20 0e 00 00 0b 22000a 27001e8480 210014"); // as at the start
      raw.publish(Message.of("t", new byte[1000], Qos.EXACTLY_ONCE, false));
    }
  }

  @Test
  void theLogTellsOfItAndMayTellMoreFromThenOn() throws IOException {
    try (RawClient raw = client("c")) {
      raw.subscribe("quiet", Qos.AT_MOST_ONCE);
      broker.reload(new BrokerConfig(List.of(0), event -> {}, true));
      raw.subscribe("loud", Qos.AT_MOST_ONCE);
    }
    assertThat(lines()).contains("Reloading config.", "c 0 loud").doesNotContain("c 0 quiet");
  }

  @Test
  void aListenerThatIsNotOpenIsAnErrorAndNothingChanges() throws IOException {
    for (ListenerSpec other :
        List.of(ListenerSpec.tcp(1883), ListenerSpec.unix(Path.of("/tmp/new.sock")))) {
      BrokerConfig more =
          config.withLimits(Limits.builder().upgradeOutgoingQos(true).build()).withListener(other);
      assertThatThrownBy(() -> broker.reload(more))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "It is not currently possible to add/remove listeners when reloading the"
                  + " config file: "
                  + (other.path() == null ? "port 1883" : "/tmp/new.sock")
                  + " is new.");
    }
    try (RawClient raw = client("c")) {
      raw.subscribe("a", Qos.AT_LEAST_ONCE);
      raw.publish("a", "1", Qos.AT_MOST_ONCE);
      assertThat(raw.expect(Publish.class).message().qos()).isEqualTo(Qos.AT_MOST_ONCE);
    }
    assertThat(lines()).doesNotContain("Reloading config.");
  }

  @Test
  void aListenerStaysWhereItIsWhateverAddressItHasNow() throws IOException {
    broker.reload(
        new BrokerConfig(
            List.of(), log::add, false, Limits.DEFAULT, List.of(ListenerSpec.tcp(0).on("::1"))));
    try (RawClient raw = client("c")) {
      raw.subscribe("a", Qos.AT_MOST_ONCE); // on 127.0.0.1 as before
    }
  }

  @Test
  void aBrokerThatHasStoppedSaysSo() {
    broker.close();
    assertThatThrownBy(() -> broker.reload(config))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the broker has stopped");
  }
}
