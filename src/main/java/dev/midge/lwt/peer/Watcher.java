package dev.midge.lwt.peer;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.net.ClientChannel;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A subscriber that sorts its messages by topic, so that each row takes only its own. */
public final class Watcher implements DrillReader.Sink {
  private final ConcurrentHashMap<String, Inbox> inboxes = new ConcurrentHashMap<>();
  private final BiConsumer<String, String> listener;
  private final ClientEvents events;
  private volatile @Nullable DrillClient client;
  private volatile @Nullable ConnectionFailure lost;
  private Qos granted = Qos.AT_MOST_ONCE;

  /** Makes a subscriber without a listener. */
  public Watcher() {
    this((topic, text) -> {}, ClientEvents.NONE);
  }

  /**
   * @param listener receives the topic and a description of each message
   * @param events hears of the connection and of the subscription
   */
  public Watcher(BiConsumer<String, String> listener, ClientEvents events) {
    this.listener = listener;
    this.events = events;
  }

  /** Sets the connection on which this watcher subscribes. */
  public Watcher on(DrillClient connected) {
    client = connected;
    return this;
  }

  /**
   * Subscribes and waits for SUBACK.
   *
   * @return the reason code, or -1 when no SUBACK came in time or before the end of the connection
   * @throws ConnectionFailure when SUBACK has a reason code that does not exist
   */
  public int subscribe(Subscription subscription) throws ConnectionFailure, InterruptedException {
    int code = client().subscribe(subscription);
    if (code >= 0) {
      events.subscribed();
    }
    if (code < 0 || ReasonCode.isFailure(code)) {
      return code;
    }
    if (code > Qos.EXACTLY_ONCE.level()) {
      throw new ConnectionFailure(
          ConnectionFailure.Kind.PROTOCOL, "SUBACK with the reason code " + PacketText.code(code));
    }
    granted = Qos.of(code);
    return code;
  }

  /** Returns the connection of this watcher, once it has one. */
  public DrillClient client() {
    return Objects.requireNonNull(client, "not connected");
  }

  /** Returns the QoS that the broker granted. */
  public Qos granted() {
    return granted;
  }

  /** Returns the messages on that topic, those that have come and those that will. */
  public Inbox inbox(String topic) {
    Inbox inbox = inboxes.computeIfAbsent(topic, name -> new Inbox());
    ConnectionFailure cause = lost;
    if (cause != null) {
      inbox.lose(cause);
    }
    return inbox;
  }

  @Override
  public void connecting(ClientChannel channel) {
    events.connecting(channel);
  }

  @Override
  public void received(Message message, long nanos) {
    add(message.topic(), new Arrival(message, null, nanos));
  }

  @Override
  public void malformed(String topic, String description, long nanos) {
    add(topic, new Arrival(null, description, nanos));
  }

  private void add(String topic, Arrival arrival) {
    listener.accept(topic, arrival.text());
    inbox(topic).add(arrival);
  }

  @Override
  public void ended(ConnectionFailure cause) {
    lost = cause;
    inboxes.values().forEach(inbox -> inbox.lose(cause));
  }

  /** Returns the reason for which the connection has ended; null while it has not. */
  public @Nullable ConnectionFailure lost() {
    return lost;
  }
}
