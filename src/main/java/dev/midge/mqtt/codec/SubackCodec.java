package dev.midge.mqtt.codec;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Suback;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** SUBACK (3.9). Its codes are passed through, whatever they are. */
final class SubackCodec {
  private SubackCodec() {}

  static Suback read(FieldReader in, ProtocolVersion version) throws MalformedPacketException {
    int packetId = packetId(in);
    Properties properties = version.isV5() ? PropertyCodec.read(in, Place.SUBACK) : Properties.NONE;
    return new Suback(packetId, reasonCodes(in), properties);
  }

  static int size(Suback suback, ProtocolVersion version) {
    return 2
        + (version.isV5() ? PropertyCodec.size(suback.properties()) : 0)
        + suback.reasonCodes().size();
  }

  static void write(ByteBuffer into, Suback suback, ProtocolVersion version) {
    FieldWriter.twoBytes(into, suback.packetId());
    if (version.isV5()) {
      PropertyCodec.write(into, suback.properties());
    }
    writeReasonCodes(into, suback.reasonCodes());
  }

  static int packetId(FieldReader in) throws MalformedPacketException {
    int packetId = in.twoBytes();
    if (packetId == 0) {
      throw new MalformedPacketException(ReasonCode.PROTOCOL_ERROR, "packet identifier 0");
    }
    return packetId;
  }

  /** Takes one at least, to the end of the packet. */
  static List<Integer> reasonCodes(FieldReader in) throws MalformedPacketException {
    List<Integer> reasonCodes = new ArrayList<>(in.remaining());
    do {
      reasonCodes.add(in.oneByte());
    } while (in.hasMore());
    return List.copyOf(reasonCodes);
  }

  static void writeReasonCodes(ByteBuffer into, List<Integer> reasonCodes) {
    for (int reasonCode : reasonCodes) {
      into.put((byte) reasonCode);
    }
  }
}
