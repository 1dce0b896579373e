package dev.midge.mqtt.packet;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import java.util.List;

/** SUBSCRIBE, with one subscription or more. */
public record Subscribe(int packetId, List<Subscription> subscriptions, Properties properties)
    implements Packet {
  @Override
  public PacketType type() {
    return PacketType.SUBSCRIBE;
  }
}
