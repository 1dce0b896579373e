package dev.midge.fault.plan;

import dev.midge.fault.Direction;
import dev.midge.mqtt.packet.PacketType;
import java.util.Locale;

/** The names of kinds of packets in moments. */
final class FaultNames {
  private FaultNames() {}

  static String of(PacketType type, Direction direction) {
    String kind = type.name().toLowerCase(Locale.ROOT);
    return direction == Direction.BOTH ? kind : kind + (direction == Direction.IN ? "-in" : "-out");
  }
}
