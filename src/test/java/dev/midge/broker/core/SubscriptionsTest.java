package dev.midge.broker.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.core.Rig.ConnectOptions;
import dev.midge.broker.core.Rig.TestClient;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
  private final Rig rig = new Rig();

  private static final String[] LEVELS = {"a", "b", "", "$x", "+"};

  private static String random(Random random, boolean filter) {
    StringBuilder text = new StringBuilder();
    int depth = 1 + random.nextInt(4);
    for (int i = 0; i < depth; i++) {
      text.append(i == 0 ? "" : "/").append(LEVELS[random.nextInt(filter ? 5 : 4)]);
    }
    if (filter && random.nextInt(3) == 0) {
      text.append("/#");
    }
    return text.toString();
  }

  @Test
  void theTreeFindsExactlyWhatEachFilterMatchesByItself() {
    Random random = new Random(42);
    for (int round = 0; round < 300; round++) {
      Subscriptions tree = new Subscriptions();
      List<SessionSubscription> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Session session =
            new Session(
                "s" + i,
                Limits.DEFAULT,
                new BrokerObserver() {},
                (delivery, by, now) -> {},
                new MemoryGuard(Memory.PLENTY, new BrokerObserver() {}));
        String filter = i == 0 ? "#" : random(random, true);
        SessionSubscription subscription =
            new SessionSubscription(session, Subscription.of(filter, Qos.AT_MOST_ONCE), 0);
        tree.add(subscription);
        all.add(subscription);
      }
      for (int i = 0; i < 20; i++) {
        if (random.nextInt(4) == 0) {
          SessionSubscription gone = all.remove(random.nextInt(all.size()));
          tree.remove(gone.session(), gone.options().filter());
        }
        String topic = random(random, false);
        List<SessionSubscription> wanted =
            all.stream().filter(each -> Topics.matches(each.options().filter(), topic)).toList();
        // Twice: the second answer comes from memory.
        assertThat(tree.match(topic).plain()).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(tree.match(topic).plain()).containsExactlyInAnyOrderElementsOf(wanted);
      }
    }
  }

  @Test
  void overlappingFiltersGiveACopyEachWithItsOwnIdentifier() {
    TestClient client = rig.connect("c");
    client.subscribe(Subscription.of("a/#", Qos.AT_MOST_ONCE), 1);
    client.subscribe(Subscription.of("a/+", Qos.AT_MOST_ONCE), 268435455);
    rig.connect("p").publish("a/b", "x", Qos.AT_MOST_ONCE);
    assertThat(client.publishes())
        .extracting(each -> each.message().properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0))
        .containsExactlyInAnyOrder(1L, 268435455L);
  }

  @Test
  void aFilterThatIsHeldAlreadyIsReplacedWithItsIdentifierAndOptions() {
    TestClient client = rig.connect("c");
    client.subscribe(Subscription.of("a", Qos.AT_LEAST_ONCE), 7);
    client.subscribe(Subscription.of("a", Qos.AT_MOST_ONCE), 0);
    rig.connect("p").publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(client.publishes())
        .singleElement()
        .matches(each -> each.message().qos() == Qos.AT_MOST_ONCE)
        .matches(each -> each.message().properties().isEmpty());
  }

  @Test
  void noLocalHoldsBackOnlyTheOwnMessages() {
    TestClient client = rig.connect("c");
    client.subscribe(new Subscription("a", Qos.AT_MOST_ONCE, true, false, 0), 0);
    client.publish("a", "own", Qos.AT_MOST_ONCE);
    rig.connect("p").publish("a", "other", Qos.AT_MOST_ONCE);
    assertThat(client.received()).containsExactly("a other");
  }

  @Test
  void unsubscribeSaysWhatWasThere() {
    TestClient client = rig.connect("c");
    client.subscribe("a", Qos.AT_MOST_ONCE);
    client.subscribe("$share/g/a", Qos.AT_MOST_ONCE);
    client.send(new Unsubscribe(9, List.of("a", "b"), Properties.NONE));
    assertThat(client.peer.next()).isEqualTo(new Unsuback(9, List.of(0x00, 0x11), Properties.NONE));
    rig.connect("p").publish("a", "shared", Qos.AT_MOST_ONCE);
    assertThat(client.received()).containsExactly("a shared");
  }

  @Test
  void theMembersOfASharedSubscriptionTakeTurnsTheFirstFirst() {
    TestClient one = rig.connect("1");
    TestClient two = rig.connect("2");
    TestClient plain = rig.connect("plain");
    TestClient otherGroup = rig.connect("other");
    one.subscribe("$share/g/a", Qos.AT_MOST_ONCE);
    two.subscribe("$share/g/a", Qos.AT_MOST_ONCE);
    plain.subscribe("a", Qos.AT_MOST_ONCE);
    otherGroup.subscribe("$share/h/a", Qos.AT_MOST_ONCE);
    TestClient publisher = rig.connect("p");
    for (int i = 1; i <= 4; i++) {
      publisher.publish("a", "" + i, Qos.AT_MOST_ONCE);
    }
    assertThat(one.received()).containsExactly("a 1", "a 3");
    assertThat(two.received()).containsExactly("a 2", "a 4");
    assertThat(plain.received()).hasSize(4);
    assertThat(otherGroup.received()).hasSize(4);
  }

  @Test
  void aSharedMessageGoesToAMemberWhoIsThereIfThereIsOne() {
    TestClient away = rig.connect(ConnectOptions.of("away").expiry(100));
    away.subscribe("$share/g/a", Qos.AT_LEAST_ONCE);
    away.drop();
    TestClient publisher = rig.connect("p");
    publisher.publish("a", "1", Qos.AT_LEAST_ONCE);
    TestClient there = rig.connect("there");
    there.subscribe("$share/g/a", Qos.AT_LEAST_ONCE);
    publisher.publish("a", "2", Qos.AT_LEAST_ONCE);
    publisher.publish("a", "3", Qos.AT_LEAST_ONCE);
    assertThat(there.received()).containsExactly("a 2", "a 3");
    assertThat(rig.connect(ConnectOptions.of("away").resume().expiry(100)).received())
        .containsExactly("a 1");
  }
}
