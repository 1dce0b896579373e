package dev.midge.mqtt.codec;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Unsuback;
import java.nio.ByteBuffer;
import java.util.List;

/** UNSUBACK (3.11): in MQTT 3 nothing but the packet identifier. */
final class UnsubackCodec {
  private UnsubackCodec() {}

  static Unsuback read(FieldReader in, ProtocolVersion version) throws MalformedPacketException {
    int packetId = SubackCodec.packetId(in);
    if (!version.isV5()) {
      in.end();
      return new Unsuback(packetId, List.of(), Properties.NONE);
    }
    Properties properties = PropertyCodec.read(in, Place.UNSUBACK);
    return new Unsuback(packetId, SubackCodec.reasonCodes(in), properties);
  }

  static int size(Unsuback unsuback, ProtocolVersion version) {
    return version.isV5()
        ? 2 + PropertyCodec.size(unsuback.properties()) + unsuback.reasonCodes().size()
        : 2;
  }

  static void write(ByteBuffer into, Unsuback unsuback, ProtocolVersion version) {
    FieldWriter.twoBytes(into, unsuback.packetId());
    if (version.isV5()) {
      PropertyCodec.write(into, unsuback.properties());
      SubackCodec.writeReasonCodes(into, unsuback.reasonCodes());
    }
  }
}
