package dev.midge.mqtt.codec;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connack;
import java.nio.ByteBuffer;

/** CONNACK (3.2). */
final class ConnackCodec {
  private ConnackCodec() {}

  /** Takes the two-byte form in MQTT 5 too: brokers that know only MQTT 3 refuse in that shape. */
  static Connack read(FieldReader in, ProtocolVersion version) throws MalformedPacketException {
    int flags = in.oneByte();
    if (flags > 1) {
      throw in.fault("reserved acknowledge flags"); // [MQTT-3.2.2-1]
    }
    int reasonCode = in.oneByte();
    Properties properties =
        version.isV5() && in.hasMore() ? PropertyCodec.read(in, Place.CONNACK) : Properties.NONE;
    in.end();
    return new Connack(flags == 1, reasonCode, properties);
  }

  static int size(Connack connack, ProtocolVersion version) {
    return 2 + (version.isV5() ? PropertyCodec.size(connack.properties()) : 0);
  }

  static void write(ByteBuffer into, Connack connack, ProtocolVersion version) {
    into.put((byte) (connack.sessionPresent() ? 1 : 0));
    into.put((byte) connack.reasonCode());
    if (version.isV5()) {
      PropertyCodec.write(into, connack.properties());
    }
  }
}
