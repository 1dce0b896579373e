package dev.midge.peers;

import static dev.midge.peers.Peer.message;
import static dev.midge.peers.Peer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Messages on their way through a broker: whole, with all that belongs to them. */
interface PublishScenarios {
  Stand stand();

  /** All that a message can carry, but for its expiry. */
  Properties EVERYTHING =
      Properties.builder()
          .add(Property.PAYLOAD_FORMAT_INDICATOR, 1)
          .add(Property.CONTENT_TYPE, "text/plain; charset=utf-8")
          .add(Property.RESPONSE_TOPIC, "answers/hé")
          .add(Property.CORRELATION_DATA, new byte[] {0, 1, (byte) 0xFF, 'x'})
          .userProperty("k", "v")
          .userProperty("a", "")
          .userProperty("", "z")
          .userProperty("k", "v")
          .userProperty("k", "other")
          .build();

  @EachLibrary
  default void everyQosReachesEveryOtherLibrary(Library library) throws Exception {
    List<Peer> subscribers = new ArrayList<>();
    for (Library other : Library.values()) {
      Peer subscriber = stand().peer(other, "s-" + other);
      assertThat(subscriber.subscribe("a/+", Qos.EXACTLY_ONCE)).containsExactly(2);
      subscribers.add(subscriber);
    }
    Peer publisher = stand().peer(library, "p");
    for (Qos qos : Qos.values()) {
      publisher.publish("a/b", "hé " + qos, qos);
    }
    for (Peer subscriber : subscribers) {
      for (Qos qos : Qos.values()) {
        assertThat(subscriber.next()).isEqualTo(message("a/b", "hé " + qos, qos));
      }
    }
  }

  @EachLibrary
  default void theSubscriptionsQosIsTheHighest(Library library) throws Exception {
    Peer peer = stand().peer(library, "c");
    assertThat(
            peer.subscribe(
                Properties.NONE,
                Subscription.of("0", Qos.AT_MOST_ONCE),
                Subscription.of("1", Qos.AT_LEAST_ONCE),
                Subscription.of("2", Qos.EXACTLY_ONCE)))
        .containsExactly(0, 1, 2);
    for (int granted = 0; granted <= 2; granted++) {
      for (Qos qos : Qos.values()) {
        peer.publish("" + granted, "x", qos);
        assertThat(peer.next().qos()).isEqualTo(qos.min(Qos.of(granted)));
      }
    }
  }

  @EachLibrary.OfMqtt5
  default void everyPropertyOfAMessageTravels(Library library) throws Exception {
    Peer subscriber = stand().peer(library, "s");
    subscriber.subscribe("a", Qos.EXACTLY_ONCE);
    Peer publisher = stand().peer(library, "p");
    for (Qos qos : Qos.values()) {
      publisher.publish(message("a", "x", qos).withProperties(EVERYTHING));
      Message got = subscriber.next();
      assertThat(got.properties()).isEqualTo(EVERYTHING);
    }
    Properties expiring = EVERYTHING.plus(Property.MESSAGE_EXPIRY_INTERVAL, 1000);
    publisher.publish(message("a", "x", Qos.AT_LEAST_ONCE).withProperties(expiring));
    Properties got = subscriber.next().properties();
    assertThat(got.without(Property.MESSAGE_EXPIRY_INTERVAL)).isEqualTo(EVERYTHING);
    assertThat(got.number(Property.MESSAGE_EXPIRY_INTERVAL, 0)).isBetween(990L, 1000L);
  }

  @EachLibrary.OfMqtt5
  default void aRequestFindsItsResponse(Library library) throws Exception {
    Peer responder = stand().peer(library, "responder");
    responder.subscribe("ask", Qos.AT_LEAST_ONCE);
    Peer asker = stand().peer(library, "asker");
    asker.subscribe("answers/1", Qos.AT_LEAST_ONCE);
    Properties question =
        Properties.builder()
            .add(Property.RESPONSE_TOPIC, "answers/1")
            .add(Property.CORRELATION_DATA, new byte[] {42, 0})
            .build();
    asker.publish(message("ask", "?", Qos.AT_LEAST_ONCE).withProperties(question));
    Properties asked = responder.next().properties();
    responder.publish(
        message(asked.text(Property.RESPONSE_TOPIC), "!", Qos.AT_LEAST_ONCE)
            .withProperties(
                Properties.builder()
                    .add(Property.CORRELATION_DATA, asked.bytes(Property.CORRELATION_DATA))
                    .build()));
    Message answer = asker.next();
    assertThat(text(answer)).isEqualTo("!");
    assertThat(answer.properties().bytes(Property.CORRELATION_DATA)).containsExactly(42, 0);
  }

  @EachLibrary
  default void wildTopicsAreTopics(Library library) throws Exception {
    Peer peer = stand().peer(library, "c");
    peer.subscribe("#", Qos.AT_LEAST_ONCE);
    List<String> topics =
        new ArrayList<>(
            List.of(
                "/",
                "//",
                "a//b",
                "/a",
                "a/",
                " ",
                "a b/ c ",
                "ünï/ﬁ/日本",
                "x".repeat(2000),
                "d" + "/d".repeat(150),
                "no$dollar",
                "a/$b"));
    if (library.knowsEmoji()) {
      topics.add("🦟/😀");
    }
    for (String topic : topics) {
      peer.publish(topic, "x", Qos.AT_LEAST_ONCE);
      assertThat(peer.next().topic()).isEqualTo(topic);
    }
    // What starts with a dollar is not for those who want everything.
    peer.publish("$hidden", "x", Qos.AT_LEAST_ONCE);
    peer.publish("end", "x", Qos.AT_LEAST_ONCE);
    assertThat(peer.next().topic()).isEqualTo("end");
    peer.subscribe("$hidden/#", Qos.AT_LEAST_ONCE);
    peer.publish("$hidden", "x", Qos.AT_LEAST_ONCE);
    assertThat(peer.next().topic()).isEqualTo("$hidden");
  }

  @EachLibrary
  default void almostTwoMegabytesFit(Library library) throws Exception {
    largePayload(library, 1_900_000, Qos.values());
  }

  @EachLibrary
  default void twentyMegabytesFitIfTheBrokerSaysSo(Library library) throws Exception {
    stand().serve("max_packet_size 30000000");
    largePayload(library, 20_000_000, Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE);
  }

  private void largePayload(Library library, int size, Qos... levels) throws Exception {
    byte[] payload = new byte[size];
    new Random(size).nextBytes(payload);
    Peer subscriber = stand().peer(library, "s");
    subscriber.subscribe("big", Qos.EXACTLY_ONCE);
    Peer publisher = stand().peer(library, "p");
    for (Qos qos : levels) {
      Message sent = Message.of("big", payload, qos, false);
      publisher.publish(sent);
      assertThat(subscriber.next().equals(sent)).as("%s arrives as it was", qos).isTrue();
    }
  }

  @EachLibrary
  default void emptyPayloadsAreMessagesToo(Library library) throws Exception {
    Peer peer = stand().peer(library, "c");
    peer.subscribe("a", Qos.EXACTLY_ONCE);
    for (Qos qos : Qos.values()) {
      peer.publish("a", "", qos);
      assertThat(peer.next()).isEqualTo(message("a", "", qos));
    }
  }

  @EachLibrary
  default void manyMessagesStayInOrder(Library library) throws Exception {
    Peer subscriber = stand().peer(library, "s");
    subscriber.subscribe("n/#", Qos.EXACTLY_ONCE);
    Peer publisher = stand().peer(library, "p");
    int count = 500;
    for (Qos qos : Qos.values()) {
      List<CompletableFuture<Integer>> under = new ArrayList<>();
      List<String> sent = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        sent.add("" + i);
        under.add(publisher.publishing(message("n/" + qos, "" + i, qos)));
      }
      for (CompletableFuture<Integer> each : under) {
        each.get(Peer.LIMIT, TimeUnit.SECONDS);
      }
      assertThat(subscriber.payloads(count)).isEqualTo(sent);
    }
  }
}
