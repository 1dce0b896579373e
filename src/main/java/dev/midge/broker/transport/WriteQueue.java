package dev.midge.broker.transport;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayDeque;

/**
 * What one connection has to write. Small packets are put together in chunks, so that a turn of the
 * loop costs one write; large payloads stand by themselves, and are not copied for each of their
 * receivers. Broker thread only.
 */
final class WriteQueue {

  /** Bytes of some packets: written up to {@code from}, filled up to the buffer's position. */
  private static final class Piece {
    final ByteBuffer buffer;
    final boolean lent;
    int from;
    int packets;

    Piece(ByteBuffer buffer, boolean lent) {
      this.buffer = buffer;
      this.lent = lent;
    }

    int unwritten() {
      return buffer.position() - from;
    }

    /** What is to be written, as a buffer of its own. */
    ByteBuffer content() {
      return buffer.duplicate().flip().position(from);
    }
  }

  private static final int MOST_AT_ONCE = 64;

  /** Payloads up to this many bytes are copied; longer ones are shared by all who get them. */
  private static final int LONGEST_COPIED = 4096;

  private final BufferPool chunks;
  private final LastEncoding shared;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private Piece last; // of the pieces; null for none
  private boolean partlyWritten; // the first piece is
  private long bytes;
  private int packets;

  WriteQueue(BufferPool chunks, LastEncoding shared) {
    this.chunks = chunks;
    this.shared = shared;
  }

  /**
   * Takes a packet.
   *
   * @return its size in bytes
   */
  int add(Packet packet, ProtocolVersion version) {
    int size;
    if (packet instanceof Publish publish) {
      byte[] payload = publish.message().payload();
      if (payload.length > LONGEST_COPIED) {
        int head = PacketEncoder.headSize(publish, version);
        size = head + payload.length;
        if (!hasRoomFor(head)) {
          addPiece(new Piece(ByteBuffer.allocate(head), false));
        }
        PacketEncoder.encodeHead(publish, version, last.buffer);
        addPiece(new Piece(ByteBuffer.wrap(payload).position(payload.length), false));
      } else if (publish.packetId() == 0) {
        ByteBuffer encoded = shared.of(publish, version);
        size = encoded.limit();
        ByteBuffer into = withRoomFor(size).buffer;
        int at = into.position();
        into.put(at, encoded, 0, size).position(at + size);
      } else {
        size = encode(packet, version);
      }
    } else {
      size = encode(packet, version);
    }
    last.packets++;
    packets++;
    bytes += size;
    return size;
  }

  private int encode(Packet packet, ProtocolVersion version) {
    int size = PacketEncoder.size(packet, version);
    PacketEncoder.encode(packet, version, withRoomFor(size).buffer);
    return size;
  }

  private boolean hasRoomFor(int size) {
    return last != null && last.lent && last.buffer.remaining() >= size;
  }

  private Piece withRoomFor(int size) {
    if (hasRoomFor(size)) {
      return last;
    }
    if (size > BufferPool.LARGE) { // long topics or properties
      return addPiece(new Piece(ByteBuffer.allocate(size), false));
    }
    // A large chunk only after a full one: between long payloads it would stay nearly empty.
    boolean little = size <= BufferPool.SMALL && (last == null || !last.lent);
    return addPiece(new Piece(little ? chunks.takeSmall() : chunks.takeLarge(), true));
  }

  private Piece addPiece(Piece piece) {
    pieces.addLast(piece);
    last = piece;
    return piece;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  /** How many packets are not written. Of a piece that is partly written, its share. */
  int packets() {
    if (!partlyWritten) {
      return packets; // asked for every message: it must cost nothing as long as all is well
    }
    Piece first = pieces.peekFirst();
    int left = (int) ((long) first.packets * first.unwritten() / first.buffer.position());
    return packets - first.packets + left;
  }

  /** Writes what the channel takes without waiting. */
  void writeTo(GatheringByteChannel channel) throws IOException {
    while (!pieces.isEmpty()) {
      ByteBuffer[] contents = new ByteBuffer[Math.min(pieces.size(), MOST_AT_ONCE)];
      int count = 0;
      for (Piece piece : pieces) {
        contents[count++] = piece.content();
        if (count == contents.length) {
          break;
        }
      }
      long wanted = 0;
      for (ByteBuffer content : contents) {
        wanted += content.remaining();
      }
      long written = channel.write(contents);
      bytes -= written;
      written(written);
      if (written < wanted) {
        return;
      }
    }
  }

  private void written(long count) {
    long left = count;
    while (!pieces.isEmpty() && left >= pieces.peekFirst().unwritten()) {
      Piece first = pieces.pollFirst();
      left -= first.unwritten();
      packets -= first.packets;
      release(first);
      partlyWritten = false;
    }
    if (pieces.isEmpty()) {
      last = null;
    } else if (left > 0) {
      pieces.peekFirst().from += (int) left;
      partlyWritten = true;
    }
  }

  /** Throws away all that is not written. */
  void clear() {
    pieces.forEach(this::release);
    pieces.clear();
    last = null;
    partlyWritten = false;
    packets = 0;
    bytes = 0;
  }

  private void release(Piece piece) {
    if (piece.lent) {
      chunks.giveBack(piece.buffer);
    }
  }
}
