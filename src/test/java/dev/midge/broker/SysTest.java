package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The topics under {@code $SYS}, and the sweep of retained messages; real sockets, other clocks.
 */
class SysTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong skipped = new AtomicLong(); // nanoseconds that did not really pass
  private Broker broker;
  private RawClient client;

  private void start(Limits.Builder limits, BrokerSettings settings) throws IOException {
    long begin = System.nanoTime();
    broker =
        Broker.start(
            BrokerConfig.onFreePort().withLimits(limits.build()).withSettings(settings),
            () -> null,
            () -> System.nanoTime() + skipped.get(),
            () -> 1_700_000_000_000L + (System.nanoTime() - begin + skipped.get()) / 1_000_000);
    client =
        RawClient.connected(
            broker.port(), new Connect(V5, true, 0, "c", null, null, null, Properties.NONE));
  }

  private void start() throws IOException {
    start(Limits.builder(), BrokerSettings.DEFAULT.withSysInterval(3600));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    broker.close();
  }

  /** So many seconds have passed, and the broker has noticed: it has got one PINGREQ for that. */
  private void skip(int seconds) throws IOException {
    skipped.addAndGet(seconds * SECOND);
    client.expectNothing();
  }

  private Map<String, String> topics() throws Exception {
    return broker.inspector().retained("$SYS/#", null, 1000).get().stream()
        .collect(
            Collectors.toMap(
                each -> each.topic().substring("$SYS/broker/".length()),
                each -> new String(each.payload())));
  }

  @Test
  void thereAreNoneUnlessTheyAreWanted() throws Exception {
    start(Limits.builder(), BrokerSettings.DEFAULT);
    skip(100);
    assertThat(topics()).isEmpty();
  }

  @Test
  void withoutThemNothingOfThemIsLoaded() throws Exception {
    start();
    URL[] classes = {Broker.class.getProtectionDomain().getCodeSource().getLocation()};
    try (Loader loader = new Loader(classes)) {
      Class<?> brokers = loader.loadClass("dev.midge.broker.Broker");
      Class<?> configs = loader.loadClass("dev.midge.broker.BrokerConfig");
      Object config = configs.getMethod("onFreePort").invoke(null);
      try (AutoCloseable other =
          (AutoCloseable) brokers.getMethod("start", configs).invoke(null, config)) {
        int port = (int) brokers.getMethod("port").invoke(other);
        try (RawClient user = RawClient.connected(port, V5, "c")) {
          user.subscribe("#", Qos.AT_MOST_ONCE);
          user.publish("a", "m", Qos.AT_MOST_ONCE);
          user.expectMessage("m");
        }
        assertThat(loader.hasLoaded("dev.midge.broker.transport.BrokerLoop")).isTrue();
        for (String each : List.of("Counts", "Figures", "SysTopics", "SysSource", "LoadAverage")) {
          assertThat(loader.hasLoaded("dev.midge.broker.sys." + each)).as(each).isFalse();
        }
      }
    }
  }

  /** Loads midge's classes a second time. */
  private static final class Loader extends URLClassLoader {
    Loader(URL[] classes) {
      super(classes, ClassLoader.getPlatformClassLoader());
    }

    boolean hasLoaded(String name) {
      return findLoadedClass(name) != null;
    }
  }

  @Test
  void theyComeToThoseWhoAskForThemAndToNobodyElse() throws IOException {
    start();
    client.subscribe("#", Qos.AT_MOST_ONCE);
    client.subscribe("+/broker/version", Qos.AT_MOST_ONCE);
    client.expectNothing();
    client.subscribe("$SYS/broker/version", Qos.EXACTLY_ONCE);
    Publish version = client.expect(Publish.class);
    assertThat(version.message().qos()).isEqualTo(Qos.EXACTLY_ONCE);
    assertThat(version.message().retain()).isTrue();
    assertThat(version.message().topic()).isEqualTo("$SYS/broker/version");
    assertThat(new String(version.message().payload())).startsWith("midge version ");
  }

  @Test
  void nobodyCanWriteThem() throws IOException {
    start();
    client.publish(Message.of("$SYS/broker/uptime", "0".getBytes(), Qos.AT_LEAST_ONCE, true));
    assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(0x87);
  }

  @Test
  void packetsAndBytesAreCounted() throws Exception {
    start();
    client.publish(Message.of("a", "123".getBytes(), Qos.AT_LEAST_ONCE, true));
    client.expect(Ack.class);
    client.subscribe("a", Qos.AT_MOST_ONCE);
    client.expectMessage("123");
    try (RawClient guest = RawClient.open(broker.port(), V5)) {
      guest.accepted(RawClient.connect(V5, "g"));
      guest.send(Disconnect.NORMAL);
      guest.expectEnd();
    }
    skip(3600);
    Map<String, String> topics = topics();
    // CONNECT, PUBLISH, SUBSCRIBE, PINGREQ; CONNECT, DISCONNECT
    assertThat(topics).containsEntry("messages/received", "6");
    // CONNACK, PUBACK, SUBACK, PUBLISH, PINGRESP; CONNACK
    assertThat(topics).containsEntry("messages/sent", "6");
    assertThat(topics).containsEntry("publish/messages/received", "1");
    assertThat(topics).containsEntry("publish/messages/sent", "1");
    assertThat(topics).containsEntry("publish/messages/dropped", "0");
    assertThat(topics).containsEntry("publish/bytes/received", "3");
    assertThat(topics).containsEntry("publish/bytes/sent", "3");
    int connect = 2 + 6 + 1 + 1 + 2 + 1 + 3;
    int publish = 2 + 3 + 2 + 1 + 3;
    int subscribe = 2 + 2 + 1 + 3 + 1;
    assertThat(topics)
        .containsEntry(
            "bytes/received", String.valueOf(connect + publish + subscribe + 2 + connect + 2));
    int connack = 16;
    int puback = 5; // with the reason that nobody has subscribed
    int suback = 6;
    assertThat(topics) // PINGRESP is not out yet
        .containsEntry(
            "bytes/sent", String.valueOf(connack + puback + suback + (publish - 2) + connack));
    assertThat(topics).containsEntry("connections/socket/count", "1");
    assertThat(topics.get("uptime")).matches("36[0-9]{2} seconds");
    assertThat(topics.get("load/connections/15min")).isNotEqualTo("0.00");
    assertThat(topics.get("load/sockets/15min")).isEqualTo(topics.get("load/connections/15min"));
    assertThat(Long.parseLong(topics.get("heap/current"))).isPositive();
  }

  @Test
  void refusedMessagesAndConnectsAreReceivedToo() throws Exception {
    start(
        Limits.builder().messageSizeLimit(5).allowZeroLengthClientId(false),
        BrokerSettings.DEFAULT.withSysInterval(3600));
    client.publish("a", "123456", Qos.AT_LEAST_ONCE);
    client.expect(Ack.class);
    client.publish("$SYS/a", "1", Qos.AT_LEAST_ONCE);
    client.expect(Ack.class);
    try (RawClient refused = RawClient.open(broker.port(), V5)) {
      refused.send(RawClient.connect(V5, ""));
      assertThat(refused.expect(Connack.class).reasonCode()).isNotZero();
      refused.expectEnd();
    }
    skip(3600);
    assertThat(topics()).containsEntry("messages/received", "5"); // PINGREQ among them
    assertThat(topics()).containsEntry("publish/messages/received", "2");
    assertThat(topics()).containsEntry("publish/bytes/received", "7");
    assertThat(topics()).containsEntry("load/connections/1min", topics().get("load/sockets/1min"));
  }

  @Test
  void clientsSubscriptionsAndStoredMessagesAreCounted() throws Exception {
    start(Limits.builder().maxQueuedMessages(2), BrokerSettings.DEFAULT.withSysInterval(3600));
    keep("away", 100_000);
    keep("short", 10);
    client.send(
        new Subscribe(
            7,
            List.of(
                Subscription.of("x", Qos.AT_MOST_ONCE),
                Subscription.of("$share/g/x", Qos.AT_MOST_ONCE)),
            Properties.NONE));
    client.expect(Suback.class);
    for (String payload : List.of("one", "two", "three")) {
      client.publish("t", payload, Qos.AT_LEAST_ONCE);
      client.expect(Ack.class);
    }
    client.publish(Message.of("r", "1234".getBytes(), Qos.AT_MOST_ONCE, true));
    skip(20); // "short" ends
    skip(3580);
    Map<String, String> topics = topics();
    assertThat(topics).containsEntry("clients/total", "2");
    assertThat(topics).containsEntry("clients/maximum", "3");
    assertThat(topics).containsEntry("clients/connected", "1");
    assertThat(topics).containsEntry("clients/active", "1");
    assertThat(topics).containsEntry("clients/disconnected", "1");
    assertThat(topics).containsEntry("clients/inactive", "1");
    assertThat(topics).containsEntry("clients/expired", "1");
    assertThat(topics).containsEntry("subscriptions/count", "2");
    assertThat(topics).containsEntry("shared_subscriptions/count", "1");
    assertThat(topics).containsEntry("publish/messages/dropped", "2"); // one each
    // Those under $SYS, "r", and two that wait for "away"
    assertThat(topics).containsEntry("retained messages/count", "55");
    assertThat(topics).containsEntry("messages/stored", "57");
    assertThat(topics).containsEntry("store/messages/count", "57");
  }

  private void keep(String id, long expiry) throws IOException {
    Properties properties = Properties.of(Property.SESSION_EXPIRY_INTERVAL, expiry);
    try (RawClient absent =
        RawClient.connected(broker.port(), RawClient.connect(V5, id, false, null, properties))) {
      absent.subscribe("t", Qos.AT_LEAST_ONCE);
      absent.send(Disconnect.NORMAL);
      absent.expectEnd();
    }
  }

  @Test
  void theIntervalMayChangeWhileTheBrokerRuns() throws Exception {
    start(Limits.builder(), BrokerSettings.DEFAULT);
    reload(10);
    client.expectNothing(); // a turn later
    assertThat(topics()).containsEntry("uptime", "0 seconds");
    skip(10);
    String uptime = topics().get("uptime");
    assertThat(uptime).isNotEqualTo("0 seconds");
    reload(0);
    skip(100);
    assertThat(topics()).containsEntry("uptime", uptime);
  }

  private void reload(int interval) throws IOException {
    BrokerSettings settings = BrokerSettings.DEFAULT.withSysInterval(interval);
    broker.reload(BrokerConfig.onFreePort().withSettings(settings));
  }

  @Test
  void retainExpiryIntervalSaysWhenExpiredMessagesAreRemoved() throws Exception {
    start(Limits.builder(), new BrokerSettings(60, -1, -1, true, 3, null));
    skip(60);
    Properties expiry = Properties.of(Property.MESSAGE_EXPIRY_INTERVAL, 1);
    client.publish(new Message("r", new byte[] {1}, Qos.AT_LEAST_ONCE, true, expiry));
    client.expect(Ack.class);
    skip(60);
    skip(60); // a minute after the message has expired, which nobody gets any more
    assertThat(topics()).containsEntry("retained messages/count", "55");
    skip(60);
    skip(60);
    assertThat(topics()).containsEntry("retained messages/count", "54");
  }
}
