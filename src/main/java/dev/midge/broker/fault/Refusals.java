package dev.midge.broker.fault;

import dev.midge.fault.Effect;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the packets with which {@code nack}, {@code reason} and {@code refuse} answer. */
final class Refusals {
  private static final int NOT_AUTHORISED_V3 = 5;
  private static final int UNAVAILABLE_V3 = 3;

  private Refusals() {}

  /**
   * Returns the code of CONNACK for an effect at that moment, of the client's version; 0 if the
   * effect is no refusal.
   */
  static int ofConnect(Effect effect, ProtocolVersion version) {
    boolean v5 = version.isV5();
    return switch (effect.kind()) {
      case REFUSE -> v5 ? ReasonCode.SERVER_UNAVAILABLE : UNAVAILABLE_V3;
      case NACK -> {
        Integer code = effect instanceof Effect.Nack nack ? nack.code() : null;
        int wanted = code == null ? ReasonCode.NOT_AUTHORIZED : code;
        yield v5 ? wanted : codeOfV3(wanted);
      }
      case REASON -> effect instanceof Effect.Reason reason ? reason.code() : 0;
      default -> 0;
    };
  }

  /** Returns the return code of MQTT 3 that is nearest to a reason code of MQTT 5. */
  private static int codeOfV3(int reasonCode) {
    return switch (reasonCode) {
      case ReasonCode.UNSUPPORTED_PROTOCOL_VERSION -> 1;
      case ReasonCode.CLIENT_IDENTIFIER_NOT_VALID -> 2;
      case ReasonCode.SERVER_UNAVAILABLE -> UNAVAILABLE_V3;
      case ReasonCode.BAD_USER_NAME_OR_PASSWORD -> 4;
      default -> NOT_AUTHORISED_V3;
    };
  }

  static Connack connack(int code) {
    return new Connack(false, code, Properties.NONE);
  }

  /**
   * Returns the answer that refuses a packet of the client.
   *
   * @param code null for the one that suits
   * @return null if that version has no such answer, or the packet none
   */
  static @Nullable Packet answer(Packet packet, @Nullable Integer code, ProtocolVersion version) {
    int failure = code == null ? ReasonCode.NOT_AUTHORIZED : code;
    int unknown = code == null ? ReasonCode.PACKET_IDENTIFIER_NOT_FOUND : code;
    if (packet instanceof Subscribe subscribe) {
      int count = subscribe.subscriptions().size();
      return withCode(
          new Suback(subscribe.packetId(), codes(count, 0), Properties.NONE), code, version);
    }
    if (!version.isV5()) {
      return null;
    }
    if (packet instanceof Publish publish) {
      Qos qos = publish.message().qos();
      PacketType type = qos == Qos.AT_LEAST_ONCE ? PacketType.PUBACK : PacketType.PUBREC;
      return qos == Qos.AT_MOST_ONCE ? null : Ack.of(type, publish.packetId(), failure);
    }
    if (packet instanceof Unsubscribe unsubscribe) {
      int count = unsubscribe.filters().size();
      return new Unsuback(unsubscribe.packetId(), codes(count, failure), Properties.NONE);
    }
    return switch (packet.type()) {
      case PUBREC -> Ack.of(PacketType.PUBREL, ((Ack) packet).packetId(), unknown);
      case PUBREL -> Ack.of(PacketType.PUBCOMP, ((Ack) packet).packetId(), unknown);
      default -> null;
    };
  }

  /**
   * Returns an acknowledgement with another code.
   *
   * @param code null for the refusal that suits
   * @return null if that version has no such code, or the packet is no acknowledgement
   */
  static @Nullable Packet withCode(Packet ack, @Nullable Integer code, ProtocolVersion version) {
    boolean v5 = version.isV5();
    if (ack instanceof Suback suback && version != ProtocolVersion.V3_1) {
      int wanted = code == null ? ReasonCode.NOT_AUTHORIZED : code;
      // MQTT 3.1.1 has but one failure. [MQTT-3.9.3-2]
      int said = v5 || !ReasonCode.isFailure(wanted) ? wanted : ReasonCode.UNSPECIFIED_ERROR;
      return new Suback(
          suback.packetId(), codes(suback.reasonCodes().size(), said), suback.properties());
    }
    if (!v5) {
      return null;
    }
    if (ack instanceof Unsuback unsuback) {
      int said = code == null ? ReasonCode.NOT_AUTHORIZED : code;
      return new Unsuback(
          unsuback.packetId(), codes(unsuback.reasonCodes().size(), said), unsuback.properties());
    }
    if (ack instanceof Ack plain) {
      boolean second = plain.type() == PacketType.PUBREL || plain.type() == PacketType.PUBCOMP;
      int suits = second ? ReasonCode.PACKET_IDENTIFIER_NOT_FOUND : ReasonCode.NOT_AUTHORIZED;
      return Ack.of(plain.type(), plain.packetId(), code == null ? suits : code);
    }
    return null;
  }

  /** Returns the kind of packet with which the broker answers; null for none. */
  static @Nullable PacketType answerTo(Packet packet) {
    return switch (packet.type()) {
      case PUBLISH ->
          switch (((Publish) packet).message().qos()) {
            case AT_MOST_ONCE -> null;
            case AT_LEAST_ONCE -> PacketType.PUBACK;
            case EXACTLY_ONCE -> PacketType.PUBREC;
          };
      case PUBREC -> PacketType.PUBREL;
      case PUBREL -> PacketType.PUBCOMP;
      case SUBSCRIBE -> PacketType.SUBACK;
      case UNSUBSCRIBE -> PacketType.UNSUBACK;
      case PINGREQ -> PacketType.PINGRESP;
      case CONNECT -> PacketType.CONNACK;
      default -> null;
    };
  }

  /** Returns why there is no such refusal of a packet, or by it. */
  static String whyNot(Packet packet, ProtocolVersion version) {
    PacketType answer = answerTo(packet);
    if (packet.type() == PacketType.PUBLISH && answer == null) {
      return "a PUBLISH of QoS 0 has no answer";
    }
    return "MQTT "
        + version.number()
        + " has no refusing "
        + (answer == null ? packet.type() : answer);
  }

  private static List<Integer> codes(int count, int code) {
    return Collections.nCopies(count, code);
  }
}
