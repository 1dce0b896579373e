package dev.midge.peers;

import static dev.midge.peers.Peer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.testing.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions that outlive connections, and what limits the flow within one. */
interface SessionScenarios {
  Stand stand();

  @EachLibrary
  default void aKeptSessionFindsItsMessages(Library library) throws Exception {
    Peer kept = stand().peer(library, Stand.kept(library, "kept", null, 1000));
    assertThat(kept.sessionPresent()).isFalse();
    kept.subscribe("a", Qos.EXACTLY_ONCE);
    kept.disconnect();
    Peer publisher = stand().peer(library, "p");
    for (int i = 0; i < 30; i++) { // in order of sending within one QoS
      publisher.publish("a", "" + i, i < 15 ? Qos.AT_LEAST_ONCE : Qos.EXACTLY_ONCE);
    }
    kept.reconnect(false);
    assertThat(kept.sessionPresent()).isEqualTo(library != Library.PAHO_3_1);
    assertThat(kept.payloads(30)).isEqualTo(IntStream.range(0, 30).mapToObj(i -> "" + i).toList());
    kept.disconnect();
    kept.reconnect(true);
    assertThat(kept.sessionPresent()).isFalse();
    assertThat(publisher.publish("a", "x", Qos.AT_LEAST_ONCE))
        .isEqualTo(library.version.isV5() ? 0x10 : 0);
  }

  @EachLibrary.OfMqtt5
  default void aSessionEndsWhenItExpires(Library library) throws Exception {
    Peer kept = stand().peer(library, Stand.kept(library, "kept", null, 1));
    kept.subscribe("a", Qos.AT_LEAST_ONCE);
    Peer publisher = stand().peer(library, "p");
    assertThat(publisher.publish("a", "x", Qos.AT_LEAST_ONCE)).isZero();
    kept.disconnect();
    // The broker says itself when the subscription is gone: nobody wants the message.
    await()
        .atMost(Duration.ofSeconds(Peer.LIMIT))
        .until(() -> publisher.publish("a", "x", Qos.AT_LEAST_ONCE) == 0x10);
    kept.reconnect(false);
    assertThat(kept.sessionPresent()).isFalse();
  }

  @EachLibrary.OfMqtt5
  default void anExpiredMessageIsNotDelivered(Library library) throws Exception {
    Peer kept = stand().peer(library, Stand.kept(library, "kept", null, 1000));
    kept.subscribe("a", Qos.AT_LEAST_ONCE);
    kept.disconnect();
    Peer publisher = stand().peer(library, "p");
    for (int seconds : new int[] {1, 100}) {
      publisher.publish(
          message("a", "" + seconds, Qos.AT_LEAST_ONCE)
              .withProperties(Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, seconds)));
    }
    // Time itself is what is tried here.
    await().pollDelay(Duration.ofMillis(2500)).until(() -> true);
    kept.reconnect(false);
    Message got = kept.next();
    assertThat(Peer.text(got)).isEqualTo("100");
    assertThat(got.properties().number(Property.MESSAGE_EXPIRY_INTERVAL, 0)).isBetween(80L, 98L);
  }

  static List<Object[]> receiveMaxima() {
    List<Object[]> all = new ArrayList<>();
    for (Library library : List.of(Library.PAHO_5, Library.HIVEMQ_5)) {
      for (int maximum : new int[] {1, 2}) {
        all.add(new Object[] {library, maximum});
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("dev.midge.peers.SessionScenarios#receiveMaxima")
  default void aSmallReceiveMaximumOfTheClientLosesNothing(Library library, int maximum)
      throws Exception {
    assumeThat(library == Library.PAHO_5 || stand().server().isOurs())
        .as("mosquitto 2.0.11 exceeds it at times, and HiveMQ's counts")
        .isTrue();
    Peer subscriber =
        stand()
            .peer(
                library,
                RawClient.connect(
                    library.version,
                    "s",
                    true,
                    null,
                    Properties.of(Property.RECEIVE_MAXIMUM, maximum)));
    subscriber.subscribe("a", Qos.EXACTLY_ONCE);
    Peer publisher = stand().peer(library, "p");
    allArriveInOrder(publisher, subscriber, 300);
  }

  @ParameterizedTest
  @MethodSource("dev.midge.peers.SessionScenarios#receiveMaxima")
  default void aSmallReceiveMaximumOfTheBrokerLosesNothing(Library library, int maximum)
      throws Exception {
    stand().serve("max_inflight_messages " + maximum);
    Peer subscriber = stand().peer(library, "s");
    subscriber.subscribe("a", Qos.EXACTLY_ONCE);
    Peer publisher = stand().peer(library, "p");
    allArriveInOrder(publisher, subscriber, 300);
  }

  private void allArriveInOrder(Peer publisher, Peer subscriber, int count) throws Exception {
    List<CompletableFuture<Integer>> acknowledged = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      acknowledged.add(publisher.publishing(message("a", "" + i, Qos.EXACTLY_ONCE)));
    }
    for (CompletableFuture<Integer> each : acknowledged) {
      each.get(Peer.LIMIT, TimeUnit.SECONDS);
    }
    assertThat(subscriber.payloads(count))
        .isEqualTo(IntStream.range(0, count).mapToObj(i -> "" + i).toList());
  }

  @EachLibrary.OfMqtt5
  default void topicAliasesOfTheLibraryAreUnderstood(Library library) throws Exception {
    Peer subscriber = stand().peer(library, "s");
    subscriber.subscribe("#", Qos.AT_LEAST_ONCE);
    Peer publisher = stand().peer(library, "p");
    // More topics than the ten aliases that the broker takes.
    for (int round = 0; round < 3; round++) {
      for (int topic = 0; topic < 15; topic++) {
        publisher.publish("t/" + topic, "" + round, Qos.AT_LEAST_ONCE);
        Message got = subscriber.next();
        assertThat(got).isEqualTo(message("t/" + topic, "" + round, Qos.AT_LEAST_ONCE));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Library.class,
      names = {"HIVEMQ_5", "PAHO_5"})
  default void topicAliasesOfTheBrokerAreUnderstood(Library library) throws Exception {
    assumeThat(library.understandsAliases()).isTrue();
    Peer subscriber =
        stand()
            .peer(
                library,
                RawClient.connect(
                    library.version,
                    "s",
                    true,
                    null,
                    Properties.of(Property.TOPIC_ALIAS_MAXIMUM, 5)));
    subscriber.subscribe("#", Qos.EXACTLY_ONCE);
    Peer publisher = stand().peer(library, "p");
    for (int round = 0; round < 3; round++) {
      for (int topic = 0; topic < 12; topic++) {
        Message sent = message("t/" + topic, "" + round, Qos.of(round));
        publisher.publish(sent);
        assertThat(subscriber.next()).isEqualTo(sent);
      }
    }
  }
}
