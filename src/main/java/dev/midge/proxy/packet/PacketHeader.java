package dev.midge.proxy.packet;

import dev.midge.mqtt.packet.PacketType;
import org.jspecify.annotations.Nullable;

/**
 * The fixed header of a packet, of which nothing is known but where the packet ends.
 *
 * @param type {@link PacketType#RESERVED} for what is no header of MQTT
 * @param flags the lower four bits of the first byte
 * @param size of the header alone, in bytes
 * @param remainingLength the size of the rest
 */
public record PacketHeader(PacketType type, int flags, int size, int remainingLength) {
  private static final PacketHeader NONE = new PacketHeader(PacketType.RESERVED, 0, 0, 0);
  private static final int MOST_LENGTH_BYTES = 4;

  /** Returns the header that begins at {@code from}; null while bytes of it are missing. */
  public static @Nullable PacketHeader at(byte[] bytes, int from, int to) {
    if (from >= to) {
      return null;
    }
    PacketType type = PacketType.ofFirstByte(bytes[from]);
    if (type == PacketType.RESERVED) {
      return NONE;
    }
    int length = 0;
    for (int i = 0; i < MOST_LENGTH_BYTES; i++) {
      int at = from + 1 + i;
      if (at >= to) {
        return null;
      }
      length |= (bytes[at] & 0x7F) << 7 * i;
      if (bytes[at] >= 0) {
        return new PacketHeader(type, bytes[from] & 0x0F, i + 2, length);
      }
    }
    return NONE;
  }

  public boolean isMqtt() {
    return type != PacketType.RESERVED;
  }

  /** Returns the size of the whole packet. */
  public long length() {
    return (long) size + remainingLength;
  }
}
