package dev.midge.broker.transport;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Publish;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the PUBLISH that is being fanned out: the router hands the same object to all
 * subscribers that get the same packet, so that only the last one is kept. One per loop; broker
 * thread only.
 */
final class LastEncoding {
  private final Form v3 = new Form();
  private final Form v5 = new Form();

  /**
   * Returns the packet's bytes, from 0 to the limit. They are to be copied before the next call, by
   * reads that do not move the position: the next subscriber is given the same buffer.
   */
  ByteBuffer of(Publish packet, ProtocolVersion version) {
    return (version.isV5() ? v5 : v3).of(packet, version);
  }

  private static final class Form {
    private final ByteBuffer scratch = ByteBuffer.allocate(BufferPool.LARGE);
    private @Nullable Publish packet;
    private ByteBuffer bytes = scratch;

    ByteBuffer of(Publish wanted, ProtocolVersion version) {
      if (wanted == packet) {
        return bytes;
      }
      if (packet != null && bytes == scratch && hasHeadOf(packet, wanted)) {
        byte[] payload = wanted.message().payload();
        scratch.put(scratch.limit() - payload.length, payload);
      } else {
        encode(wanted, version);
      }
      packet = wanted;
      return bytes;
    }

    private void encode(Publish wanted, ProtocolVersion version) {
      packet = null; // The encoder may refuse the packet, with half of it written.
      int size = PacketEncoder.size(wanted, version);
      if (size <= BufferPool.LARGE) {
        PacketEncoder.encode(wanted, version, scratch.clear());
        bytes = scratch.flip();
      } else {
        bytes = PacketEncoder.encode(wanted, version);
      }
    }

    /**
     * Tells whether only the payload differs, as in a stream of messages to one topic: the decoder
     * gives all of them the same string.
     */
    @SuppressWarnings("ReferenceEquality")
    private static boolean hasHeadOf(Publish before, Publish wanted) {
      Message last = before.message();
      Message next = wanted.message();
      return next.topic() == last.topic()
          && next.payload().length == last.payload().length
          && next.qos() == last.qos()
          && next.retain() == last.retain()
          && before.dup() == wanted.dup()
          && before.packetId() == wanted.packetId()
          && next.properties().isEmpty()
          && last.properties().isEmpty();
    }

    void clear() {
      packet = null;
      bytes = scratch; // which frees a longer one
    }
  }

  /** Drops the last message, so that its memory can be freed. */
  void clear() {
    v3.clear();
    v5.clear();
  }
}
