package dev.midge.broker.fault;

import static org.awaitility.Awaitility.await;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.RawClient;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A broker with faults, and clients that no fault concerns: one that publishes, one that watches
 * for wills, and one that tells when the broker has done all that it had to do.
 */
final class Scene implements AutoCloseable {
  final List<FaultEvent> events = new CopyOnWriteArrayList<>();
  final List<String> log = new CopyOnWriteArrayList<>();
  final FaultPlan plan;
  final Broker broker;
  private final RawClient helper;
  private final Observer watcher;
  private final RawClient fence;
  private final List<Closeable> clients = new ArrayList<>();

  Scene(String... faults) throws Exception {
    this(1, faults);
  }

  Scene(long seed, String... faults) throws Exception {
    plan = new FaultPlan(FaultSide.BROKER, seed, events::add);
    for (String fault : faults) {
      add(fault);
    }
    broker = Broker.start(new BrokerConfig(List.of(0), this::note, true).withFaults(plan));
    helper = client("helper");
    watcher = observer(ProtocolVersion.V5);
    watcher.send(silent("watcher"));
    watcher.send(
        new Subscribe(1, List.of(Subscription.of("will/#", Qos.AT_MOST_ONCE)), Properties.NONE));
    until(() -> watcher.packets().size() == 2);
    fence = client("fence");
  }

  private void note(BrokerEvent event) {
    log.add(event.text());
  }

  /** Adds a fault while the broker runs. */
  int add(String fault) throws Exception {
    return plan.add(FaultParser.parse(fault, FaultSide.BROKER)).number();
  }

  int port() {
    return broker.port();
  }

  RawClient client(String id) throws IOException {
    RawClient client = RawClient.connected(port(), silent(id));
    clients.add(client);
    return client;
  }

  Observer observer(ProtocolVersion version) throws IOException {
    Observer observer = new Observer(port(), version);
    clients.add(observer);
    return observer;
  }

  /** Returns the CONNECT of a client that may be silent for as long as it likes. */
  private static Connect silent(String id) {
    return new Connect(ProtocolVersion.V5, true, 0, id, null, null, null, Properties.NONE);
  }

  static Connect connect(ProtocolVersion version, String id) {
    Will will = new Will(Message.of("will/" + id, "gone".getBytes(), Qos.AT_MOST_ONCE, false));
    return new Connect(version, true, 60, id, will, null, null, Properties.NONE);
  }

  /** Has the broker deliver a message. */
  void publish(String topic, Qos qos) throws IOException {
    helper.publish(topic, "m", qos);
    if (qos == Qos.EXACTLY_ONCE) {
      Ack pubrec = helper.expect(Ack.class);
      helper.send(Ack.of(PacketType.PUBREL, pubrec.packetId()));
    }
    if (qos != Qos.AT_MOST_ONCE) {
      helper.expect(Ack.class);
    }
    helper.expectNothing();
  }

  /**
   * Returns when the broker has answered all that it was sent before, and has closed what it was to
   * close: it has one thread, and takes its turns in order.
   */
  void settle() throws IOException {
    for (int i = 0; i < 3; i++) {
      fence.expectNothing();
    }
  }

  /** Returns the faults that were carried out on the connections of a client, in order. */
  List<String> faults(String id) {
    return events.stream()
        .filter(event -> event.connection().equals(id))
        .map(event -> event.effects() + "@" + event.moment())
        .toList();
  }

  /** Returns how many wills of a client have come. */
  long wills(String id) {
    String topic = HexFormat.of().formatHex(("will/" + id).getBytes());
    return watcher.packets().stream().filter(packet -> packet.contains(topic)).count();
  }

  /** Waits for something that comes soon: most tests wait often. */
  static void until(Callable<Boolean> condition) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(30))
        .until(condition);
  }

  @Override
  public void close() throws IOException {
    for (Closeable client : clients) {
      client.close();
    }
    broker.close();
  }
}
