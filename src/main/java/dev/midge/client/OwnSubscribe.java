package dev.midge.client;

import dev.midge.mqtt.packet.Subscribe;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttSubscribe;

/** A SUBSCRIBE on its way through Paho, with bytes of ours. Written by Paho's sender thread. */
final class OwnSubscribe extends MqttSubscribe {

  private static final byte[] NOTHING = {};

  private final Subscribe packet;
  private final Outgoing outgoing;

  OwnSubscribe(Subscribe packet, Outgoing outgoing) {
    super(new MqttSubscription[0], new MqttProperties());
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
