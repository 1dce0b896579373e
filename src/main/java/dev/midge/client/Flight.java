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
final class Flight {

  private final int packetId;
  private final Message message;
  private final Link carrier;
  private final CompletableFuture<Delivery> delivered = new CompletableFuture<>();
  private Link writer;
  private boolean received;
  private boolean acknowledged;
  private int reasonCode;
  private String reasonString;

  Flight(int packetId, Message message, Link carrier) {
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
  Link carrier() {
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
  synchronized boolean isWrittenBy(Link link) {
    return writer == link;
  }

  /** PUBLISH goes out. Paho's sender thread. */
  synchronized void writing(Link link) {
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

  /** The broker has said something. */
  synchronized void answered(Ack ack) {
    boolean once = message.qos() == Qos.AT_LEAST_ONCE;
    if (ack.type() == PacketType.PUBCOMP) {
      // Its code tells nothing: "not found" is the answer to a PUBREL that had come before.
      acknowledged |= received;
    } else if (once == (ack.type() == PacketType.PUBACK)) {
      reasonCode = ack.reasonCode();
      reasonString = ack.properties().text(Property.REASON_STRING);
      received = true;
      acknowledged = once || ReasonCode.isFailure(reasonCode); // [MQTT-4.3.3-4]
    }
  }

  synchronized Delivery delivery() {
    return new Delivery(packetId, reasonCode, reasonString);
  }
}
