package dev.midge.client;

import dev.midge.mqtt.packet.Publish;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;

/**
 * A message of QoS 1 or 2 on its way through Paho, which sees to the order of things; the bytes are
 * ours, in the user's version, with all properties in the given order. Made by {@link Connection},
 * written by Paho's sender thread.
 */
final class OwnPublish extends MqttPublish {

  private static final byte[] NOTHING = {};

  private final Publish packet;
  private final Outgoing outgoing;
  private final Runnable onWrite;

  /**
   * @param onWrite told right before it goes out
   */
  OwnPublish(Publish packet, Outgoing outgoing, Runnable onWrite) {
    super("-", new MqttMessage(NOTHING, packet.message().qos().level(), false, null), null);
    this.packet = packet;
    this.outgoing = outgoing;
    this.onWrite = onWrite;
    setMessageId(packet.packetId());
  }

  /** Called by Paho right before it writes: puts the true packet in the place of these bytes. */
  @Override
  public byte[] getHeader() {
    outgoing.announce(packet);
    onWrite.run();
    return NOTHING;
  }

  @Override
  public byte[] getPayload() {
    return NOTHING;
  }
}
