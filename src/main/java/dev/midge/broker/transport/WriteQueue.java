package dev.midge.broker.transport;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The packets that one connection has to write. Small packets are collected in buffers of the pool,
 * so that a turn of the loop costs one write; long payloads are not copied for each of their
 * subscribers. Broker thread only.
 */
final class WriteQueue {

  /** Bytes of some packets: written up to {@code from}, filled up to the buffer's position. */
  private static final class Piece {
    final ByteBuffer buffer;
    final boolean pooled;
    int from;
    int packets;

    Piece(ByteBuffer buffer, boolean pooled) {
      this.buffer = buffer;
      this.pooled = pooled;
    }

    boolean hasRoomFor(int size) {
      return pooled && buffer.remaining() >= size;
    }

    int unwritten() {
      return buffer.position() - from;
    }

    /** Returns the bytes to be written, as a buffer of its own. */
    ByteBuffer content() {
      return buffer.duplicate().flip().position(from);
    }
  }

  private static final int MAX_PIECES = 64;

  /**
   * Payloads up to this many bytes are copied; longer ones are lastEncoding by all who get them.
   */
  private static final int MAX_COPIED = 4096;

  private final BufferPool buffers;
  private final LastEncoding lastEncoding;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>(1); // one per connection
  private @Nullable Piece last; // of the pieces
  private boolean partlyWritten; // true of the first piece
  private long added; // bytes, since the beginning
  private long bytes;
  private int packets;

  WriteQueue(BufferPool buffers, LastEncoding lastEncoding) {
    this.buffers = buffers;
    this.lastEncoding = lastEncoding;
  }

  /**
   * Adds a packet.
   *
   * @return its size in bytes
   */
  int add(Packet packet, ProtocolVersion version) {
    long before = bytes;
    Piece piece;
    if (packet instanceof Publish publish) {
      byte[] payload = publish.message().payload();
      if (payload.length > MAX_COPIED) {
        piece = addLong(publish, payload, version);
      } else if (publish.packetId() == 0) {
        piece = copy(lastEncoding.of(publish, version));
      } else {
        piece = encode(packet, version);
      }
    } else {
      piece = encode(packet, version);
    }
    added(piece, bytes - before);
    return (int) (bytes - before);
  }

  /** Adds bytes, which count as a packet. */
  void addBytes(ByteBuffer raw) {
    int size = raw.remaining();
    Piece piece = addPiece(new Piece(ByteBuffer.allocate(size).put(raw), false));
    bytes += size;
    added(piece, size);
  }

  private void added(Piece piece, long size) {
    added += size;
    piece.packets++;
    packets++;
  }

  private Piece encode(Packet packet, ProtocolVersion version) {
    int size = PacketEncoder.size(packet, version);
    Piece piece = withRoomFor(size);
    PacketEncoder.encode(packet, version, piece.buffer);
    bytes += size;
    return piece;
  }

  private Piece copy(ByteBuffer encoded) {
    int size = encoded.limit();
    Piece piece = withRoomFor(size);
    int at = piece.buffer.position();
    piece.buffer.put(at, encoded, 0, size).position(at + size);
    bytes += size;
    return piece;
  }

  private Piece addLong(Publish publish, byte[] payload, ProtocolVersion version) {
    int head = PacketEncoder.headSize(publish, version);
    Piece first = last;
    if (first == null || !first.hasRoomFor(head)) {
      first = addPiece(new Piece(ByteBuffer.allocate(head), false));
    }
    PacketEncoder.encodeHead(publish, version, first.buffer);
    bytes += head + payload.length;
    return addPiece(new Piece(ByteBuffer.wrap(payload).position(payload.length), false));
  }

  private Piece withRoomFor(int size) {
    if (last != null && last.hasRoomFor(size)) {
      return last;
    }
    if (size > BufferPool.LARGE) { // long topics or properties
      return addPiece(new Piece(ByteBuffer.allocate(size), false));
    }
    // A large buffer only after a full one: between long payloads it would stay nearly empty.
    boolean little = size <= BufferPool.SMALL && (last == null || !last.pooled);
    return addPiece(new Piece(little ? buffers.takeSmall() : buffers.takeLarge(), true));
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

  /** Returns how many bytes were ever added. */
  long added() {
    return added;
  }

  /** Returns how many packets are not written; a piece that is partly written has its share. */
  int packets() {
    if (!partlyWritten) {
      return packets; // runs for every message: it must cost next to nothing
    }
    Piece first = pieces.getFirst();
    int left = (int) ((long) first.packets * first.unwritten() / first.buffer.position());
    return packets - first.packets + left;
  }

  /** Writes what the channel takes. */
  void writeTo(GatheringByteChannel channel) throws IOException {
    writeTo(channel, Long.MAX_VALUE);
  }

  /** Writes what the channel takes, and no more than so many bytes. */
  void writeTo(GatheringByteChannel channel, long most) throws IOException {
    long left = most;
    while (!pieces.isEmpty() && left > 0) {
      ByteBuffer[] contents = new ByteBuffer[Math.min(pieces.size(), MAX_PIECES)];
      int count = 0;
      for (Piece piece : pieces) {
        contents[count++] = piece.content();
        if (count == contents.length) {
          break;
        }
      }
      long wanted = 0;
      for (ByteBuffer content : contents) {
        int part = (int) Math.min(content.remaining(), left - wanted);
        content.limit(content.position() + part);
        wanted += part;
      }
      long written = channel.write(contents);
      left -= written;
      bytes -= written;
      written(written);
      if (written < wanted) {
        return;
      }
    }
  }

  private void written(long count) {
    long left = count;
    while (!pieces.isEmpty() && left >= pieces.getFirst().unwritten()) {
      Piece first = pieces.removeFirst();
      left -= first.unwritten();
      packets -= first.packets;
      release(first);
      partlyWritten = false;
    }
    if (pieces.isEmpty()) {
      last = null;
    } else if (left > 0) {
      pieces.getFirst().from += (int) left;
      partlyWritten = true;
    }
  }

  /** Drops all that is not written. */
  void clear() {
    pieces.forEach(this::release);
    pieces.clear();
    last = null;
    partlyWritten = false;
    packets = 0;
    bytes = 0;
  }

  private void release(Piece piece) {
    if (piece.pooled) {
      buffers.giveBack(piece.buffer);
    }
  }
}
