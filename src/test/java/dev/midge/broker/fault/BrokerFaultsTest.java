package dev.midge.broker.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.fault.Observer.End;
import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.RawClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts, targets, sums, changes while the broker runs, MQTT 3, the will and the keep alive. */
class BrokerFaultsTest {
  private static final ProtocolVersion V5 = ProtocolVersion.V5;
  private static final ProtocolVersion V3 = ProtocolVersion.V3_1_1;

  private static Observer connect(Scene scene, String id) throws Exception {
    return connect(scene, Scene.connect(V5, id));
  }

  private static Observer connect(Scene scene, Connect connect) throws Exception {
    Observer observer = scene.observer(connect.version());
    observer.send(connect);
    Scene.until(() -> observer.size() > 0 || observer.end() != End.OPEN);
    return observer;
  }

  private static Publish publish(int id) {
    return new Publish(
        Message.of("t/" + id, new byte[] {'m'}, Qos.AT_LEAST_ONCE, false), false, id);
  }

  private static void expect(Observer observer, Packet sent, String answer) {
    int before = observer.packets().size();
    observer.send(sent);
    Scene.until(() -> observer.packets().size() > before);
    assertThat(observer.packets().get(before)).isEqualTo(answer);
  }

  @Test
  void refuseTcpResetsEverybodyBeforeAnythingIsRead() throws Exception {
    try (Scene scene = new Scene()) {
      int number = scene.add("refuse:tcp");
      Observer observer = scene.observer(V5);
      Scene.until(() -> observer.end() != End.OPEN);
      assertThat(observer.end()).isEqualTo(End.RST);
      assertThat(observer.size()).isZero();
      scene.plan.clear(number);
      assertThat(connect(scene, "a").end()).isEqualTo(End.OPEN);
    }
  }

  @Test
  void aCountIsOverAllConnections() throws Exception {
    try (Scene scene = new Scene("reset@connected client=dev-* x2")) {
      for (int i = 0; i < 4; i++) {
        Observer observer = connect(scene, "dev-" + i);
        boolean hit = i < 2;
        Scene.until(() -> observer.end() != End.OPEN || !hit);
        scene.settle();
        assertThat(observer.end()).isEqualTo(hit ? End.RST : End.OPEN);
      }
      assertThat(scene.events).hasSize(2);
    }
  }

  @Test
  void whoIsNotMeantIsUntouched() throws Exception {
    try (Scene scene = new Scene("silent@pingreq-out:* client=a*", "nack@publish-out:* user=u")) {
      Observer other = connect(scene, "b");
      expect(other, Ping.REQUEST, "d000");
      expect(other, publish(1), "40030001" + "10"); // no matching subscribers
      Observer meant = connect(scene, "a");
      meant.send(Ping.REQUEST);
      expect(meant, publish(1), "4003000110");
      Observer user =
          connect(scene, new Connect(V5, true, 60, "c", null, "u", null, Properties.NONE));
      expect(user, publish(1), "4003000187");
      assertThat(scene.faults("b")).isEmpty();
      assertThat(scene.faults("a")).containsExactly("silent@pingreq-out:1");
      Scene.until(() -> !scene.faults("c").isEmpty()); // told after the packet is written
      assertThat(scene.faults("c")).containsExactly("nack@publish-out:1");
    }
  }

  @Test
  void probabilityZeroDoesNothing() throws Exception {
    try (Scene scene = new Scene("drop@random:0", "reset@random:0")) {
      Observer observer = connect(scene, "a");
      for (int i = 0; i < 50; i++) {
        expect(observer, Ping.REQUEST, "d000");
      }
      assertThat(scene.events).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"freeze", "freeze:in", "freeze:out"})
  void whatCameBeforeTheFreezeIsAnsweredThoughItCameWithTheRest(String freeze) throws Exception {
    try (Scene scene = new Scene(freeze + "@publish-out:2 client=a")) {
      Observer observer = connect(scene, "a");
      ByteBuffer all = ByteBuffer.allocate(100);
      for (int id = 1; id <= 3; id++) {
        all.put(PacketEncoder.encode(publish(id), V5));
      }
      observer.send(all.flip());

      Scene.until(() -> observer.packets().size() == 2);
      scene.settle();
      assertThat(observer.packets().subList(1, 2)).containsExactly("4003000110");
      assertThat(observer.end()).isEqualTo(End.OPEN);
    }
  }

  @ParameterizedTest
  @CsvSource({"reset, RST", "close, FIN"})
  void whatCameBeforeTheEndIsAnsweredThoughItCameWithTheRest(String effect, End end)
      throws Exception {
    try (Scene scene = new Scene(effect + "@publish-out:2 client=a")) {
      Observer observer = scene.observer(V5);
      ByteBuffer all = ByteBuffer.allocate(100);
      all.put(PacketEncoder.encode(Scene.connect(V5, "a"), V5));
      all.put(PacketEncoder.encode(publish(1), V5)).put(PacketEncoder.encode(publish(2), V5));
      observer.send(all.flip());

      Scene.until(() -> observer.end() != End.OPEN);
      assertThat(observer.end()).isEqualTo(end);
      assertThat(observer.packets()).hasSize(2);
      assertThat(observer.packets().get(1)).isEqualTo("4003000110");
    }
  }

  @Test
  void effectsOfASumHappenInTheirOrder() throws Exception {
    try (Scene scene = new Scene("blackout:200ms+reset@publish-out:1 client=a")) {
      Observer observer = connect(scene, "a");
      long start = System.nanoTime();
      observer.send(publish(1));
      Scene.until(() -> observer.end() == End.RST);
      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
      assertThat(observer.packets()).hasSize(1); // CONNACK
      Scene.until(() -> scene.wills("a") == 1);
    }
  }

  @Test
  void aConnectionIsCutBetweenTwoBytesOfAPacket() throws Exception {
    try (Scene scene = new Scene("reset@bytes-in:17 client=a")) {
      Observer observer = connect(scene, "a"); // CONNACK has 16 bytes
      observer.send(Ping.REQUEST);
      Scene.until(() -> observer.end() == End.RST);
      assertThat(observer.size()).isEqualTo(17);
    }
  }

  private static void sendLargeMessage(Scene scene) throws Exception {
    RawClient publisher = scene.client("publisher");
    publisher.publish("large", "x".repeat(300_000), Qos.AT_MOST_ONCE);
    publisher.expectNothing();
  }

  private static Observer subscribed(Scene scene, String id) throws Exception {
    Observer observer = connect(scene, id);
    Subscription large = Subscription.of("large", Qos.AT_MOST_ONCE);
    expect(observer, new Subscribe(1, List.of(large), Properties.NONE), "900400010000");
    return observer;
  }

  @Test
  void aConnectionIsCutWithinAPacketThatIsTooLargeToBeCollected() throws Exception {
    try (Scene scene = new Scene("close@bytes-in:100000 client=a")) {
      Observer observer = subscribed(scene, "a");
      sendLargeMessage(scene);
      Scene.until(() -> observer.end() == End.FIN);
      assertThat(observer.size()).isEqualTo(100_000);
    }
  }

  @Test
  void aDelayHoldsBackAPacketThatIsTooLargeToBeCollected() throws Exception {
    try (Scene scene = new Scene()) {
      Observer observer = subscribed(scene, "a");
      int before = observer.poll().size();
      scene.add("delay:1h client=a");
      Scene.until(() -> !scene.faults("a").isEmpty());
      sendLargeMessage(scene);
      scene.settle();
      assertThat(observer.poll().size()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nack@publish-out:1, 40020001, has no refusing PUBACK",
    "reason:0x97@puback-in:1, 40020001, has no refusing PUBACK"
  })
  void whatMqtt3CannotSayDoesNotHappenAndIsTold(String fault, String answer, String why)
      throws Exception {
    try (Scene scene = new Scene(fault + " client=a")) {
      Observer observer = connect(scene, Scene.connect(V3, "a"));
      expect(observer, publish(1), answer);
      Scene.until(() -> scene.log.stream().anyMatch(line -> line.contains(why)));
      assertThat(scene.log).anyMatch(line -> line.contains("MQTT 3.1.1 " + why));
      assertThat(scene.faults("a")).isEmpty();
    }
  }

  @Test
  void whatMqtt3CannotSayIsLeftForAClientThatUnderstandsIt() throws Exception {
    try (Scene scene = new Scene("nack@publish-out:1x1")) {
      expect(connect(scene, Scene.connect(V3, "a")), publish(1), "40020001");
      assertThat(scene.plan.faults().get(0).happened()).isZero();

      expect(connect(scene, "b"), publish(1), "4003000187");
      assertThat(scene.faults("b")).containsExactly("nack@publish-out:1");
      assertThat(scene.plan.faults().get(0).happened()).isOne();
    }
  }

  @Test
  void theRestOfASumHappensAllTheSame() throws Exception {
    try (Scene scene = new Scene("nack+close@publish-out:1 client=a")) {
      Observer observer = connect(scene, Scene.connect(V3, "a"));
      observer.send(publish(1));

      Scene.until(() -> observer.end() == End.FIN);
      assertThat(scene.faults("a")).containsExactly("nack+close@publish-out:1");
    }
  }

  @Test
  void mqtt3RefusesInItsOwnCodes() throws Exception {
    try (Scene scene =
        new Scene(
            "nack@connect-out:1 client=a",
            "refuse client=b",
            "reason:2@connack client=c",
            "nack@subscribe-out:1 client=d",
            "reason:0x82@connected client=e")) {
      assertThat(connect(scene, Scene.connect(V3, "a")).packets()).containsExactly("20020005");
      assertThat(connect(scene, Scene.connect(V3, "b")).packets()).containsExactly("20020003");
      assertThat(connect(scene, Scene.connect(V3, "c")).packets()).containsExactly("20020002");
      Observer d = connect(scene, Scene.connect(V3, "d"));
      expect(
          d,
          new Subscribe(1, List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), Properties.NONE),
          "9003000180");
      Observer e = connect(scene, Scene.connect(V3, "e"));
      Scene.until(() -> e.end() != End.OPEN);
      assertThat(e.end()).isEqualTo(End.FIN);
      assertThat(e.packets()).containsExactly("20020000");
      Scene.until(() -> scene.log.stream().anyMatch(line -> line.contains("only in MQTT 5")));
    }
  }

  @Test
  void aClientThatIsRefusedTakesNothingOverAndLeavesNoWill() throws Exception {
    try (Scene scene = new Scene()) {
      Observer first = connect(scene, "a");
      scene.add("refuse client=a");
      Observer second = connect(scene, "a");
      Scene.until(() -> second.end() == End.FIN);
      assertThat(second.packets()).containsExactly("2003008800");
      expect(first, Ping.REQUEST, "d000");
      assertThat(scene.wills("a")).isZero();
    }
  }

  @Test
  void theKeepAliveDoesNotEndWhatTheBrokerDoesNotRead() throws Exception {
    // With a keep alive of a second it would come after 1.5 s; b shows that it does.
    try (Scene scene =
        new Scene("freeze:out@connected client=a", "blackout:2500ms@connected client=c")) {
      Observer a = connect(scene, withKeepAlive("a"));
      Observer c = connect(scene, withKeepAlive("c"));
      c.send(Ping.REQUEST);
      Observer b = connect(scene, withKeepAlive("b"));
      Scene.until(() -> b.end() == End.FIN);
      Scene.until(() -> scene.wills("b") == 1);
      Scene.until(() -> c.endsIn("d000", 1));
      assertThat(c.packets()).hasSize(2);
      assertThat(a.end()).isEqualTo(End.OPEN);
      assertThat(scene.wills("a") + scene.wills("c")).isZero();
      a.close();
      Scene.until(() -> scene.wills("a") == 1);
      assertThat(scene.log).anyMatch(line -> line.contains("connection closed by client"));
    }
  }

  @Test
  void theKeepAliveBeginsWhenConnectIsHandledAndNotWhenItCame() throws Exception {
    try (Scene scene = new Scene("blackout:1600ms@connect-out:1 client=a")) {
      Observer a = scene.observer(V5);
      a.send(withKeepAlive("a")); // 1.5 s
      Scene.until(() -> a.packets().size() == 1);
      expect(a, Ping.REQUEST, "d000");
      assertThat(scene.wills("a")).isZero();
    }
  }

  private static Connect withKeepAlive(String id) {
    Connect plain = Scene.connect(V5, id);
    return new Connect(V5, true, 1, id, plain.will(), null, null, Properties.NONE);
  }

  @Test
  void faultsComeAndGoWhileTheBrokerRuns() throws Exception {
    try (Scene scene = new Scene()) {
      Observer observer = connect(scene, "a");
      expect(observer, Ping.REQUEST, "d000");
      int late = scene.add("garbage@after:50ms client=a x1");
      Scene.until(() -> observer.packets().size() == 3);
      assertThat(observer.packets().get(2)).isEqualTo(Expectations.GARBAGE);
      assertThat(scene.plan.clear(late)).isTrue();
      int slow = scene.add("delay:1h client=a");
      Scene.until(() -> !scene.faults("a").isEmpty() && scene.events.size() == 2);
      observer.send(Ping.REQUEST);
      scene.settle();
      assertThat(observer.packets()).hasSize(3);
      scene.plan.clear(slow);
      expect(connect(scene, "b"), Ping.REQUEST, "d000");
    }
  }

  @Test
  void anEffectHappensOnDemand() throws Exception {
    try (Scene scene = new Scene()) {
      Observer a = connect(scene, "a");
      Observer b = connect(scene, "b");
      assertThat(inject(scene, "nobody", Effect.RESET)).isFalse();
      assertThat(inject(scene, "a", Effect.RESET)).isTrue();
      Scene.until(() -> a.end() == End.RST && scene.wills("a") == 1);
      assertThat(inject(scene, "b", new Effect.Blackout(Duration.ofMillis(100)))).isTrue();
      expect(b, Ping.REQUEST, "d000");
      assertThat(inject(scene, "b", new Effect.Reason(0x98))).isTrue();
      Scene.until(() -> b.end() == End.FIN);
      assertThat(b.packets()).endsWith("e00198");
      assertThat(inject(scene, "a", Effect.CLOSE)).isFalse();
      Observer c = connect(scene, "c");
      assertThat(inject(scene, "c", new Effect.Freeze(Direction.BOTH))).isTrue();
      c.send(Ping.REQUEST);
      scene.settle();
      assertThat(c.packets()).hasSize(1);
      assertThat(inject(scene, "c", Effect.CLOSE)).isTrue();
      assertThatThrownBy(() -> scene.broker.inject("c", Effect.KILL))
          .hasMessageContaining("not for the broker");
      scene.broker.close();
      assertThat(inject(scene, "c", Effect.CLOSE)).isFalse();
    }
  }

  private static boolean inject(Scene scene, String id, Effect effect) throws Exception {
    return scene.broker.inject(id, effect).get(30, TimeUnit.SECONDS);
  }

  @Test
  void aFrozenClientIsTakenOverAsAnyOther() throws Exception {
    try (Scene scene = new Scene("freeze@connected client=a x1")) {
      Observer first = connect(scene, "a");
      Scene.until(() -> !scene.events.isEmpty());
      try (RawClient second = scene.client("a")) {
        second.expectNothing();
        Scene.until(() -> scene.wills("a") == 1);
      }
      assertThat(first.end()).isEqualTo(End.OPEN);
      assertThat(first.packets()).hasSize(1);
    }
  }

  @Test
  void aThrottleLetsNoMoreThroughAndLosesNothing() throws Exception {
    try (Scene scene = new Scene("throttle:20000/s client=a", "slice:7 client=b")) {
      for (String id : List.of("a", "b")) {
        Observer observer = connect(scene, id);
        long start = System.nanoTime();
        Subscribe subscribe =
            new Subscribe(1, List.of(Subscription.of("t", Qos.AT_MOST_ONCE)), Properties.NONE);
        observer.send(subscribe);
        observer.send(
            new Publish(Message.of("t", new byte[10_000], Qos.AT_MOST_ONCE, false), false, 0));
        Scene.until(() -> observer.size() >= 10_000);
        long least = id.equals("a") ? 400 : 0; // of the second that both directions take
        assertThat(System.nanoTime() - start)
            .isGreaterThanOrEqualTo(Duration.ofMillis(least).toNanos());
        expect(observer, Ping.REQUEST, "d000");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"})
  void theSameSeedDoesTheSameInTheSameOrder(long seed) throws Exception {
    List<String> first = run(seed);
    assertThat(run(seed)).isEqualTo(first);
    assertThat(first).isNotEmpty();
    assertThat(run(seed + 100)).isNotEqualTo(first);
  }

  private static List<String> run(long seed) throws Exception {
    try (Scene scene =
        new Scene(seed, "drop@random:0.2 client=a", "corrupt@random:0.1 client=b share=90")) {
      for (String id : List.of("a", "b", "a")) {
        Observer observer = scene.observer(V5);
        observer.send(Scene.connect(V5, id));
        for (int i = 1; i <= 30; i++) {
          observer.send(publish(i));
        }
        observer.finish();
        Scene.until(() -> observer.end() != End.OPEN); // all has been read
      }
      scene.settle();
      return scene.events.stream()
          .map(event -> event.connection() + event.number() + event.effects() + event.moment())
          .toList();
    }
  }
}
