package dev.midge.mqtt.packet;

import dev.midge.mqtt.Properties;
import java.util.List;

/** UNSUBSCRIBE, with one filter or more. */
public record Unsubscribe(int packetId, List<String> filters, Properties properties)
    implements Packet {
  @Override
  public PacketType type() {
    return PacketType.UNSUBSCRIBE;
  }
}
