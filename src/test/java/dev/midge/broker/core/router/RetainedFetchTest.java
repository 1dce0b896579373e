package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Unsubscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Retained messages are fetched as the client takes them, and the store changes meanwhile. */
class RetainedFetchTest {
  private final Rig rig = new Rig();
  private final TestClient publisher = rig.connect("p");

  private void retain(int from, int to, Qos qos) {
    for (int i = from; i <= to; i++) {
      retain(String.format("t/%04d", i), "v1", qos);
    }
  }

  private void retain(String topic, String payload, Qos qos) {
    publisher.publish(Message.of(topic, payload.getBytes(), qos, true));
    publisher.peer.all();
  }

  /** Takes and acknowledges so many messages at most. */
  private List<String> take(TestClient client, int most) {
    List<String> got = new ArrayList<>();
    List<Publish> next;
    while (got.size() < most && !(next = client.publishes()).isEmpty()) {
      for (Publish each : next) {
        Message message = each.message();
        got.add(
            message.topic()
                + " "
                + new String(message.payload())
                + (message.retain() ? " retained" : ""));
      }
      for (Publish each : next) {
        if (each.packetId() != 0) {
          client.ack(PacketType.PUBACK, each.packetId());
        }
      }
      if (client.client.waitsForSocket()) {
        client.client.writable(rig.time.now());
      }
    }
    return got;
  }

  private List<String> takeAll(TestClient client) {
    return take(client, Integer.MAX_VALUE);
  }

  private static ConnectOptions reader() {
    return ConnectOptions.of("reader").with(Property.RECEIVE_MAXIMUM, 5);
  }

  @Test
  void theyTakeNoPlaceInTheQueue() {
    retain(1, 3000, Qos.AT_LEAST_ONCE);
    TestClient client = rig.connect(reader());
    client.subscribe("t/#", Qos.AT_LEAST_ONCE);
    for (int i = 0; i < 1000; i++) {
      publisher.publish("t/live", "n" + i, Qos.AT_LEAST_ONCE);
    }
    List<String> got = takeAll(client);
    assertThat(got).hasSize(4000).doesNotHaveDuplicates();
    assertThat(got.stream().filter(each -> each.contains("live"))).hasSize(1000);
    assertThat(rig.events).isEmpty();
  }

  @Test
  void ofQos0AsTheSocketTakesThem() {
    retain(1, 3000, Qos.AT_LEAST_ONCE);
    TestClient client = rig.connect(reader());
    client.subscribe("t/#", Qos.AT_MOST_ONCE);
    assertThat(client.client.waitsForSocket()).isTrue();
    assertThat(takeAll(client)).hasSize(3000).doesNotHaveDuplicates().isSorted();
    assertThat(client.client.waitsForSocket()).isFalse();
  }

  @Test
  void whatChangesMeanwhileComesOnceAndIsTheNewest() {
    retain(1, 100, Qos.AT_LEAST_ONCE);
    TestClient client = rig.connect(reader());
    client.subscribe("t/#", Qos.AT_LEAST_ONCE);
    retain("t/0050", "v2", Qos.AT_LEAST_ONCE);
    retain("t/0060", "", Qos.AT_LEAST_ONCE);
    retain("t/0070", "", Qos.AT_LEAST_ONCE);
    retain("t/0070", "v3", Qos.AT_LEAST_ONCE);
    retain("t/0101", "new", Qos.AT_LEAST_ONCE);
    List<String> got = takeAll(client);
    assertThat(got)
        .containsSubsequence(
            "t/0050 v2", "t/0060 ", "t/0070 ", "t/0070 v3", "t/0101 new", "t/0100 v1 retained")
        .doesNotContain("t/0050 v1 retained", "t/0060 v1 retained", "t/0070 v1 retained")
        .hasSize(97 + 5);
    TestClient late = rig.connect("late");
    late.subscribe("t/#", Qos.AT_LEAST_ONCE);
    assertThat(takeAll(late)).hasSize(100).contains("t/0050 v2 retained", "t/0070 v3 retained");
  }

  @Test
  void liveMessagesAreNotLostBehindRetainedOnes() {
    Rig little = new Rig(Limits.builder().maxQueuedMessages(2).build());
    TestClient sender = little.connect("p");
    for (int i = 1; i <= 50; i++) {
      sender.retain("t/" + i, "v1");
    }
    TestClient client = little.connect(reader());
    client.subscribe("t/#", Qos.AT_LEAST_ONCE);
    client.publishes();
    for (int i = 0; i < 5; i++) { // all that are under way are of QoS 0: none waits
      sender.publish("x", "n" + i, Qos.AT_LEAST_ONCE);
    }
    assertThat(little.events).isEmpty();
  }

  @Test
  void aLiveMessageThatWasDroppedIsFetchedInstead() {
    Rig little = new Rig(Limits.builder().maxQueuedMessages(1).maxInflightMessages(1).build());
    TestClient sender = little.connect("p");
    for (int i = 1; i <= 5; i++) {
      sender.publish(Message.of("t/" + i, "v1".getBytes(), Qos.AT_LEAST_ONCE, true));
    }
    TestClient client = little.connect(reader());
    client.subscribe("t/#", Qos.AT_LEAST_ONCE);
    sender.publish(Message.of("t/4", "v2".getBytes(), Qos.AT_LEAST_ONCE, true));
    sender.publish(Message.of("t/5", "v2".getBytes(), Qos.AT_LEAST_ONCE, true)); // finds no place
    List<String> got = takeAll(client);
    assertThat(got).contains("t/4 v2", "t/5 v2 retained").doesNotContain("t/5 v1 retained");
  }

  @Test
  void theFetchGoesOnInTheNextConnectionOfTheSession() {
    retain(1, 100, Qos.AT_LEAST_ONCE);
    TestClient client = rig.connect(reader().expiry(100));
    client.subscribe("t/#", Qos.AT_LEAST_ONCE);
    List<String> got = new ArrayList<>(take(client, 50));
    int before = got.size();
    client.peer.all();
    client.drop();
    TestClient back = rig.connect(reader().resume().expiry(100));
    got.addAll(takeAll(back));
    assertThat(before).isLessThan(100);
    assertThat(new TreeSet<>(got)).hasSize(100);
  }

  @Test
  void unsubscribeEndsIt() {
    retain(1, 100, Qos.AT_LEAST_ONCE);
    TestClient client = rig.connect(reader());
    client.subscribe("t/#", Qos.AT_LEAST_ONCE);
    client.send(new Unsubscribe(9, List.of("t/#"), Properties.NONE));
    assertThat(takeAll(client)).hasSize(5); // those under way
  }

  @Test
  void subscribingAgainBeginsAnewUnlessNoneAreWanted() {
    retain(1, 100, Qos.AT_LEAST_ONCE);
    for (int handling = 0; handling <= 2; handling++) {
      TestClient client = rig.connect(reader());
      client.subscribe("t/#", Qos.AT_LEAST_ONCE);
      client.subscribe(new Subscription("t/#", Qos.AT_LEAST_ONCE, false, false, handling), 0);
      // The first answer is SUBACK's place: what came before it was taken with it.
      List<String> got = takeAll(client);
      assertThat(new TreeSet<>(got)).hasSizeBetween(95, 100);
      assertThat(client.client.waitsForSocket()).isFalse();
    }
  }

  @Test
  void whatExpiresMeanwhileDoesNotCome() {
    Properties expiry = Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, 10);
    for (int i = 1; i <= 20; i++) {
      publisher.publish(new Message("t/" + i, "x".getBytes(), Qos.AT_LEAST_ONCE, true, expiry));
    }
    TestClient client = rig.connect(reader());
    client.subscribe("t/#", Qos.AT_LEAST_ONCE);
    rig.time.advanceSeconds(10);
    assertThat(takeAll(client)).hasSize(5);
  }
}
