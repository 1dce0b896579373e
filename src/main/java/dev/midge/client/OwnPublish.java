package dev.midge.client;

import dev.midge.mqtt.packet.Publish;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;

/**
 * A message of QoS 1 or 2 on its way through Paho, which sees to the order of things; the bytes are
 * ours, in the user's version, with all properties in the given order. Made by {@link Link},
 * written by Paho's sender thread.
 */
final class OwnPublish extends MqttPublish {

  private static final byte[] NOTHING = {};

  private final Publish packet;
  private final Outgoing outgoing;
  private final CompletableFuture<Delivery> delivered = new CompletableFuture<>();
  private int reasonCode;
  private String reasonString;

  OwnPublish(Publish packet, Outgoing outgoing) {
    super("-", new MqttMessage(NOTHING, packet.message().qos().level(), false, null), null);
    this.packet = packet;
    this.outgoing = outgoing;
    setMessageId(packet.packetId());
  }

  /** Called by Paho right before it writes: puts the true packet in the place of these bytes. */
  @Override
  public byte[] getHeader() {
    outgoing.announce(packet);
    return NOTHING;
  }

  @Override
  public byte[] getPayload() {
    return NOTHING;
  }

  Publish packet() {
    return packet;
  }

  CompletableFuture<Delivery> delivered() {
    return delivered;
  }

  /** The broker's answer has come; what it said before counts more. Thread that reads. */
  synchronized void answered(int code, String reason) {
    if (reasonCode == 0) {
      reasonCode = code;
      reasonString = reason;
    }
  }

  synchronized Delivery delivery() {
    return new Delivery(packet.packetId(), reasonCode, reasonString);
  }
}
