package dev.midge.mqtt.codec;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.codec.MalformedPacketException.Answer;
import dev.midge.mqtt.packet.Connect;
import java.nio.ByteBuffer;

/** CONNECT (3.1). The order of its checks decides which fault a peer hears of. */
final class ConnectCodec {
  private static final int RESERVED = 0x01;
  private static final int CLEAN_START = 0x02;
  private static final int WILL = 0x04;
  private static final int WILL_QOS_SHIFT = 3;
  private static final int WILL_RETAIN = 0x20;
  private static final int PASSWORD = 0x40;
  private static final int USER_NAME = 0x80;

  /** The bit of the protocol level by which a bridge of mosquitto's tells that it is one. */
  private static final int BRIDGE = 0x80;

  private static final int REFUSED_PROTOCOL_VERSION_V3 = 0x01;

  private ConnectCodec() {}

  /** Reads the first thing in the body, the protocol name; the level stands behind it. */
  static String readProtocolName(FieldReader in) throws MalformedPacketException {
    in.onFault(ReasonCode.PROTOCOL_ERROR, Answer.CLOSE);
    int length = in.twoBytes();
    if (length != 4 && length != 6) {
      throw in.fault("protocol name"); // [MQTT-3.1.2-1]
    }
    StringBuilder name = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      name.append((char) in.oneByte());
    }
    String protocolName = name.toString();
    if (!protocolName.equals(ProtocolVersion.V5.protocolName())
        && !protocolName.equals(ProtocolVersion.V3_1.protocolName())) {
      throw in.fault("protocol name"); // [MQTT-3.1.2-1]
    }
    return protocolName;
  }

  /** Refuses a level that is unknown, or does not go with the name. */
  static void checkLevel(String protocolName, int level) throws MalformedPacketException {
    ProtocolVersion version = version(level);
    boolean known =
        level == version.level() || level == (version.level() | BRIDGE) && !version.isV5();
    if (!known || !version.protocolName().equals(protocolName)) {
      throw new MalformedPacketException( // [MQTT-3.1.2-2]
          version.isV5() ? ReasonCode.UNSUPPORTED_PROTOCOL_VERSION : REFUSED_PROTOCOL_VERSION_V3,
          Answer.CONNACK,
          "protocol version " + level + " of " + protocolName);
    }
  }

  /**
   * Returns the version in whose shape to answer: a level below 3, or one with the bridge's bit, is
   * of a peer that knows the return code of MQTT 3.
   */
  static ProtocolVersion version(int level) {
    return switch (level) {
      case 3, 3 | BRIDGE -> ProtocolVersion.V3_1;
      case 5 -> ProtocolVersion.V5;
      default -> level > 5 && (level & BRIDGE) == 0 ? ProtocolVersion.V5 : ProtocolVersion.V3_1_1;
    };
  }

  /** Returns the rest behind the level. */
  static Connect read(FieldReader in, int level, int fixedHeaderFlags)
      throws MalformedPacketException {
    ProtocolVersion version = version(level);
    boolean v31 = version == ProtocolVersion.V3_1;
    if (fixedHeaderFlags != 0 && !v31) {
      throw in.fault("fixed header flags"); // [MQTT-2.1.3-1]
    }
    int flags = in.oneByte();
    checkFlags(in, flags, version);
    int keepAlive = in.twoBytes();

    in.onFault(ReasonCode.MALFORMED_PACKET, Answer.REASON_CODE);
    Properties properties =
        version.isV5() ? PropertyCodec.read(in, Place.CONNECT) : Properties.NONE;
    String clientId = clientId(in);
    Will will = (flags & WILL) == 0 ? null : will(in, flags, version);

    in.onFault(ReasonCode.MALFORMED_PACKET, Answer.CLOSE);
    // MQTT 3.1 says that a flagged name or password may be missing at the end.
    String username =
        (flags & USER_NAME) == 0 || (v31 && !in.hasMore()) ? null : in.string(); // [MQTT-3.1.3-11]
    byte[] password = (flags & PASSWORD) == 0 || (v31 && !in.hasMore()) ? null : in.binary();

    in.onFault(ReasonCode.MALFORMED_PACKET, Answer.REASON_CODE);
    in.end();
    boolean cleanStart = (flags & CLEAN_START) != 0;
    return new Connect(
        version,
        cleanStart,
        keepAlive,
        clientId,
        will,
        username,
        password,
        properties,
        (level & BRIDGE) != 0);
  }

  static int size(Connect connect) {
    ProtocolVersion version = connect.version();
    int size =
        FieldWriter.sizeOfString(version.protocolName())
            + 4
            + FieldWriter.sizeOfString(connect.clientId());
    if (version.isV5()) {
      size += PropertyCodec.size(connect.properties());
    }
    if (connect.will() != null) {
      Message message = connect.will().message();
      size += FieldWriter.sizeOfString(message.topic());
      size += FieldWriter.sizeOfBinary(message.payload());
      if (version.isV5()) {
        size += PropertyCodec.size(message.properties());
      }
    }
    if (connect.username() != null) {
      size += FieldWriter.sizeOfString(connect.username());
    }
    if (connect.password() != null) {
      size += FieldWriter.sizeOfBinary(connect.password());
    }
    return size;
  }

  static void write(ByteBuffer into, Connect connect) {
    ProtocolVersion version = connect.version();
    FieldWriter.string(into, version.protocolName());
    into.put((byte) (version.level() | (connect.bridge() ? BRIDGE : 0)));
    into.put((byte) flags(connect));
    FieldWriter.twoBytes(into, connect.keepAlive());
    if (version.isV5()) {
      PropertyCodec.write(into, connect.properties());
    }
    FieldWriter.string(into, connect.clientId());
    if (connect.will() != null) {
      Message message = connect.will().message();
      if (version.isV5()) {
        PropertyCodec.write(into, message.properties());
      }
      FieldWriter.string(into, message.topic());
      FieldWriter.binary(into, message.payload());
    }
    if (connect.username() != null) {
      FieldWriter.string(into, connect.username());
    }
    if (connect.password() != null) {
      FieldWriter.binary(into, connect.password());
    }
  }

  private static void checkFlags(FieldReader in, int flags, ProtocolVersion version)
      throws MalformedPacketException {
    if ((flags & RESERVED) != 0 && version != ProtocolVersion.V3_1) {
      throw in.fault("reserved connect flag"); // [MQTT-3.1.2-3]
    }
    int willQos = flags >> WILL_QOS_SHIFT & 3;
    if (willQos == 3) {
      throw in.fault("will QoS 3"); // [MQTT-3.1.2-12]
    }
    if ((flags & WILL) == 0 && (willQos != 0 || (flags & WILL_RETAIN) != 0)) {
      throw in.fault("will QoS or will retain without a will"); // [MQTT-3.1.2-11]
    }
    if (!version.isV5() && (flags & PASSWORD) != 0 && (flags & USER_NAME) == 0) {
      throw in.fault("password without user name"); // 3.1.1 [MQTT-3.1.2-22]
    }
  }

  private static String clientId(FieldReader in) throws MalformedPacketException {
    // Cut short and badly spelled are two different faults here: the length is looked at first.
    if (!in.holdsLengthAndBytes()) {
      in.onFault(ReasonCode.MALFORMED_PACKET, Answer.CLOSE);
      throw in.fault("client identifier cut short"); // [MQTT-3.1.3-3]
    }
    in.onFault(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, Answer.REASON_CODE);
    String clientId = in.string(); // [MQTT-3.1.3-4]
    in.onFault(ReasonCode.MALFORMED_PACKET, Answer.REASON_CODE);
    return clientId;
  }

  private static Will will(FieldReader in, int flags, ProtocolVersion version)
      throws MalformedPacketException {
    Properties properties = version.isV5() ? PropertyCodec.read(in, Place.WILL) : Properties.NONE;
    String topic = in.string();
    if (topic.isEmpty()) {
      throw new MalformedPacketException(ReasonCode.PROTOCOL_ERROR, "empty will topic");
    }
    if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0 || topic.startsWith("$CONTROL/")) {
      throw new MalformedPacketException(
          ReasonCode.MALFORMED_PACKET, Answer.CLOSE, "will topic"); // [MQTT-3.3.2-2]
    }
    if (!Topics.isValidName(topic)) {
      throw in.fault("will topic");
    }
    byte[] payload = in.binary();
    Qos qos = Qos.of(flags >> WILL_QOS_SHIFT & 3);
    return new Will(new Message(topic, payload, qos, (flags & WILL_RETAIN) != 0, properties));
  }

  private static int flags(Connect connect) {
    int flags = connect.cleanStart() ? CLEAN_START : 0;
    if (connect.will() != null) {
      Message message = connect.will().message();
      flags |= WILL | message.qos().level() << WILL_QOS_SHIFT;
      flags |= message.retain() ? WILL_RETAIN : 0;
    }
    flags |= connect.username() != null ? USER_NAME : 0;
    flags |= connect.password() != null ? PASSWORD : 0;
    return flags;
  }
}
