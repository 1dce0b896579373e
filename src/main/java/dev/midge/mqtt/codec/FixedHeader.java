package dev.midge.mqtt.codec;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.MalformedPacketException.Answer;
import dev.midge.mqtt.packet.PacketType;
import org.jspecify.annotations.Nullable;

/**
 * Judges a packet before its body has come: type, flags and remaining length (2.1). Used by {@link
 * PacketDecoder}.
 */
final class FixedHeader {
  /** mosquitto's limits, in bytes of remaining length. */
  private static final int MAX_CONNECT = 100_000;

  private static final int MAX_ACK = 10_000;
  private static final int MAX_SUBSCRIBE = 100_000;

  /** MQTT 3.1 lets PUBREL, SUBSCRIBE and UNSUBSCRIBE be marked as sent again. */
  private static final int DUP = 0x08;

  private FixedHeader() {}

  /**
   * Judges type, flags and length.
   *
   * @param version null when no CONNECT has been read
   */
  static void check(
      Side side, @Nullable ProtocolVersion version, PacketType type, int flags, int remainingLength)
      throws MalformedPacketException {
    checkLength(side, version, type, remainingLength);
    checkSender(side, version, type, flags);
    switch (type) {
      case CONNECT -> {
        // Judged with the body: MQTT 3.1 ignores these flags.
      }
      case PUBLISH -> PublishCodec.checkFlags(flags);
      case PUBREL -> checkFlagsTwo(version, flags, ReasonCode.PROTOCOL_ERROR); // [MQTT-3.6.1-1]
      case SUBSCRIBE, UNSUBSCRIBE -> // [MQTT-3.8.1-1] [MQTT-3.10.1-1]
          checkFlagsTwo(version, flags, ReasonCode.MALFORMED_PACKET);
      case DISCONNECT -> checkFlagsZero(flags, ReasonCode.PROTOCOL_ERROR); // [MQTT-3.14.1-1]
      default -> checkFlagsZero(flags, ReasonCode.MALFORMED_PACKET); // [MQTT-2.1.3-1]
    }
  }

  private static void checkLength(
      Side side, @Nullable ProtocolVersion version, PacketType type, int remainingLength)
      throws MalformedPacketException {
    boolean v3 = version != null && !version.isV5();
    boolean broker = side == Side.BROKER;
    boolean legal =
        switch (type) {
          case CONNECT -> !broker || remainingLength <= MAX_CONNECT;
          case PINGREQ, PINGRESP -> remainingLength == 0;
          case PUBACK, PUBREC, PUBREL, PUBCOMP ->
              v3 ? remainingLength == 2 : !broker || remainingLength <= MAX_ACK;
          case DISCONNECT -> v3 ? remainingLength == 0 : !broker || remainingLength <= MAX_ACK;
          case SUBSCRIBE, UNSUBSCRIBE, AUTH -> v3 || !broker || remainingLength <= MAX_SUBSCRIBE;
          default -> true;
        };
    if (!legal) {
      throw new MalformedPacketException(
          ReasonCode.MALFORMED_PACKET, Answer.CLOSE, type + " of length " + remainingLength);
    }
  }

  private static void checkSender(
      Side side, @Nullable ProtocolVersion version, PacketType type, int flags)
      throws MalformedPacketException {
    boolean expected =
        switch (type) {
          case CONNECT, SUBSCRIBE, UNSUBSCRIBE, PINGREQ -> side == Side.BROKER;
          case CONNACK, SUBACK, UNSUBACK, PINGRESP -> side == Side.CLIENT;
          // No authentication method is ever offered, so that no client may send AUTH.
          case AUTH -> side == Side.CLIENT && version == ProtocolVersion.V5;
          // Of servers, only one of MQTT 5 sends DISCONNECT.
          case DISCONNECT -> side == Side.BROKER || version == ProtocolVersion.V5;
          default -> true;
        };
    if (!expected) {
      boolean badFlags =
          flags != 0
              && (type == PacketType.SUBACK
                  || type == PacketType.UNSUBACK
                  || type == PacketType.PINGRESP);
      throw new MalformedPacketException(
          badFlags ? ReasonCode.MALFORMED_PACKET : ReasonCode.PROTOCOL_ERROR,
          type + " from the wrong end");
    }
  }

  private static void checkFlagsZero(int flags, int reasonCode) throws MalformedPacketException {
    if (flags != 0) {
      throw new MalformedPacketException(reasonCode, "fixed header flags " + flags);
    }
  }

  private static void checkFlagsTwo(@Nullable ProtocolVersion version, int flags, int reasonCode)
      throws MalformedPacketException {
    int judged = version == ProtocolVersion.V3_1 ? flags & ~DUP : flags;
    if (judged != 2) {
      throw new MalformedPacketException(reasonCode, "fixed header flags " + flags);
    }
  }
}
