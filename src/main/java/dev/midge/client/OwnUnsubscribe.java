package dev.midge.client;

import dev.midge.mqtt.packet.Unsubscribe;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttUnsubscribe;

/** An UNSUBSCRIBE on its way through Paho, with bytes of ours. Written by Paho's sender thread. */
final class OwnUnsubscribe extends MqttUnsubscribe {

  private static final byte[] NOTHING = {};

  private final Unsubscribe packet;
  private final Outgoing outgoing;

  OwnUnsubscribe(Unsubscribe packet, Outgoing outgoing) {
    super(new String[0], new MqttProperties());
    this.packet = packet;
    this.outgoing = outgoing;
    setMessageId(packet.packetId());
  }

  @Override
  public byte[] getHeader() {
    outgoing.announce(packet);
    return NOTHING;
  }

  @Override
  public byte[] getPayload() {
    return NOTHING;
  }
}
