package dev.midge.broker.persist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.persist.KeptRouter.KeptClient;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Time goes on while a broker is stopped. */
class TimeOverAStopTest {
  private final KeptRouter before = new KeptRouter(Limits.DEFAULT).start();

  private static KeptClient connect(
      KeptRouter router, String name, boolean cleanStart, long expiry, @Nullable Will will) {
    KeptClient client = router.open();
    Properties properties = Properties.of(Property.SESSION_EXPIRY_INTERVAL, expiry);
    client.send(new Connect(ProtocolVersion.V5, cleanStart, 0, name, will, null, null, properties));
    return client;
  }

  private static KeptClient subscriber(KeptRouter router, String name, long expiry) {
    KeptClient client = connect(router, name, true, expiry, null);
    client.send(new Subscribe(1, List.of(Subscription.of("#", Qos.EXACTLY_ONCE)), Properties.NONE));
    return client;
  }

  private static boolean isPresent(KeptRouter router, String name) {
    return ((Connack) connect(router, name, false, 100, null).peer.next()).sessionPresent();
  }

  /** Another broker, with the state of the first one, so much later. */
  private KeptRouter after(Duration stopped) {
    KeptRouter router =
        new KeptRouter(Limits.DEFAULT, before.wallMillis() + stopped.toMillis(), before.frames);
    router.start();
    router.time.advance(Duration.ZERO);
    return router;
  }

  private static List<Publish> received(KeptRouter router, String name) {
    return connect(router, name, false, 100, null).peer.all().stream()
        .filter(Publish.class::isInstance)
        .map(Publish.class::cast)
        .toList();
  }

  private static List<String> payloads(KeptRouter router, String name) {
    return received(router, name).stream()
        .map(each -> new String(each.message().payload()))
        .toList();
  }

  private static Will will(long delay) {
    return new Will(
        new Message(
            "w",
            "gone".getBytes(),
            Qos.AT_LEAST_ONCE,
            false,
            Properties.of(Property.WILL_DELAY_INTERVAL, delay)));
  }

  @Test
  void aSessionExpiresWhileTheBrokerIsStopped() {
    connect(before, "c", true, 10, null).drop();
    before.time.advance(Duration.ofSeconds(4));
    assertThat(isPresent(after(Duration.ofMillis(5_999)), "c")).isTrue();
    assertThat(isPresent(after(Duration.ofMillis(6_000)), "c")).isFalse();
  }

  @Test
  void whoWasConnectedWhenTheBrokerWasKilledHasAllOfItsTimeFromTheRestart() {
    connect(before, "c", true, 10, null);
    before.time.advance(Duration.ofSeconds(100));
    KeptRouter after = after(Duration.ofHours(1));
    after.time.advance(Duration.ofMillis(9_999));
    assertThat(isPresent(after, "c")).isTrue();
    KeptRouter late = after(Duration.ofHours(1));
    late.time.advance(Duration.ofSeconds(10));
    assertThat(isPresent(late, "c")).isFalse();
  }

  @Test
  void aSessionWithoutEndStays() {
    connect(before, "c", true, 0xFFFFFFFFL, null).drop();
    assertThat(isPresent(after(Duration.ofDays(20_000)), "c")).isTrue();
  }

  @Test
  void aMessageExpiresWhileTheBrokerIsStoppedAndOneThatDoesNotHasItsTimeReduced() {
    subscriber(before, "s", 1000).drop();
    KeptClient publisher = connect(before, "p", true, 0, null);
    for (long interval : List.of(10L, 20L)) {
      Properties properties = Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, interval);
      byte[] payload = String.valueOf(interval).getBytes();
      publisher.send(
          new Publish(new Message("a", payload, Qos.AT_LEAST_ONCE, true, properties), false, 1));
    }
    before.time.advance(Duration.ofSeconds(1));
    List<Publish> received = received(after(Duration.ofSeconds(9)), "s");
    assertThat(received).hasSize(1);
    assertThat(received.get(0).message().payload()).asString().isEqualTo("20");
    assertThat(received.get(0).message().properties().number(Property.MESSAGE_EXPIRY_INTERVAL, 0))
        .isEqualTo(10);
    assertThat(subscriber(after(Duration.ofSeconds(19)), "new", 0).peer.all())
        .as("retained")
        .noneMatch(Publish.class::isInstance);
  }

  @Test
  void willsOfClientsThatWereConnectedArePublishedAtTheRestart() {
    subscriber(before, "s", 1000).drop();
    connect(before, "ends", true, 0, will(60));
    connect(before, "goes on", true, 1000, will(0));
    assertThat(payloads(after(Duration.ofSeconds(1)), "s")).containsExactly("gone", "gone");
  }

  @Test
  void theDelayOfAWillWhoseClientWasConnectedCountsFromTheRestart() {
    subscriber(before, "s", 10_000).drop();
    connect(before, "c", true, 1000, will(10));
    KeptRouter after = after(Duration.ofHours(1));
    after.time.advance(Duration.ofMillis(9_999));
    assertThat(payloads(after, "s")).isEmpty();
    after.time.advance(Duration.ofMillis(1));
    assertThat(payloads(after, "s")).containsExactly("gone");
  }

  @Test
  void whoComesBackInTimeAfterTheRestartHasItsWillDiscarded() {
    subscriber(before, "s", 10_000).drop();
    connect(before, "c", true, 1000, will(10));
    KeptRouter after = after(Duration.ofSeconds(1));
    assertThat(isPresent(after, "c")).isTrue();
    after.time.advance(Duration.ofSeconds(20));
    assertThat(payloads(after, "s")).isEmpty();
  }

  @Test
  void aWillWhoseDelayHasBegunIsPublishedWhenItIsDue() {
    subscriber(before, "s", 1000).drop();
    connect(before, "c", true, 1000, will(10)).drop();
    before.time.advance(Duration.ofSeconds(3));
    assertThat(payloads(after(Duration.ofSeconds(7)), "s")).containsExactly("gone");
    KeptRouter after = after(Duration.ofSeconds(6));
    assertThat(payloads(after, "s")).isEmpty();
    after.time.advance(Duration.ofSeconds(1));
    assertThat(payloads(after, "s")).containsExactly("gone");
  }

  @Test
  void aWillThatWasPublishedAfterARestartIsNotPublishedAgain() {
    subscriber(before, "s", 1000).drop();
    connect(before, "c", true, 0, will(0));
    KeptRouter after = after(Duration.ofSeconds(1));
    KeptRouter again = new KeptRouter(Limits.DEFAULT, after.wallMillis(), after.frames).start();
    assertThat(payloads(again, "s")).containsExactly("gone");
  }
}
