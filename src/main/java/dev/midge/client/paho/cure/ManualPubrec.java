package dev.midge.client.paho.cure;

import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Cures that Paho sends PUBREC before anybody has seen the message, and PUBCOMP where it is told to
 * acknowledge the message: the PUBREC is dropped, and sent in the place of that PUBCOMP.
 */
public final class ManualPubrec implements SendCure {

  private final Map<Integer, Integer> acknowledged = new ConcurrentHashMap<>();

  /** Paho is about to be told to acknowledge that message of QoS 2. Any thread. */
  public void acknowledging(int packetId) {
    acknowledged.merge(packetId, 1, Integer::sum);
  }

  @Override
  public @Nullable Packet cureSent(Packet packet, Original original) {
    if (!(packet instanceof Ack ack)) {
      return packet;
    }
    int id = ack.packetId();
    return switch (ack.type()) {
      case PUBREC -> null;
      case PUBCOMP -> isAcknowledgement(id) ? Ack.of(PacketType.PUBREC, id) : packet;
      default -> packet;
    };
  }

  private boolean isAcknowledgement(int packetId) {
    if (!acknowledged.containsKey(packetId)) {
      return false;
    }
    acknowledged.computeIfPresent(packetId, (id, count) -> count == 1 ? null : count - 1);
    return true;
  }
}
