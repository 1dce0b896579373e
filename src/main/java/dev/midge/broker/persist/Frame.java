package dev.midge.broker.persist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Records that are read together or not at all. In a file they stand behind a mark, their length
 * and their checksum, four bytes each.
 *
 * @param content ready to be read
 */
record Frame(List<ByteBuffer> content, int size) {
  static final int HEAD = 12;
  static final int MARK = 0xA5_4D_46_5A;

  /** Returns the bytes that it takes in a file. */
  long length() {
    return HEAD + (long) size;
  }

  static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    return (int) checksum.getValue();
  }

  /**
   * Writes it, through a buffer that is empty before and after: a channel would copy long payloads
   * as a whole.
   */
  void writeTo(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
    CRC32C checksum = new CRC32C();
    for (ByteBuffer each : content) {
      checksum.update(each.duplicate());
    }
    buffer.putInt(MARK).putInt(size).putInt((int) checksum.getValue());
    for (ByteBuffer each : content) {
      ByteBuffer from = each.duplicate();
      while (from.hasRemaining()) {
        if (!buffer.hasRemaining()) {
          flush(buffer, channel);
        }
        int part = Math.min(from.remaining(), buffer.remaining());
        buffer.put(from.slice(from.position(), part));
        from.position(from.position() + part);
      }
    }
    flush(buffer, channel);
  }

  private static void flush(ByteBuffer buffer, WritableByteChannel channel) throws IOException {
    try {
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } finally {
      buffer.clear();
    }
  }
}
