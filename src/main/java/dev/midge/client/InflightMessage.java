package dev.midge.client;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import java.util.concurrent.CompletableFuture;

/**
 * A message of QoS 1 or 2 on its way to the broker, perhaps by several connections. For several
 * threads.
 */
final class InflightMessage {

  private final int packetId;
  private final Message message;
  private final Connection carrier;
  private final CompletableFuture<Delivery> delivered = new CompletableFuture<>();
  private Connection writer;
  private boolean received;
  private boolean acknowledged;
  private int reasonCode;
  private String reasonString;

  InflightMessage(int packetId, Message message, Connection carrier) {
    this.packetId = packetId;
    this.message = message;
    this.carrier = carrier;
  }

  int packetId() {
    return packetId;
  }

  Message message() {
    return message;
  }

  /** The link that is to carry it first; null when that is the next one, which sees to it. */
  Connection carrier() {
    return carrier;
  }

  CompletableFuture<Delivery> delivered() {
    return delivered;
  }

  /** Whether PUBLISH may have gone out: the next one is a duplicate. */
  synchronized boolean written() {
    return writer != null;
  }

  /** Whether it was that link by which PUBLISH went out last. */
  synchronized boolean isWrittenBy(Connection link) {
    return writer == link;
  }

  /** PUBLISH goes out. Paho's sender thread. */
  synchronized void writing(Connection link) {
    writer = link;
    received = false;
  }

  /** Whether PUBREC has come. */
  synchronized boolean received() {
    return received;
  }

  /** Whether the broker has said its last word. */
  synchronized boolean acknowledged() {
    return acknowledged;
  }

  /**
   * The broker has said something.
   *
   * @throws ConnectionFailure when that is no answer to a message of this QoS
   */
  synchronized void answered(Ack ack) throws ConnectionFailure {
    boolean once = message.qos() == Qos.AT_LEAST_ONCE;
    if (once != (ack.type() == PacketType.PUBACK)) { // [MQTT-4.3.2-3] [MQTT-4.3.3-4]
      throw new ConnectionFailure(
          ConnectionFailure.Kind.PROTOCOL, null, ReasonCode.PROTOCOL_ERROR, null);
    }
    if (ack.type() == PacketType.PUBCOMP && !received) {
      throw ConnectionFailures.protocol(); // There was no PUBREL to answer.
    }
    boolean failed = ReasonCode.isFailure(ack.reasonCode());
    if (ack.type() != PacketType.PUBCOMP) {
      answer(ack);
      received = true;
      acknowledged = once || failed; // [MQTT-4.3.3-4]
    } else {
      acknowledged = true;
      if (failed) {
        // Which may mean nothing: "not found" is also the answer to a PUBREL that comes twice.
        answer(ack);
      }
    }
  }

  private void answer(Ack ack) {
    reasonCode = ack.reasonCode();
    reasonString = ack.properties().text(Property.REASON_STRING);
  }

  synchronized Delivery delivery() {
    return new Delivery(packetId, reasonCode, reasonString);
  }
}
