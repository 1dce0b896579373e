package dev.midge.broker.fault;

import dev.midge.fault.MalformedPacket;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Packet;
import java.nio.ByteBuffer;

/** Makes the bytes of packets that are malformed on purpose. */
final class SpoiltBytes {
  private SpoiltBytes() {}

  /** Returns what nobody takes for a packet. */
  static ByteBuffer garbage() {
    return ByteBuffer.wrap(MalformedPacket.bytes());
  }

  /** Returns the first half of a packet, rounded down, at least a byte. */
  static ByteBuffer half(Packet packet, ProtocolVersion version) {
    ByteBuffer whole = PacketEncoder.encode(packet, version);
    return whole.limit(Math.max(1, whole.remaining() / 2));
  }

  /**
   * Returns a packet with one flipped bit in its body; in a flag of the fixed header if there is no
   * body.
   *
   * @param chance 0 (inclusive) to 1 (exclusive): the place
   */
  static ByteBuffer corrupt(Packet packet, ProtocolVersion version, double chance) {
    ByteBuffer bytes = PacketEncoder.encode(packet, version);
    int body = 1;
    while (bytes.get(body) < 0) {
      body++;
    }
    body++;
    int bits = (bytes.limit() - body) * 8;
    int bit = bits == 0 ? (int) (chance * 4) : body * 8 + (int) (chance * bits);
    int at = bit / 8;
    return bytes.put(at, (byte) (bytes.get(at) ^ 1 << bit % 8));
  }
}
