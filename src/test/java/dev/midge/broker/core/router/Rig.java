package dev.midge.broker.core.router;

import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.Peer;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.FakeTime;
import dev.midge.testing.RecordingPeer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A router with fake time and fake peers. */
final class Rig {
  final FakeTime time = new FakeTime();
  final List<String> events = new ArrayList<>();
  final Router router;
  final HeldSideWork sideWork = new HeldSideWork(time);
  final ListenerSettings listener;
  boolean memoryIsShort;
  private int peers;

  Rig() {
    this(Limits.DEFAULT);
  }

  Rig(Limits limits) {
    this(ListenerSettings.open("1883", limits));
  }

  /** With one listener, whose limits are the broker's. */
  Rig(ListenerSettings listener) {
    this(listener, BrokerSettings.DEFAULT);
  }

  Rig(ListenerSettings listener, BrokerSettings settings) {
    this.listener = listener;
    router =
        new Router(
            listener.limits(),
            settings,
            new Recorder(),
            time.timers(),
            () -> memoryIsShort,
            sideWork);
  }

  /** Notes the events that tests look at. */
  private final class Recorder implements BrokerObserver {
    @Override
    public void ended(Peer peer, String clientId, DisconnectCause cause) {
      events.add(clientId + " ended: " + cause.reason());
    }

    @Override
    public void dropping(String clientId) {
      events.add(clientId + " drops");
    }

    @Override
    public void packetIdReused(String clientId, int packetId) {
      events.add(clientId + " reuses " + packetId);
    }

    @Override
    public void sessionExpired(String clientId) {
      events.add(clientId + " expired");
    }

    @Override
    public void memoryIsShort(long refused) {
      events.add("memory is short, refused: " + refused);
    }

    @Override
    public void willDiscarded(String clientId, String why) {
      events.add("will of " + clientId + " discarded: " + why);
    }

    @Override
    public void internalError(String name, Throwable problem) {
      throw new AssertionError(problem);
    }
  }

  /** A connection that has sent nothing yet. */
  TestClient open() {
    return open(listener);
  }

  TestClient open(ListenerSettings by) {
    return new TestClient(new RecordingPeer("127.0.0.1:" + (40_000 + peers++), by));
  }

  /** A client of MQTT 5 with Clean Start and no session expiry. */
  TestClient connect(String clientId) {
    return connect(ConnectOptions.of(clientId));
  }

  TestClient connect(ConnectOptions options) {
    return connect(options, listener);
  }

  TestClient connect(ConnectOptions options, ListenerSettings by) {
    TestClient client = open(by);
    client.send(options.packet());
    client.connack = (Connack) client.peer.next();
    return client;
  }

  /** Somebody who listens to everything with QoS 2. */
  TestClient watcher() {
    TestClient watcher = connect("watcher");
    watcher.subscribe("#", Qos.EXACTLY_ONCE);
    return watcher;
  }

  /** The options of a CONNECT. */
  record ConnectOptions(
      ProtocolVersion version,
      String clientId,
      boolean cleanStart,
      int keepAlive,
      Will will,
      String username,
      String password,
      Properties properties) {
    static ConnectOptions of(String clientId) {
      return new ConnectOptions(
          ProtocolVersion.V5, clientId, true, 0, null, null, null, Properties.NONE);
    }

    ConnectOptions version(ProtocolVersion other) {
      return new ConnectOptions(
          other, clientId, cleanStart, keepAlive, will, username, password, properties);
    }

    ConnectOptions user(String name, String word) {
      return new ConnectOptions(
          version, clientId, cleanStart, keepAlive, will, name, word, properties);
    }

    /** Clean Start 0. */
    ConnectOptions resume() {
      return new ConnectOptions(
          version, clientId, false, keepAlive, will, username, password, properties);
    }

    ConnectOptions keepAlive(int seconds) {
      return new ConnectOptions(
          version, clientId, cleanStart, seconds, will, username, password, properties);
    }

    ConnectOptions with(Property property, long value) {
      return new ConnectOptions(
          version,
          clientId,
          cleanStart,
          keepAlive,
          will,
          username,
          password,
          properties.plus(property, value));
    }

    ConnectOptions expiry(long seconds) {
      return with(Property.SESSION_EXPIRY_INTERVAL, seconds);
    }

    ConnectOptions will(String topic, long delay) {
      Properties delayed =
          delay == 0 ? Properties.NONE : Properties.of(Property.WILL_DELAY_INTERVAL, delay);
      return will(new Message(topic, "gone".getBytes(), Qos.AT_LEAST_ONCE, false, delayed));
    }

    ConnectOptions will(Message message) {
      return new ConnectOptions(
          version,
          clientId,
          cleanStart,
          keepAlive,
          new Will(message),
          username,
          password,
          properties);
    }

    Connect packet() {
      return new Connect(
          version,
          cleanStart,
          keepAlive,
          clientId,
          will,
          username,
          password == null ? null : password.getBytes(StandardCharsets.UTF_8),
          properties);
    }
  }

  /** One client with its connection. */
  final class TestClient {
    final RecordingPeer peer;
    final Client client;
    Connack connack;
    private int lastPacketId;

    TestClient(RecordingPeer peer) {
      this.peer = peer;
      this.client = router.opened(peer, time.now());
    }

    void send(Packet packet) {
      client.arrived(packet, time.now());
    }

    void subscribe(String filter, Qos qos) {
      subscribe(Subscription.of(filter, qos), 0);
    }

    void subscribe(Subscription subscription, int identifier) {
      Properties properties =
          identifier == 0
              ? Properties.NONE
              : Properties.of(Property.SUBSCRIPTION_IDENTIFIER, identifier);
      send(new Subscribe(++lastPacketId, List.of(subscription), properties));
      peer.next();
    }

    int publish(String topic, String payload, Qos qos) {
      return publish(Message.of(topic, payload.getBytes(), qos, false));
    }

    int publish(Message message) {
      int packetId = message.qos() == Qos.AT_MOST_ONCE ? 0 : ++lastPacketId;
      send(new Publish(message, false, packetId));
      return packetId;
    }

    void retain(String topic, String payload) {
      publish(Message.of(topic, payload.getBytes(), Qos.AT_MOST_ONCE, true));
    }

    void ack(PacketType type, int packetId) {
      send(Ack.of(type, packetId));
    }

    void disconnect(int reasonCode) {
      send(new Disconnect(reasonCode, Properties.NONE));
    }

    /** The connection is gone without a word. */
    void drop() {
      client.closed(DisconnectCause.CLOSED_BY_CLIENT, time.now());
    }

    /** Topic and payload of every PUBLISH that came, all else left out; nothing is acknowledged. */
    List<String> received() {
      return publishes().stream()
          .map(each -> each.message().topic() + " " + new String(each.message().payload()))
          .toList();
    }

    List<Publish> publishes() {
      return peer.all().stream()
          .filter(Publish.class::isInstance)
          .map(Publish.class::cast)
          .toList();
    }

    /** The reason code of the DISCONNECT that came last, just before the end. */
    int disconnectReason() {
      List<Packet> all = peer.all();
      if (!peer.isClosed()) {
        throw new AssertionError("still connected");
      }
      return ((Disconnect) all.get(all.size() - 1)).reasonCode();
    }
  }
}
