package dev.midge.broker.persist;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a snapshot or a change log: magic, version, generation, checksum.
 *
 * @param generation number of the snapshot; its change log has the same
 */
record FileHeader(Kind kind, int version, long generation) {
  /** The version that is written; older ones are read as well. */
  static final int VERSION = 1;

  static final int LENGTH = 24;
  private static final int CHECKED = 20;

  /** The two kinds of files. */
  enum Kind {
    SNAPSHOT("MIDGE-DB"),
    CHANGES("MIDGELOG");

    private final byte[] magic;

    Kind(String magic) {
      this.magic = magic.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Makes one of the present version. */
  FileHeader(Kind kind, long generation) {
    this(kind, VERSION, generation);
  }

  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    bytes.put(kind.magic).putInt(version).putLong(generation);
    bytes.putInt(Frame.checksum(bytes.duplicate().flip()));
    return bytes.flip();
  }

  /** Tells whether the bytes begin as a file of that kind does, in any version. */
  static boolean isMagic(Kind kind, ByteBuffer bytes) {
    byte[] start = new byte[Math.min(kind.magic.length, bytes.remaining())];
    bytes.duplicate().get(start);
    return Arrays.equals(start, kind.magic);
  }

  /** Reads one whose magic is right; null if it is damaged. */
  static @Nullable FileHeader read(Kind kind, ByteBuffer bytes) {
    if (bytes.remaining() < LENGTH) {
      return null;
    }
    int checksum = Frame.checksum(bytes.slice(bytes.position(), CHECKED));
    ByteBuffer from = bytes.duplicate();
    from.position(from.position() + kind.magic.length);
    FileHeader header = new FileHeader(kind, from.getInt(), from.getLong());
    return from.getInt() == checksum ? header : null;
  }
}
