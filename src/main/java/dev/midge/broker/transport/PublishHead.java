package dev.midge.broker.transport;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Publish;
import java.nio.ByteBuffer;

/** All of a PUBLISH but its payload, which stands last and can be shared. */
final class PublishHead {
  private static final byte[] NO_PAYLOAD = {};

  private PublishHead() {}

  static ByteBuffer of(Publish publish, ProtocolVersion version) {
    Message message = publish.message();
    Message bare =
        new Message(
            message.topic(), NO_PAYLOAD, message.qos(), message.retain(), message.properties());
    ByteBuffer packet =
        PacketEncoder.encode(new Publish(bare, publish.dup(), publish.packetId()), version);
    byte firstByte = packet.get();
    while (packet.get() < 0) {
      // The rest of the remaining length, which is the bare packet's.
    }
    int remainingLength = packet.remaining() + message.payload().length;
    ByteBuffer head = ByteBuffer.allocate(1 + 4 + packet.remaining()).put(firstByte);
    int left = remainingLength;
    while (left > 0x7F) {
      head.put((byte) (left | 0x80));
      left >>>= 7;
    }
    return head.put((byte) left).put(packet).flip();
  }
}
