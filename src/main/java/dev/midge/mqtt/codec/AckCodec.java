package dev.midge.mqtt.codec;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import java.nio.ByteBuffer;

/** PUBACK, PUBREC, PUBREL and PUBCOMP (3.4 to 3.7), in their three lengths. */
final class AckCodec {
  private AckCodec() {}

  static Ack read(FieldReader in, PacketType type, ProtocolVersion version, Side side)
      throws MalformedPacketException {
    int packetId = in.twoBytes();
    if (packetId == 0) {
      throw protocolError("packet identifier 0"); // [MQTT-2.2.1-3]
    }
    int reasonCode = ReasonCode.SUCCESS;
    Properties properties = Properties.NONE;
    if (version.isV5() && in.hasMore()) {
      reasonCode = in.oneByte();
      if (side == Side.BROKER && !isLegal(type, reasonCode)) {
        throw protocolError("reason code " + reasonCode); // [MQTT-3.4.2-1]
      }
      if (in.hasMore()) {
        properties = PropertyCodec.read(in, Place.ACK);
      }
    }
    in.end();
    return new Ack(type, packetId, reasonCode, properties);
  }

  static int size(Ack ack, ProtocolVersion version) {
    if (!version.isV5()) {
      return 2;
    }
    if (ack.properties().isEmpty()) {
      return ack.reasonCode() == ReasonCode.SUCCESS ? 2 : 3;
    }
    return 3 + PropertyCodec.size(ack.properties());
  }

  static void write(ByteBuffer into, Ack ack, ProtocolVersion version) {
    FieldWriter.twoBytes(into, ack.packetId());
    boolean properties = !ack.properties().isEmpty();
    if (version.isV5() && (properties || ack.reasonCode() != ReasonCode.SUCCESS)) {
      into.put((byte) ack.reasonCode());
      if (properties) {
        PropertyCodec.write(into, ack.properties());
      }
    }
  }

  private static boolean isLegal(PacketType type, int reasonCode) {
    if (type == PacketType.PUBREL || type == PacketType.PUBCOMP) {
      return reasonCode == ReasonCode.SUCCESS
          || reasonCode == ReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
    }
    return switch (reasonCode) {
      case 0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99 -> true;
      default -> false;
    };
  }

  private static MalformedPacketException protocolError(String what) {
    return new MalformedPacketException(ReasonCode.PROTOCOL_ERROR, what);
  }
}
