package dev.midge.broker.persist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Reads the frames of a file, one after the other. */
final class FrameReader {
  private static final int SCANNED_AT_ONCE = 64 * 1024;
  private static final int READ_AT_ONCE = 64 * 1024;

  private final FileChannel file;
  private long position;

  /**
   * @param position of the first frame
   */
  FrameReader(FileChannel file, long position) {
    this.file = file;
    this.position = position;
  }

  /** Returns the position behind the last whole frame. */
  long position() {
    return position;
  }

  boolean isAtEnd() throws IOException {
    return position >= file.size();
  }

  /** Reads bytes; fewer than wanted at the end of the file. */
  static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    while (into.hasRemaining()) {
      // Not all at once: the channel would take a second buffer of that size.
      into.limit(Math.min(length, into.position() + READ_AT_ONCE));
      int count = file.read(into, from + into.position());
      into.limit(length);
      if (count < 0) {
        break;
      }
    }
    return into.flip();
  }

  /** Returns the next frame; null if there is no whole one at this place. */
  @Nullable ByteBuffer next() throws IOException {
    ByteBuffer frame = frameAt(position);
    if (frame != null) {
      position += Frame.HEAD + frame.remaining();
    }
    return frame;
  }

  private @Nullable ByteBuffer frameAt(long from) throws IOException {
    ByteBuffer head = read(file, from, Frame.HEAD);
    if (head.remaining() < Frame.HEAD || head.getInt() != Frame.MARK) {
      return null;
    }
    int length = head.getInt();
    int checksum = head.getInt();
    if (length <= 0 || length > file.size() - from - Frame.HEAD) {
      return null;
    }
    ByteBuffer content = read(file, from + Frame.HEAD, length);
    return content.remaining() == length && Frame.checksum(content) == checksum ? content : null;
  }

  /**
   * Tells whether a whole frame follows somewhere behind the next byte: then this place is damaged,
   * and not only written in part.
   */
  boolean isFollowedByFrame() throws IOException {
    for (long from = position + 1; from < file.size(); from += SCANNED_AT_ONCE) {
      ByteBuffer part = read(file, from, SCANNED_AT_ONCE + Integer.BYTES - 1);
      for (int i = 0; i + Integer.BYTES <= part.limit(); i++) {
        if (part.getInt(i) == Frame.MARK && frameAt(from + i) != null) {
          return true;
        }
      }
    }
    return false;
  }
}
