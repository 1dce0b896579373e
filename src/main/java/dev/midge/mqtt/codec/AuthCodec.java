package dev.midge.mqtt.codec;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Auth;
import java.nio.ByteBuffer;

/** AUTH (3.15). Any reason is taken. */
final class AuthCodec {
  private AuthCodec() {}

  static Auth read(FieldReader in) throws MalformedPacketException {
    int reasonCode = in.hasMore() ? in.oneByte() : ReasonCode.SUCCESS;
    Properties properties = in.hasMore() ? PropertyCodec.read(in, Place.AUTH) : Properties.NONE;
    in.end();
    return new Auth(reasonCode, properties);
  }

  static int size(Auth auth) {
    return isShort(auth) ? 0 : 1 + PropertyCodec.size(auth.properties());
  }

  static void write(ByteBuffer into, Auth auth) {
    if (!isShort(auth)) {
      into.put((byte) auth.reasonCode());
      PropertyCodec.write(into, auth.properties());
    }
  }

  private static boolean isShort(Auth auth) {
    return auth.reasonCode() == ReasonCode.SUCCESS && auth.properties().isEmpty();
  }
}
