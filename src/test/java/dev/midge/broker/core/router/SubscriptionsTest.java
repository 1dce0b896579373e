package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
  private final Rig rig = new Rig();

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
