package dev.midge.broker.core.session;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.delivery.Outbox;
import dev.midge.broker.core.delivery.SessionJournal;
import dev.midge.broker.core.topics.SessionSubscription;
import dev.midge.broker.inspect.SessionSnapshot;
import dev.midge.broker.inspect.SessionSnapshot.SubscriptionSnapshot;
import dev.midge.mqtt.Will;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state that is kept of a client: its subscriptions and messages [MQTT-4.1.0-1]. Lives as long
 * as the connection, or longer if the client asked for it. Router thread only.
 */
public final class Session {
  private final Outbox outbox;
  private final Qos2Receipts qos2Receipts;
  private final Map<String, SessionSubscription> subscriptions = new HashMap<>();

  private @Nullable SessionJournal journal; // null while nothing of it is to survive

  @Nullable SessionConnection connection; // null while the client is away

  /** Its number for the journal. */
  final long number;

  /** Nanoseconds for which the session is kept after the connection. */
  long expiry;

  Timers.@Nullable Timer expiryTimer;

  @Nullable Will will; // of the present connection
  @Nullable Will delayedWill; // of the last connection, while its delay runs
  Timers.@Nullable Timer willTimer;

  Session(Outbox outbox, Limits limits, long number) {
    this.number = number;
    this.outbox = outbox;
    this.qos2Receipts = new Qos2Receipts(limits.maxInflightBytes());
  }

  public String clientId() {
    return outbox.clientId();
  }

  public Outbox outbox() {
    return outbox;
  }

  public Qos2Receipts qos2Receipts() {
    return qos2Receipts;
  }

  /** Returns the subscriptions by filter, as the client wrote it. */
  public Map<String, SessionSubscription> subscriptions() {
    return subscriptions;
  }

  /** Returns the client as its present or last connection has introduced it. */
  public ClientIdentity identity() {
    return outbox.client();
  }

  /** Returns the journal of its changes; null while nothing of it is to survive the broker. */
  public @Nullable SessionJournal journal() {
    return journal;
  }

  void journal(@Nullable SessionJournal newJournal) {
    journal = newJournal;
    outbox.journal(newJournal);
    qos2Receipts.journal(newJournal);
  }

  /** Restores who the client was. */
  void identity(ClientIdentity lastIdentity) {
    outbox.client(lastIdentity);
  }

  /** Begins a connection, with the will of its CONNECT. */
  public void connected(
      SessionConnection newConnection, ClientIdentity newIdentity, @Nullable Will newWill) {
    connection = newConnection;
    outbox.client(newIdentity);
    will = newWill;
  }

  public boolean isConnected() {
    return connection != null;
  }

  /** Tells whether nothing is kept when the connection ends. */
  public boolean endsWithConnection() {
    return expiry == 0;
  }

  /** Returns the state as a value. */
  SessionSnapshot snapshot(long now) {
    List<SubscriptionSnapshot> subscribed = new ArrayList<>(subscriptions.size());
    for (SessionSubscription each : subscriptions.values()) {
      subscribed.add(new SubscriptionSnapshot(each.options(), each.identifier()));
    }
    return new SessionSnapshot(
        clientId(),
        connection == null ? null : connection.snapshot(now),
        expiry == Timers.NEVER ? null : Duration.ofNanos(expiry),
        left(expiryTimer, now),
        subscribed,
        outbox.waiting(),
        qos2Receipts.size(),
        will,
        delayedWill,
        left(willTimer, now));
  }

  private static @Nullable Duration left(Timers.@Nullable Timer timer, long now) {
    return timer == null || timer.due() == Timers.NEVER
        ? null
        : Duration.ofNanos(Math.max(0, timer.due() - now));
  }

  /** Takes the will of the present connection, so that it is released once. */
  @Nullable Will takeWill() {
    Will taken = will;
    will = null;
    return taken;
  }
}
