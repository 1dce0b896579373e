package dev.midge.client.paho.cure;

import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import java.util.Queue;

/**
 * Cures that Paho tears the connection down when PUBREL says that the packet identifier is unknown:
 * it is shown PUBREL without a reason, and answers with PUBCOMP.
 */
public final class PubrelReason implements ReceiveCure {

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) {
    return packet instanceof Ack ack && ack.type() == PacketType.PUBREL
        ? Ack.of(PacketType.PUBREL, ack.packetId())
        : packet;
  }
}
