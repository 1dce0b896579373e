package dev.midge.broker.core;

import dev.midge.mqtt.Will;
import java.util.HashMap;
import java.util.Map;

/**
 * What is kept of a client: its subscriptions and messages [MQTT-4.1.0-1]. Lives as long as the
 * connection, or longer if the client asked for it. Router thread only.
 */
final class Session {
  final String clientId;
  final Outbox outbox;
  final Qos2Receipts qos2Receipts;

  /** By filter, as the client wrote it. */
  final Map<String, SessionSubscription> subscriptions = new HashMap<>();

  /** The client's connection; null while it is away. */
  Client client;

  /** Whether the last client to hold it spoke MQTT 5. */
  boolean isV5;

  /** How long the session is kept after the connection; {@link Timers#NEVER} for ever. */
  long expiry;

  Timers.Timer expiryTimer;

  /** A will that waits for its delay while the client is away; null for none. */
  Will waitingWill;

  Timers.Timer willTimer;

  Session(
      String clientId,
      Limits limits,
      BrokerObserver observer,
      SharedRedelivery redelivery,
      MemoryGuard memoryGuard) {
    this.clientId = clientId;
    this.qos2Receipts = new Qos2Receipts(limits.maxInflightBytes());
    this.outbox = new Outbox(limits, observer, redelivery, memoryGuard, this);
  }

  boolean isConnected() {
    return client != null;
  }

  /** Whether nothing stays when the connection ends. */
  boolean endsWithConnection() {
    return expiry == 0;
  }
}
