package dev.midge.broker.fault;

import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a packet, which the client does not get.
 *
 * @param type null if the packet has no answer
 * @param packetId 0 for one without
 */
record Withheld(@Nullable PacketType type, int packetId) {

  static Withheld answerTo(Packet packet) {
    return new Withheld(Refusals.answerTo(packet), packetId(packet));
  }

  boolean is(Packet answer) {
    return answer.type() == type && packetId(answer) == packetId;
  }

  private static int packetId(Packet packet) {
    if (packet instanceof Ack ack) {
      return ack.packetId();
    }
    if (packet instanceof Publish publish) {
      return publish.packetId();
    }
    if (packet instanceof Subscribe subscribe) {
      return subscribe.packetId();
    }
    if (packet instanceof Suback suback) {
      return suback.packetId();
    }
    if (packet instanceof Unsubscribe unsubscribe) {
      return unsubscribe.packetId();
    }
    return packet instanceof Unsuback unsuback ? unsuback.packetId() : 0;
  }
}
