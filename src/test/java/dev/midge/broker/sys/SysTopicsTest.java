package dev.midge.broker.sys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.Memory;
import dev.midge.broker.core.router.Client;
import dev.midge.broker.core.router.Router;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.FakeTime;
import dev.midge.testing.RecordingPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The topics under {@code $SYS}, with clocks that go as the tests say. */
class SysTopicsTest {
  private static final long WALL = 1_700_000_003_400L; // 6.6 seconds before a multiple of ten

  private final FakeTime time = new FakeTime();
  private final Router router =
      new Router(
          Limits.DEFAULT,
          BrokerSettings.DEFAULT,
          new BrokerObserver() {},
          time.timers(),
          Memory.PLENTY,
          (task, answer) -> answer.given(true, 0));
  private final Counts counts = new Counts();
  private long wallAhead; // milliseconds that the clock on the wall was set
  private long heap = 1000;
  private Traffic traffic = new Traffic(0, 0, 0);
  private final SysTopics topics =
      new SysTopics(
          new SysSource("midge version 1.2.3", counts, this::wall, () -> heap),
          router,
          time.timers(),
          () -> traffic);

  private long wall() {
    return WALL + wallAhead + time.now() / 1_000_000;
  }

  private void start(int interval) {
    topics.publish(time.now());
    topics.interval(interval, time.now());
  }

  private Map<String, String> retained() {
    return router.retained("$SYS/#", null, 1000, time.now()).stream()
        .collect(Collectors.toMap(Message::topic, each -> new String(each.payload())));
  }

  private String retained(String topic) {
    return retained().get("$SYS/broker/" + topic);
  }

  /** Subscribes, and takes what was retained. */
  private RecordingPeer subscribed(String filter) {
    RecordingPeer peer = new RecordingPeer("127.0.0.1:40000");
    Client client = router.opened(peer, time.now());
    client.arrived(
        new Connect(ProtocolVersion.V5, true, 0, "watcher", null, null, null, Properties.NONE),
        time.now());
    client.arrived(
        new Subscribe(1, List.of(Subscription.of(filter, Qos.AT_MOST_ONCE)), Properties.NONE),
        time.now());
    peer.all();
    return peer;
  }

  private static List<String> topics(RecordingPeer peer) {
    return peer.all().stream().map(each -> ((Publish) each).message().topic()).toList();
  }

  @Test
  void allTopicsAreThereAtOnce() {
    start(10);
    List<String> wanted = new ArrayList<>();
    for (String each :
        List.of(
            "version",
            "uptime",
            "clients/total",
            "clients/maximum",
            "clients/connected",
            "clients/disconnected",
            "clients/active",
            "clients/inactive",
            "clients/expired",
            "messages/received",
            "messages/sent",
            "messages/stored",
            "store/messages/count",
            "store/messages/bytes",
            "publish/messages/received",
            "publish/messages/sent",
            "publish/messages/dropped",
            "publish/bytes/received",
            "publish/bytes/sent",
            "bytes/received",
            "bytes/sent",
            "subscriptions/count",
            "shared_subscriptions/count",
            "retained messages/count",
            "connections/socket/count",
            "heap/current",
            "heap/maximum")) {
      wanted.add("$SYS/broker/" + each);
    }
    for (String each :
        List.of(
            "messages/received",
            "messages/sent",
            "publish/received",
            "publish/sent",
            "publish/dropped",
            "bytes/received",
            "bytes/sent",
            "sockets",
            "connections")) {
      for (String period : List.of("1min", "5min", "15min")) {
        wanted.add("$SYS/broker/load/" + each + "/" + period);
      }
    }
    assertThat(retained()).containsOnlyKeys(wanted);
    assertThat(retained("version")).isEqualTo("midge version 1.2.3");
    assertThat(retained("uptime")).isEqualTo("0 seconds");
    assertThat(retained("load/sockets/15min")).isEqualTo("0.00");
    assertThat(retained("clients/maximum")).isEqualTo("0");
    assertThat(router.retained("$SYS/#", null, 1000, time.now()))
        .allMatch(each -> each.qos() == Qos.EXACTLY_ONCE && each.retain());
  }

  @Test
  void theNextComeAtMultiplesOfTheInterval() {
    start(10);
    RecordingPeer peer = subscribed("$SYS/broker/uptime");
    time.advance(Duration.ofMillis(6_599));
    assertThat(topics(peer)).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertThat(topics(peer)).hasSize(1);
    assertThat(wall() % 10_000).isZero();
    assertThat(retained("uptime")).isEqualTo("6 seconds");
    time.advance(Duration.ofMillis(9_999));
    assertThat(topics(peer)).isEmpty();
    time.advance(Duration.ofMillis(1));
    assertThat(topics(peer)).hasSize(1);
    assertThat(retained("uptime")).isEqualTo("16 seconds");
  }

  @Test
  void onlyWhatHasChangedIsSent() {
    start(10);
    RecordingPeer peer = subscribed("$SYS/#");
    time.advanceSeconds(60); // the subscriber and the topics themselves are counted
    peer.all();
    counts.expired();
    time.advanceSeconds(10);
    assertThat(topics(peer))
        .containsExactlyInAnyOrder("$SYS/broker/uptime", "$SYS/broker/clients/expired");
    assertThat(retained("clients/expired")).isEqualTo("1");
  }

  @Test
  void theHeapIsToldWithItsMaximum() {
    start(1);
    heap = 3000;
    time.advanceSeconds(1);
    heap = 2000;
    time.advanceSeconds(1);
    assertThat(retained("heap/current")).isEqualTo("2000");
    assertThat(retained("heap/maximum")).isEqualTo("3000");
  }

  @Test
  void loadsAreTakenOverTheTimeThatHasPassed() {
    start(10);
    traffic = new Traffic(660, 0, 0);
    time.advance(Duration.ofMillis(6_600)); // 6000 bytes a minute
    assertThat(traffic.bytesReceived()).isEqualTo(660);
    double expected = 6000 * (1 - Math.exp(-6.6 / 60));
    assertThat(Double.parseDouble(retained("load/bytes/received/1min")))
        .isCloseTo(expected, org.assertj.core.data.Offset.offset(0.006));
    assertThat(retained("bytes/received")).isEqualTo("660");
  }

  @Test
  void aClockThatIsSetBackAWhileDoesNotStopThem() {
    start(10);
    RecordingPeer peer = subscribed("$SYS/broker/uptime");
    wallAhead = -3_600_000;
    time.advanceSeconds(30);
    assertThat(topics(peer)).hasSize(3);
  }

  @Test
  void aClockThatIsALittleBehindDoesNotTellTheTimeTwice() {
    start(10);
    RecordingPeer peer = subscribed("$SYS/broker/uptime");
    wallAhead = -50; // the timer comes when the clock on the wall says 9.95
    time.advance(Duration.ofMillis(6_600));
    assertThat(topics(peer)).hasSize(1);
    time.advance(Duration.ofMillis(9_000));
    assertThat(topics(peer)).isEmpty();
    time.advance(Duration.ofMillis(1_100));
    assertThat(topics(peer)).hasSize(1);
  }

  @Test
  void anotherIntervalHoldsAtOnceAndZeroEndsThem() {
    start(60);
    RecordingPeer peer = subscribed("$SYS/broker/uptime");
    topics.interval(5, time.now());
    time.advance(Duration.ofMillis(1_600));
    assertThat(topics(peer)).hasSize(1);
    topics.interval(0, time.now());
    time.advanceSeconds(1000);
    assertThat(topics(peer)).isEmpty();
    assertThat(retained("uptime")).isEqualTo("1 seconds");
  }

  @Test
  void thingsThatAreKeptAreCounted() {
    start(1);
    subscribed("a/#");
    time.advanceSeconds(1);
    assertThat(retained("clients/total")).isEqualTo("1");
    assertThat(retained("clients/connected")).isEqualTo("1");
    assertThat(retained("clients/disconnected")).isEqualTo("0");
    assertThat(retained("subscriptions/count")).isEqualTo("1");
    assertThat(retained("retained messages/count")).isEqualTo("54");
    assertThat(retained("store/messages/count")).isEqualTo("54");
  }
}
