package dev.midge.client.paho.cure;

import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Cures that Paho tears the connection down when PUBREC refuses a message, or sends PUBREL for it
 * [MQTT-4.3.3-4]: Paho reads that the message was delivered, and its PUBREL is not sent. The reason
 * code is kept with the message.
 */
public final class RefusedByPubrec implements SendCure, ReceiveCure {

  private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) {
    if (!(packet instanceof Ack ack)
        || ack.type() != PacketType.PUBREC
        || !ReasonCode.isFailure(ack.reasonCode())) {
      return packet;
    }
    refused.add(ack.packetId());
    after.add(Ack.of(PacketType.PUBCOMP, ack.packetId()));
    return Ack.of(PacketType.PUBREC, ack.packetId());
  }

  @Override
  public @Nullable Packet cureSent(Packet packet, Original original) {
    return packet instanceof Ack ack
            && ack.type() == PacketType.PUBREL
            && refused.remove(ack.packetId())
        ? null
        : packet;
  }
}
