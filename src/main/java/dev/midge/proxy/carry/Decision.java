package dev.midge.proxy.carry;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultRules;
import dev.midge.fault.MalformedPacket;
import dev.midge.fault.Moment;
import dev.midge.fault.plan.Due;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.proxy.event.PassedPacket;
import dev.midge.proxy.packet.Changes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The faults that are due at one packet, and the bytes that they make of it.
 *
 * @param dues in the order in which they happen
 * @param version null before CONNECT
 * @param seed decides what chance decides about the packet's bytes
 */
record Decision(PassedPacket packet, List<Due> dues, @Nullable ProtocolVersion version, long seed) {
  private static final byte[] NO_BYTES = {};

  /** Returns whether the packet passes as it is, and nothing else happens. */
  boolean isPlain() {
    return dues.isEmpty();
  }

  /** Returns whether other bytes than the packet's are written, or in another order. */
  boolean changesPacket() {
    return dues.stream().anyMatch(due -> due.isInPlace(packet.type()) || swallows(due));
  }

  /** Returns those that happen before the packet is written. */
  List<Due> before() {
    return dues.stream().filter(due -> isAtEnd(due) && !swallows(due) && !inPlace(due)).toList();
  }

  /** Returns those that happen when the packet has been written, or what stands for it. */
  List<Due> after() {
    List<Due> after = new ArrayList<>(dues);
    after.removeAll(before());
    return after;
  }

  /** Returns the bytes that are written in the packet's place. */
  byte[] changed(byte[] original) {
    byte[] bytes = original;
    int copies = 1;
    for (Due due : dues) {
      if (swallows(due)) {
        copies = 0;
      }
      for (Effect effect : due.effects()) {
        if (!FaultRules.isInPlace(effect, packet.type())) {
          continue;
        }
        switch (effect.kind()) {
          case DROP, REFUSE -> copies = 0;
          case DUPLICATE -> copies *= 2;
          case CORRUPT -> bytes = Changes.flipped(bytes, seed);
          case GARBAGE -> bytes = MalformedPacket.bytes();
          case TRUNCATE -> bytes = Changes.half(bytes);
          case REASON -> bytes = withReason(bytes, ((Effect.Reason) effect).code());
          default -> {
            // It moves the packet.
          }
        }
      }
    }
    return times(bytes, copies);
  }

  private byte[] withReason(byte[] bytes, int code) {
    byte[] answer = version == null ? null : Changes.answer(packet.packet(), code, version);
    return answer == null ? bytes : answer;
  }

  private static byte[] times(byte[] bytes, int copies) {
    byte[] all = copies == 1 ? bytes : NO_BYTES;
    for (int i = 0; i < copies && copies > 1; i++) {
      byte[] longer = Arrays.copyOf(all, all.length + bytes.length);
      System.arraycopy(bytes, 0, longer, all.length, bytes.length);
      all = longer;
    }
    return all;
  }

  /** Returns whether the packet changes places with the next. */
  boolean movesBack() {
    return dues.stream().anyMatch(due -> due.planned().fault().has(EffectKind.REORDER));
  }

  /** Returns whether the receiver has been told by CONNACK that it is not connected. */
  boolean refuses(Due due) {
    ProtocolVersion spoken = version;
    return packet.type() == PacketType.CONNACK
        && spoken != null
        && due.effects().stream()
            .anyMatch(e -> e instanceof Effect.Reason r && Changes.refuses(r.code(), spoken));
  }

  /** Returns whether the client gets to know that it is connected. */
  boolean connects() {
    ProtocolVersion spoken = version;
    return spoken != null
        && packet.packet() instanceof Connack connack
        && !Changes.refuses(connack.reasonCode(), spoken)
        && dues.stream().noneMatch(this::keepsConnackBack);
  }

  private boolean keepsConnackBack(Due due) {
    return refuses(due)
        || due.effects().stream()
            .anyMatch(
                e ->
                    e.kind() == EffectKind.DROP
                        || e.kind() == EffectKind.GARBAGE
                        || e.kind() == EffectKind.TRUNCATE);
  }

  /** Returns whether the other direction must not go on before all has happened. */
  boolean stopsAnswers() {
    return dues.stream()
        .flatMap(due -> due.effects().stream())
        .anyMatch(
            effect ->
                switch (effect.kind()) {
                  case CLOSE, RESET, FREEZE, TRUNCATE, BLACKOUT -> true;
                  case REASON -> !FaultRules.isInPlace(effect, packet.type());
                  default -> false;
                });
  }

  private boolean inPlace(Due due) {
    return due.isInPlace(packet.type());
  }

  private static boolean isAtEnd(Due due) {
    return due.planned().fault().moment() instanceof Moment.End;
  }

  /** At the moment {@code end} the end of the connection takes the place of DISCONNECT. */
  private static boolean swallows(Due due) {
    return isAtEnd(due) && due.effects().stream().anyMatch(Decision::endsConnection)
        || due.planned().fault().has(EffectKind.REFUSE);
  }

  private static boolean endsConnection(Effect effect) {
    return switch (effect.kind()) {
      case CLOSE, RESET, REASON, TAKEOVER -> true;
      case FREEZE -> ((Effect.Freeze) effect).direction().covers(Direction.OUT);
      default -> false;
    };
  }
}
