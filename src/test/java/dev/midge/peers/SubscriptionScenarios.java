package dev.midge.peers;

import static dev.midge.peers.Peer.message;
import static dev.midge.peers.Peer.retained;
import static dev.midge.peers.Peer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Subscriptions with all their options, shared ones, and retained messages. */
interface SubscriptionScenarios {
  Stand stand();

  private static Subscription with(
      String filter, boolean noLocal, boolean retainAsPublished, int retainHandling) {
    return new Subscription(filter, Qos.AT_LEAST_ONCE, noLocal, retainAsPublished, retainHandling);
  }

  @EachLibrary
  default void retainedMessagesAreKeptReplacedAndCleared(Library library) throws Exception {
    Peer publisher = stand().peer(library, "p");
    publisher.publish(retained("r/a", "old"));
    publisher.publish(retained("r/a", "new"));
    publisher.publish(retained("r/b", "x"));
    publisher.publish(retained("r/b", ""));
    Peer subscriber = stand().peer(library, "s");
    subscriber.subscribe("r/#", Qos.AT_LEAST_ONCE);
    Message kept = subscriber.next();
    assertThat(kept).isEqualTo(retained("r/a", "new"));
    publisher.publish(retained("r/a", "live"));
    Message live = subscriber.next();
    assertThat(live.retain()).as("to one who was there, it is a message as any other").isFalse();
    assertThat(text(live)).isEqualTo("live");
    subscriber.subscribe("r/#", Qos.AT_LEAST_ONCE);
    assertThat(subscriber.next()).isEqualTo(retained("r/a", "live"));
    publisher.publish("r/end", "end", Qos.AT_LEAST_ONCE);
    assertThat(text(subscriber.next())).isEqualTo("end");
  }

  @EachLibrary.OfMqtt5
  default void retainedMessagesKeepTheirProperties(Library library) throws Exception {
    Peer publisher = stand().peer(library, "p");
    publisher.publish(retained("r", "x").withProperties(PublishScenarios.EVERYTHING));
    Peer subscriber = stand().peer(library, "s");
    subscriber.subscribe("r", Qos.AT_LEAST_ONCE);
    assertThat(subscriber.next().properties()).isEqualTo(PublishScenarios.EVERYTHING);
  }

  @EachLibrary.OfMqtt5
  default void retainHandlingSaysWhoGetsRetainedMessages(Library library) throws Exception {
    Peer peer = stand().peer(library, "c");
    peer.publish(retained("r", "kept"));
    peer.subscribe(Properties.NONE, with("r", false, false, 2));
    peer.publish("r", "1", Qos.AT_LEAST_ONCE);
    assertThat(peer.payloads(1)).containsExactly("1");
    peer.subscribe(Properties.NONE, with("r", false, false, 1)); // it is not new
    peer.publish("r", "2", Qos.AT_LEAST_ONCE);
    assertThat(peer.payloads(1)).containsExactly("2");
    peer.unsubscribe("r");
    peer.subscribe(Properties.NONE, with("r", false, false, 1));
    assertThat(peer.payloads(1)).containsExactly("kept");
    peer.subscribe(Properties.NONE, with("r", false, false, 0));
    assertThat(peer.payloads(1)).containsExactly("kept");
  }

  @EachLibrary.OfMqtt5
  default void noLocalKeepsOnesOwnMessagesAway(Library library) throws Exception {
    Peer peer = stand().peer(library, "c");
    peer.subscribe(Properties.NONE, with("a", true, false, 0));
    peer.publish("a", "own", Qos.AT_LEAST_ONCE);
    Peer other = stand().peer(library, "other");
    other.publish("a", "other's", Qos.AT_LEAST_ONCE);
    assertThat(peer.payloads(1)).containsExactly("other's");
  }

  @EachLibrary.OfMqtt5
  default void retainAsPublishedKeepsTheFlag(Library library) throws Exception {
    Peer with = stand().peer(library, "with");
    with.subscribe(Properties.NONE, with("a", false, true, 0));
    Peer without = stand().peer(library, "without");
    without.subscribe(Properties.NONE, with("a", false, false, 0));
    without.publish(retained("a", "1"));
    without.publish("a", "2", Qos.AT_LEAST_ONCE);
    assertThat(with.next().retain()).isTrue();
    assertThat(with.next().retain()).isFalse();
    assertThat(without.next().retain()).isFalse();
    assertThat(without.next().retain()).isFalse();
  }

  @EachLibrary.OfMqtt5
  default void subscriptionIdentifiersComeWithMessages(Library library) throws Exception {
    assumeThat(library.showsSubscriptionIdentifiers()).isTrue();
    Peer peer = stand().peer(library, "c");
    peer.subscribe(
        Properties.of(Property.SUBSCRIPTION_IDENTIFIER, 268435455),
        Subscription.of("a/+", Qos.EXACTLY_ONCE));
    peer.subscribe(
        Properties.of(Property.SUBSCRIPTION_IDENTIFIER, 7),
        Subscription.of("a/b", Qos.AT_LEAST_ONCE));
    peer.publish("a/c", "x", Qos.AT_LEAST_ONCE);
    assertThat(peer.next().properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0))
        .isEqualTo(268435455);
    // One message for both, or one for each: both is allowed.
    peer.publish("a/b", "x", Qos.EXACTLY_ONCE);
    List<Object> seen = new ArrayList<>();
    while (seen.size() < 2) {
      for (Properties.Entry entry : peer.next().properties().entries()) {
        seen.add(entry.value());
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(268435455L, 7L);
  }

  @EachLibrary
  default void whoUnsubscribesGetsNoMore(Library library) throws Exception {
    Peer peer = stand().peer(library, "c");
    peer.subscribe("a/+", Qos.AT_LEAST_ONCE);
    peer.subscribe("end", Qos.AT_LEAST_ONCE);
    peer.publish("a/b", "1", Qos.AT_LEAST_ONCE);
    assertThat(peer.payloads(1)).containsExactly("1");
    List<Integer> reasons = peer.unsubscribe("a/+", "never");
    if (library.version.isV5()) {
      assertThat(reasons).containsExactly(0, 0x11);
      assertThat(peer.publish("a/b", "2", Qos.AT_LEAST_ONCE)).isEqualTo(0x10);
    } else {
      peer.publish("a/b", "2", Qos.AT_LEAST_ONCE);
    }
    peer.publish("end", "3", Qos.AT_LEAST_ONCE);
    assertThat(peer.payloads(1)).containsExactly("3");
  }

  @ParameterizedTest
  @EnumSource(
      value = Library.class,
      names = {"PAHO_5", "HIVEMQ_5", "HIVEMQ_3", "PAHO_3_1_1"})
  default void threeShareAndEachMessageComesOnce(Library library) throws Exception {
    List<Peer> members = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Peer member = stand().peer(library, "m" + i);
      member.subscribe("$share/group/work/#", Qos.EXACTLY_ONCE);
      members.add(member);
    }
    Peer whole = stand().peer(library, "whole");
    whole.subscribe("work/#", Qos.EXACTLY_ONCE);
    Peer publisher = stand().peer(library, "p");
    int count = 60;
    for (int i = 0; i < count; i++) {
      publisher.publish("work/" + i, "" + i, Qos.of(1 + i % 2));
    }
    assertThat(whole.payloads(count)).hasSize(count);
    List<String> got = new ArrayList<>();
    for (Peer member : members) {
      List<String> share = member.payloads(count / 3);
      got.addAll(share);
    }
    assertThat(new HashSet<>(got)).hasSize(count);
    assertThat(members).allMatch(member -> member.arrivals().waiting() == 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Library.class,
      names = {"PAHO_5", "HIVEMQ_5"})
  default void whenAMemberDiesTheOthersGoOn(Library library) throws Exception {
    CutLine line = stand().line();
    Peer victim =
        stand().peer(library, line, Stand.connect(library, "victim", null, Properties.NONE));
    victim.subscribe("$share/group/work", Qos.AT_LEAST_ONCE);
    Peer one = stand().peer(library, "one");
    one.subscribe("$share/group/work", Qos.AT_LEAST_ONCE);
    Peer two = stand().peer(library, "two");
    two.subscribe("$share/group/work", Qos.AT_LEAST_ONCE);
    Peer publisher = stand().peer(library, "p");
    for (int i = 0; i < 3; i++) {
      publisher.publish("work", "before " + i, Qos.AT_LEAST_ONCE);
    }
    assertThat(victim.payloads(1)).hasSize(1);
    assertThat(one.payloads(1)).hasSize(1);
    assertThat(two.payloads(1)).hasSize(1);
    line.cut();
    victim.arrivals().awaitEnd();
    // The broker may see the cut later than we do: what goes to the dead one meanwhile is lost.
    await()
        .atMost(Duration.ofSeconds(Peer.LIMIT))
        .until(
            () -> {
              int before = one.arrivals().waiting() + two.arrivals().waiting();
              for (int i = 0; i < 3; i++) {
                publisher.publish("work", "probe", Qos.AT_LEAST_ONCE);
              }
              publisher.publishing(message("other", "x", Qos.AT_LEAST_ONCE)).get();
              return one.arrivals().waiting() + two.arrivals().waiting() >= before + 3;
            });
    await().until(() -> one.arrivals().rest().size() + two.arrivals().rest().size() == 0);
    for (int i = 0; i < 20; i++) {
      publisher.publish("work", "after", Qos.AT_LEAST_ONCE);
    }
    assertThat(one.payloads(10)).containsOnly("after");
    assertThat(two.payloads(10)).containsOnly("after");
  }
}
