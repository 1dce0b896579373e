package dev.midge.mqtt.packet;

import dev.midge.mqtt.Properties;
import java.util.List;

/**
 * UNSUBACK.
 *
 * @param reasonCodes in the order of UNSUBSCRIBE; empty in MQTT 3
 */
public record Unsuback(int packetId, List<Integer> reasonCodes, Properties properties)
    implements Packet {
  @Override
  public PacketType type() {
    return PacketType.UNSUBACK;
  }
}
