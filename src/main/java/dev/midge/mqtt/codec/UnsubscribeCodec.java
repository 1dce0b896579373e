package dev.midge.mqtt.codec;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.packet.Unsubscribe;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** UNSUBSCRIBE (3.10). */
final class UnsubscribeCodec {
  private UnsubscribeCodec() {}

  static Unsubscribe read(FieldReader in, ProtocolVersion version) throws MalformedPacketException {
    int packetId = in.twoBytes();
    if (packetId == 0) {
      throw in.fault("packet identifier 0"); // [MQTT-2.2.1-3]
    }
    Properties properties =
        version.isV5()
            ? PropertyCodec.read(in, Place.UNSUBSCRIBE, ReasonCode.MALFORMED_PACKET)
            : Properties.NONE;
    List<String> filters = new ArrayList<>();
    do { // one at least [MQTT-3.10.3-2]
      String filter = in.string();
      if (!Topics.isValidFilter(filter)) {
        throw in.fault("topic filter");
      }
      filters.add(filter);
    } while (in.hasMore());
    return new Unsubscribe(packetId, List.copyOf(filters), properties);
  }

  static int size(Unsubscribe unsubscribe, ProtocolVersion version) {
    int size = 2;
    if (version.isV5()) {
      size += PropertyCodec.size(unsubscribe.properties());
    }
    for (String filter : unsubscribe.filters()) {
      size = Math.addExact(size, FieldWriter.sizeOfString(filter));
    }
    return size;
  }

  static void write(ByteBuffer into, Unsubscribe unsubscribe, ProtocolVersion version) {
    FieldWriter.twoBytes(into, unsubscribe.packetId());
    if (version.isV5()) {
      PropertyCodec.write(into, unsubscribe.properties());
    }
    for (String filter : unsubscribe.filters()) {
      FieldWriter.string(into, filter);
    }
  }
}
