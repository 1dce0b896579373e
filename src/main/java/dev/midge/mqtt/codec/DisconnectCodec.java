package dev.midge.mqtt.codec;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.MalformedPacketException.Answer;
import dev.midge.mqtt.packet.Disconnect;
import java.nio.ByteBuffer;

/** DISCONNECT (3.14). Any reason is taken. */
final class DisconnectCodec {
  private DisconnectCodec() {}

  static Disconnect read(FieldReader in, ProtocolVersion version, Side side)
      throws MalformedPacketException {
    int reasonCode = ReasonCode.NORMAL_DISCONNECTION;
    Properties properties = Properties.NONE;
    if (version.isV5() && in.hasMore()) {
      reasonCode = in.oneByte();
      if (in.hasMore()) {
        properties = PropertyCodec.read(in, Place.DISCONNECT);
        checkSender(properties, side);
      }
    }
    in.onFault(ReasonCode.PROTOCOL_ERROR, Answer.REASON_CODE);
    in.end();
    return reasonCode == 0 && properties.isEmpty()
        ? Disconnect.NORMAL
        : new Disconnect(reasonCode, properties);
  }

  static int size(Disconnect disconnect, ProtocolVersion version) {
    if (!version.isV5()) {
      return 0;
    }
    if (disconnect.properties().isEmpty()) {
      return disconnect.reasonCode() == ReasonCode.NORMAL_DISCONNECTION ? 0 : 1;
    }
    return 1 + PropertyCodec.size(disconnect.properties());
  }

  static void write(ByteBuffer into, Disconnect disconnect, ProtocolVersion version) {
    boolean properties = !disconnect.properties().isEmpty();
    if (version.isV5()
        && (properties || disconnect.reasonCode() != ReasonCode.NORMAL_DISCONNECTION)) {
      into.put((byte) disconnect.reasonCode());
      if (properties) {
        PropertyCodec.write(into, disconnect.properties());
      }
    }
  }

  /**
   * Checks that a client alone changes the session's expiry, and a server alone names another
   * server.
   */
  private static void checkSender(Properties properties, Side side)
      throws MalformedPacketException {
    Property foreign =
        side == Side.BROKER ? Property.SERVER_REFERENCE : Property.SESSION_EXPIRY_INTERVAL;
    if (properties.has(foreign)) {
      throw new MalformedPacketException( // [MQTT-3.14.2-2]
          ReasonCode.PROTOCOL_ERROR, foreign.propertyName() + " from the wrong end");
    }
  }
}
