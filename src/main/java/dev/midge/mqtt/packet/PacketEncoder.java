package dev.midge.mqtt.packet;

import dev.midge.mqtt.ProtocolVersion;
import java.nio.ByteBuffer;

/**
 * Packets into bytes. Stateless. What a version does not have (properties, reason codes) is left
 * out.
 */
public final class PacketEncoder {
  private PacketEncoder() {}

  /** The packet as a whole, ready to be read. CONNECT is written in its own version. */
  public static ByteBuffer encode(Packet packet, ProtocolVersion version) {
    throw new UnsupportedOperationException();
  }

  /** The number of bytes that {@link #encode} gives, without making them. */
  public static int size(Packet packet, ProtocolVersion version) {
    throw new UnsupportedOperationException();
  }

  /** Writes the packet; the buffer has room for {@link #size} bytes. */
  public static void encode(Packet packet, ProtocolVersion version, ByteBuffer into) {
    throw new UnsupportedOperationException();
  }
}
