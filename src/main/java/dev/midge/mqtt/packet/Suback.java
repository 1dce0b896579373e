package dev.midge.mqtt.packet;

import dev.midge.mqtt.Properties;
import java.util.List;

/**
 * SUBACK.
 *
 * @param reasonCodes granted QoS or failure, in the order of SUBSCRIBE
 */
public record Suback(int packetId, List<Integer> reasonCodes, Properties properties)
    implements Packet {
  @Override
  public PacketType type() {
    return PacketType.SUBACK;
  }
}
