package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetainedTest {
  private final Rig rig = new Rig();
  private final TestClient publisher = rig.connect("p");

  private List<String> retained(String filter) {
    TestClient client = rig.connect("reader");
    client.subscribe(filter, Qos.EXACTLY_ONCE);
    return client.received();
  }

  @Test
  void theLastMessageOfATopicIsForWhoComesLater() {
    publisher.retain("a", "old");
    publisher.retain("a", "new");
    publisher.publish("a", "not retained", Qos.AT_MOST_ONCE);
    assertThat(retained("a")).containsExactly("a new");
  }

  @Test
  void parentsComeBeforeChildren() {
    publisher.retain("1/2/3", "c");
    publisher.retain("1", "a");
    publisher.retain("1/2", "b");
    assertThat(retained("#")).containsExactly("1 a", "1/2 b", "1/2/3 c");
    assertThat(retained("1/#")).containsExactly("1 a", "1/2 b", "1/2/3 c");
    assertThat(retained("1/+")).containsExactly("1/2 b");
    assertThat(retained("+/+/3")).containsExactly("1/2/3 c");
  }

  @Test
  void wildcardsAtTheStartDoNotShowHiddenTopics() {
    publisher.retain("$mine/a", "x");
    publisher.retain("a/$b", "y");
    assertThat(retained("#")).containsExactly("a/$b y");
    assertThat(retained("+/+")).containsExactly("a/$b y");
    assertThat(retained("$mine/#")).containsExactly("$mine/a x");
  }

  @Test
  void anEmptyMessageClearsAndIsStillDelivered() {
    TestClient client = rig.connect("live");
    client.subscribe("a/#", Qos.AT_MOST_ONCE);
    publisher.retain("a/b", "x");
    publisher.retain("a/b", "");
    assertThat(client.received()).containsExactly("a/b x", "a/b ");
    assertThat(retained("#")).isEmpty();
  }

  @Test
  void anExpiredMessageIsGone() {
    publisher.publish(
        new Message(
            "a",
            "x".getBytes(),
            Qos.AT_MOST_ONCE,
            true,
            Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, 10)));
    rig.time.advanceSeconds(4);
    TestClient client = rig.connect("reader");
    client.subscribe("a", Qos.AT_MOST_ONCE);
    assertThat(client.publishes())
        .singleElement()
        .matches(
            each -> each.message().properties().number(Property.MESSAGE_EXPIRY_INTERVAL, 0) == 6);
    rig.time.advanceSeconds(6);
    assertThat(retained("a")).isEmpty();
  }

  @Test
  void retainHandlingSaysWhenTheyAreSent() {
    publisher.retain("a", "x");
    TestClient client = rig.connect(ConnectOptions.of("c").expiry(100));
    client.subscribe(new Subscription("a", Qos.AT_MOST_ONCE, false, false, 2), 0);
    assertThat(client.received()).isEmpty();
    client.subscribe(new Subscription("a", Qos.AT_MOST_ONCE, false, false, 1), 0);
    assertThat(client.received()).isEmpty();
    client.subscribe(new Subscription("a", Qos.AT_MOST_ONCE, false, false, 0), 0);
    assertThat(client.received()).containsExactly("a x");
    client.subscribe(new Subscription("+", Qos.AT_MOST_ONCE, false, false, 1), 0);
    assertThat(client.received()).containsExactly("a x");
  }

  @Test
  void aSharedSubscriptionGetsNone() {
    publisher.retain("a", "x");
    assertThat(retained("$share/g/a")).isEmpty();
  }

  @Test
  void theRetainFlagIsForStoredMessagesAndForThoseWhoWantItAsPublished() {
    TestClient plain = rig.connect("plain");
    plain.subscribe("a", Qos.AT_MOST_ONCE);
    TestClient asPublished = rig.connect("as published");
    asPublished.subscribe(new Subscription("a", Qos.AT_MOST_ONCE, false, true, 0), 0);
    publisher.retain("a", "x");
    TestClient late = rig.connect("late");
    late.subscribe("a", Qos.AT_MOST_ONCE);
    assertThat(plain.publishes().get(0).message().retain()).isFalse();
    assertThat(asPublished.publishes().get(0).message().retain()).isTrue();
    assertThat(late.publishes().get(0).message().retain()).isTrue();
  }

  @Test
  void whatIsExpiredIsSweptAwayEvenIfNobodyAsksForIt() {
    Properties soon = Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, 10);
    Properties late = Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, 300);
    byte[] payload = {1};
    publisher.publish(new Message("a/b/c", payload, Qos.AT_MOST_ONCE, true, soon));
    publisher.publish(new Message("a/b/d", payload, Qos.AT_MOST_ONCE, true, late));
    rig.time.advanceSeconds(61);
    assertThat(rig.router.retained.isEmpty()).isFalse();
    rig.time.advanceSeconds(240);
    assertThat(rig.router.retained.isEmpty()).isTrue();
    publisher.publish(new Message("a/b/c", payload, Qos.AT_MOST_ONCE, true, soon));
    rig.time.advanceSeconds(61);
    assertThat(rig.router.retained.isEmpty()).isTrue();
  }
}
