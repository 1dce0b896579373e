package dev.midge.fault;

import dev.midge.mqtt.packet.PacketType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows which effects go with which moments, on which side, and why others do not. */
public final class FaultRules {
  private static final Set<PacketType> FROM_CLIENT =
      EnumSet.of(
          PacketType.CONNECT, PacketType.SUBSCRIBE, PacketType.UNSUBSCRIBE, PacketType.PINGREQ);
  private static final Set<PacketType> FROM_BROKER =
      EnumSet.of(PacketType.CONNACK, PacketType.SUBACK, PacketType.UNSUBACK, PacketType.PINGRESP);
  private static final Set<PacketType> ANSWERS =
      EnumSet.of(
          PacketType.CONNACK,
          PacketType.PUBACK,
          PacketType.PUBREC,
          PacketType.PUBREL,
          PacketType.PUBCOMP,
          PacketType.SUBACK,
          PacketType.UNSUBACK);
  private static final Set<PacketType> ANSWERED =
      EnumSet.of(
          PacketType.CONNECT,
          PacketType.PUBLISH,
          PacketType.PUBREC,
          PacketType.PUBREL,
          PacketType.SUBSCRIBE,
          PacketType.UNSUBSCRIBE);

  private FaultRules() {}

  /** Returns why there is no such fault on that side, as a sentence; null when there is. */
  static @Nullable String impossible(
      List<Effect> effects, Moment moment, Target target, FaultSide side) {
    for (int i = 0; i < effects.size(); i++) {
      Effect effect = effects.get(i);
      String alone = impossible(effect, moment, side);
      if (alone != null) {
        return alone;
      }
      if (i < effects.size() - 1 && isEnd(effect)) {
        return effect.text() + " ends the connection, so that it is the last of a sum.";
      }
      for (Effect before : effects.subList(0, i)) {
        if (before.kind() == effect.kind()) {
          return effect.kind().word() + " is there twice.";
        }
      }
    }
    if (side == FaultSide.CLIENT && !target.isAll()) {
      return "client=, user=, topic=, version= and share= are for the broker and the proxy; a"
          + " client has topic:FILTER.";
    }
    for (Effect effect : effects) {
      if (effect instanceof Effect.Refuse refuse && refuse.tcp() && !target.isAll()) {
        return "refuse:tcp comes before CONNECT, so that nobody can be told apart.";
      }
    }
    if (target.topic() != null
        && moment.packet() != PacketType.PUBLISH
        && !(moment instanceof Moment.Random)) {
      return "topic= needs a moment of PUBLISH, such as publish-in:1.";
    }
    return null;
  }

  /** Returns whether the connection ends by it, or is no longer usable. */
  static boolean isEnd(Effect effect) {
    return switch (effect.kind().nature()) {
      case END -> !(effect instanceof Effect.Freeze f && f.direction() != Direction.BOTH);
      default -> effect.kind() == EffectKind.REFUSE;
    };
  }

  /**
   * Returns whether the connection ends by it at that moment, even if another effect may follow.
   */
  public static boolean ends(Effect effect, Moment moment) {
    PacketType packet = moment.packet();
    return switch (effect.kind()) {
      case TRUNCATE, GARBAGE -> true;
      case REASON -> packet == null || !ANSWERS.contains(packet);
      default -> isEnd(effect);
    };
  }

  /** Returns whether the packet of the moment itself is changed, swallowed or replaced by it. */
  public static boolean isInPlace(Effect effect, PacketType packet) {
    return switch (effect.kind().nature()) {
      case PACKET, PACKET_OR_STATE -> true;
      case PACKET_OR_END -> ANSWERS.contains(packet);
      default -> false;
    };
  }

  /** Returns why that effect does not go with that moment on that side; null when it does. */
  public static @Nullable String impossible(Effect effect, Moment moment, FaultSide side) {
    EffectKind kind = effect.kind();
    if (!kind.isOf(side)) {
      return "'" + kind.word() + "' is not for " + side.words() + ".";
    }
    String direction = impossible(moment, side);
    if (direction != null) {
      return direction;
    }
    PacketType packet = moment.packet();
    switch (kind) {
      case REFUSE -> {
        if (!(moment instanceof Moment.Connack)) {
          return "refuse happens at connack only.";
        }
      }
      case NACK -> {
        if (packet == null || !ANSWERED.contains(packet) && !ANSWERS.contains(packet)) {
          return "nack needs the moment of a packet with an answer that can refuse, such as"
              + " publish-out:1 or subscribe:*.";
        }
        if (side == FaultSide.BROKER
            && packet == PacketType.PUBLISH
            && moment instanceof Moment.Packets packets
            && packets.direction() == Direction.IN) {
          return "the broker does not answer what it publishes itself; nack is for publish-out:1,"
              + " or for puback-out:1 of the client.";
        }
      }
      case SILENT -> {
        if (!moment.hasPacket() || moment instanceof Moment.End) {
          return "silent needs the moment of a packet that is answered, such as publish-out:1.";
        }
      }
      case GARBAGE -> {
        if (side == FaultSide.PROXY && !moment.hasPacket()) {
          return "at the proxy garbage takes the place of a packet, such as publish-in:1.";
        }
      }
      case TAKEOVER -> {
        if (packet == PacketType.CONNECT
            || side == FaultSide.PROXY && packet == PacketType.CONNACK) {
          return "before it is connected there is nothing to take over.";
        }
      }
      default -> {
        if (kind.nature() == EffectKind.Nature.PACKET && !moment.hasPacket()) {
          return kind.word() + " needs the moment of a packet, such as publish-out:1.";
        }
      }
    }
    if (kind == EffectKind.TRUNCATE && side == FaultSide.CLIENT && comesIn(moment)) {
      return "a client can truncate what it sends only, such as publish-out:1.";
    }
    if (kind == EffectKind.TRUNCATE && side == FaultSide.BROKER && goesOut(moment)) {
      return "the broker can truncate what it sends only, such as publish-in:1.";
    }
    return null;
  }

  /** Returns whether the moment may be a packet that comes to the client. */
  public static boolean comesIn(Moment moment) {
    PacketType packet = moment.packet();
    return packet != null && FROM_BROKER.contains(packet)
        || moment instanceof Moment.Packets packets
            && packets.direction() != Direction.OUT
            && !FROM_CLIENT.contains(packets.packet());
  }

  private static boolean goesOut(Moment moment) {
    PacketType packet = moment.packet();
    return moment instanceof Moment.End
        || packet != null && FROM_CLIENT.contains(packet)
        || moment instanceof Moment.Packets packets && packets.direction() == Direction.OUT;
  }

  private static @Nullable String impossible(Moment moment, FaultSide side) {
    if (moment instanceof Moment.Eof && side != FaultSide.CLIENT) {
      return "eof, the end of standard input, is for a client.";
    }
    if (moment.packet() == PacketType.AUTH && side != FaultSide.PROXY) {
      return "AUTH passes the proxy only: midge's clients and its broker send none.";
    }
    if (moment instanceof Moment.Packets packets) {
      if (packets.direction() == Direction.IN && FROM_CLIENT.contains(packets.packet())) {
        return packets.packet() + " never comes to a client: it is sent by it (-out).";
      }
      if (packets.direction() == Direction.OUT && FROM_BROKER.contains(packets.packet())) {
        return packets.packet() + " is never sent by a client: it comes to it (-in).";
      }
    }
    return null;
  }
}
