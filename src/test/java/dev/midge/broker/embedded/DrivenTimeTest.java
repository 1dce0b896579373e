package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import dev.midge.testing.Slow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Time that a test drives, against time that passes. */
class DrivenTimeTest {
  private static final int CLIENTS = 4;

  /**
   * A client that falls silent.
   *
   * @param delay of its will, in seconds
   * @param expiry of its session, in seconds
   */
  private record Silent(String id, int delay, int expiry) {
    RawClient connect(EmbeddedBroker broker) throws IOException {
      Properties delayed = Properties.of(Property.WILL_DELAY_INTERVAL, delay);
      Message will = new Message("will/" + id, new byte[0], Qos.AT_MOST_ONCE, false, delayed);
      return RawClient.connected(
          broker.port(),
          new Connect(
              ProtocolVersion.V5,
              true,
              1,
              id,
              new Will(will),
              null,
              null,
              Properties.of(Property.SESSION_EXPIRY_INTERVAL, expiry)));
    }
  }

  private static List<Silent> clients(Random random) {
    List<Integer> delays = new ArrayList<>(List.of(0, 3, 6, 9));
    List<Integer> expiries = new ArrayList<>(List.of(12, 15, 18, 21));
    Collections.shuffle(delays, random);
    Collections.shuffle(expiries, random);
    List<Silent> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Silent("c" + i, delays.get(i), expiries.get(i)));
    }
    return clients;
  }

  /** Returns what happened, in order; keep alives that end at the same time are left out. */
  private static List<String> events(EmbeddedBroker broker) {
    return broker.log().stream()
        .filter(line -> line.startsWith("Publishing will of") || line.startsWith("Expiring client"))
        .toList();
  }

  @Slow("waits in real time, to compare")
  @Test
  void allHappensInTheOrderOfTimeThatPasses() throws IOException {
    long seed = System.nanoTime();
    List<Silent> clients = clients(new Random(seed));
    try (EmbeddedBroker real = EmbeddedBroker.create().start();
        EmbeddedBroker driven = EmbeddedBroker.create().drivenTime().start()) {
      List<RawClient> open = new ArrayList<>();
      for (Silent each : clients) {
        open.add(each.connect(real));
        open.add(each.connect(driven));
      }
      driven.advance(Duration.ofHours(1));
      assertThat(events(driven)).as("seed " + seed).hasSize(2 * CLIENTS);

      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> events(real).size() == 2 * CLIENTS);

      assertThat(events(real)).as("seed " + seed).isEqualTo(events(driven));
      for (RawClient each : open) {
        each.close();
      }
    }
  }

  @Test
  void noTimePassesWhileABrokerWithFilesStartsAgain() throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.create().drivenTime().persistent().start()) {
      try (RawClient client = new Silent("kept", 0, 60).connect(broker)) {
        client.subscribe("a", Qos.AT_LEAST_ONCE);
      }
      broker.awaitDisconnected("kept", Duration.ofSeconds(20));
      broker.advance(Duration.ofSeconds(20));
      for (int i = 0; i < 2; i++) {
        broker.restart();
        assertThat(broker.session("kept").orElseThrow().endsIn()).isEqualTo(Duration.ofSeconds(40));
      }
      broker.advance(Duration.ofMillis(39_999));
      assertThat(broker.session("kept")).isPresent();
      broker.advance(Duration.ofMillis(1));
      assertThat(broker.session("kept")).isEmpty();
    }
  }

  @Test
  void messagesExpireWhileTheirReceiverIsAway() throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.create().drivenTime().start()) {
      Silent kept = new Silent("kept", 0, 7200);
      try (RawClient client = kept.connect(broker)) {
        client.subscribe("a/#", Qos.AT_LEAST_ONCE);
      }
      broker.awaitDisconnected("kept", Duration.ofSeconds(20));
      for (int seconds : List.of(60, 3000)) {
        Properties expiring = Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, seconds);
        byte[] payload = {1};
        broker.publish(new Message("a/" + seconds, payload, Qos.AT_LEAST_ONCE, false, expiring));
      }

      broker.advance(Duration.ofSeconds(1000));

      Connect resuming =
          new Connect(
              ProtocolVersion.V5,
              false,
              0,
              "kept",
              null,
              null,
              null,
              Properties.of(Property.SESSION_EXPIRY_INTERVAL, 7200));
      try (RawClient client = RawClient.connected(broker.port(), resuming)) {
        Publish left = client.expect(Publish.class);
        assertThat(left.message().topic()).isEqualTo("a/3000");
        assertThat(left.message().properties().number(Property.MESSAGE_EXPIRY_INTERVAL))
            .as("what is left")
            .hasValue(2000);
      }
    }
  }

  @Test
  void aThousandClientsLiveThroughAnHourOfKeepAlive() throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.create().drivenTime().start()) {
      List<RawClient> open = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        open.add(new Silent("c" + i, 0, 0).connect(broker));
      }
      broker.advance(Duration.ofHours(1));
      assertThat(broker.connected()).isEmpty();
      assertThat(broker.messages("will/#").all()).hasSize(1000);
      for (RawClient each : open) {
        each.close();
      }
    }
  }
}
