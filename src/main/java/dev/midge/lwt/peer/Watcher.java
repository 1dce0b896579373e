package dev.midge.lwt.peer;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** A subscriber that files what comes by its topic, so that no row takes what another one owns. */
public final class Watcher implements DrillReader.Sink {
  /** Seconds, for clients that are not to fall silent. */
  public static final int KEEP_ALIVE = 60;

  private final ConcurrentHashMap<String, Inbox> inboxes = new ConcurrentHashMap<>();
  private final BiConsumer<String, String> heard;
  private volatile DrillClient client;
  private volatile ConnectionFailure lost;
  private Qos granted = Qos.AT_MOST_ONCE;

  /**
   * @param heard told of each message: its topic, and the message in words
   */
  public Watcher(BiConsumer<String, String> heard) {
    this.heard = heard;
  }

  /** Takes that connection for its own. */
  public Watcher on(DrillClient connected) {
    client = connected;
    return this;
  }

  /**
   * Subscribes and waits for SUBACK.
   *
   * @return the reason code of the only subscription, or -1 when none came in time
   * @throws ConnectionFailure when the reason code is none of SUBACK's
   */
  public int subscribe(Subscription subscription, Target target)
      throws ConnectionFailure, InterruptedException {
    int packetId = client.nextPacketId();
    try {
      client.send(new Subscribe(packetId, List.of(subscription), Properties.NONE));
    } catch (ConnectionFailure e) {
      return -1; // The client says that its connection has ended.
    }
    Suback suback =
        (Suback)
            client.await(
                PacketType.SUBACK,
                packet -> ((Suback) packet).packetId() == packetId,
                target.connectTimeout());
    if (suback == null) {
      return -1;
    }
    int code = suback.reasonCodes().get(0);
    if (ReasonCode.isFailure(code)) {
      return code;
    }
    if (code > Qos.EXACTLY_ONCE.level()) {
      throw new ConnectionFailure(
          ConnectionFailure.Kind.PROTOCOL, "SUBACK with the reason code " + PacketText.code(code));
    }
    granted = Qos.of(code);
    return code;
  }

  public DrillClient client() {
    return client;
  }

  /** Returns the QoS that the broker granted. */
  public Qos granted() {
    return granted;
  }

  /** Returns what has come and will come on that topic. */
  public Inbox inbox(String topic) {
    Inbox inbox = inboxes.computeIfAbsent(topic, name -> new Inbox());
    ConnectionFailure why = lost;
    if (why != null) {
      inbox.lose(why);
    }
    return inbox;
  }

  @Override
  public void received(Publish publish, long nanos) {
    String topic = publish.message().topic();
    Arrival arrival = new Arrival(publish.message(), null, nanos);
    heard.accept(topic, arrival.words());
    inbox(topic).add(arrival);
  }

  @Override
  public void malformed(String topic, String what, long nanos) {
    heard.accept(topic, what);
    inbox(topic).add(new Arrival(null, what, nanos));
  }

  /** Says that the connection is over, to all who wait and will wait. */
  @Override
  public void ended(ConnectionFailure why) {
    lost = why;
    inboxes.values().forEach(inbox -> inbox.lose(why));
  }

  /** Returns why the connection is over; null while it is not. */
  public ConnectionFailure lost() {
    return lost;
  }

  /** Returns CONNECT of a plain client without a will or a session to keep. */
  public static Connect connect(Target target, String clientId) {
    return new Connect(
        target.version(),
        true,
        KEEP_ALIVE,
        clientId,
        null,
        target.username(),
        target.password(),
        Properties.NONE);
  }
}
