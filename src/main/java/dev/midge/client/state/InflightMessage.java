package dev.midge.client.state;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.Delivery;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A message of QoS 1 or 2 that is not delivered yet, perhaps sent by several connections. For
 * several threads.
 */
public final class InflightMessage {

  private final int packetId;
  private final Message message;
  private final CompletableFuture<Delivery> delivered = new CompletableFuture<>();
  private volatile int sender;
  private volatile boolean duplicate;
  private volatile boolean received;
  private volatile boolean acknowledged;
  private boolean queued;
  private int reasonCode;
  private @Nullable String reasonString;
  private volatile @Nullable ConnectionFailure refusal;

  public InflightMessage(int packetId, Message message) {
    this.packetId = packetId;
    this.message = message;
  }

  public int packetId() {
    return packetId;
  }

  public Message message() {
    return message;
  }

  /** Completes when the broker has acknowledged the message for good. */
  public CompletableFuture<Delivery> delivered() {
    return delivered;
  }

  /** Returns whether PUBLISH may have been sent before: then this one is a duplicate. */
  public boolean isDuplicate() {
    return duplicate;
  }

  /** Returns whether PUBREC has come and PUBREL is next. */
  public boolean isReceived() {
    return received;
  }

  /** Returns whether the broker has acknowledged the message for good. */
  public boolean isAcknowledged() {
    return acknowledged;
  }

  /** Returns why the message was not sent; null if it was, or is not yet. */
  public @Nullable ConnectionFailure refusal() {
    return refusal;
  }

  /** Returns whether PUBLISH was sent last by that connection. */
  public boolean isSentBy(int connection) {
    return sender == connection;
  }

  /**
   * That connection is about to send PUBLISH, or only PUBREL where PUBREC has come and the broker
   * has kept its session [MQTT-4.3.3-6].
   */
  synchronized void sending(int connection, boolean sessionKept) {
    if (received && sessionKept) {
      return;
    }
    duplicate = sender != 0;
    sender = connection;
    received = false;
  }

  /** Tells whether it waits in a {@link SendQueue}; with {@link #isQueued} guarded by that one. */
  void queued(boolean waits) {
    queued = waits;
  }

  boolean isQueued() {
    return queued;
  }

  void refuse(ConnectionFailure why) {
    refusal = why;
  }

  /**
   * The broker has answered.
   *
   * @throws ConnectionFailure when that is no answer to a message of this QoS, or at that point
   */
  public synchronized void answered(Ack ack) throws ConnectionFailure {
    boolean once = message.qos() == Qos.AT_LEAST_ONCE;
    if (once != (ack.type() == PacketType.PUBACK)) { // [MQTT-4.3.2-3] [MQTT-4.3.3-4]
      throw ConnectionFailures.protocol();
    }
    if (ack.type() == PacketType.PUBCOMP && !received) {
      throw ConnectionFailures.protocol(); // There was no PUBREL to answer.
    }
    boolean failed = ReasonCode.isFailure(ack.reasonCode());
    if (ack.type() != PacketType.PUBCOMP) {
      keep(ack);
      received = true;
      acknowledged = once || failed; // [MQTT-4.3.3-4]
    } else {
      acknowledged = true;
      if (failed) {
        // Which may mean nothing: "not found" is also the answer to a PUBREL that comes twice.
        keep(ack);
      }
    }
  }

  private void keep(Ack ack) {
    reasonCode = ack.reasonCode();
    reasonString = ack.properties().text(Property.REASON_STRING);
  }

  public synchronized Delivery delivery() {
    return new Delivery(packetId, reasonCode, reasonString);
  }
}
