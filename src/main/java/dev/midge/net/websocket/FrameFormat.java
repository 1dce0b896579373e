package dev.midge.net.websocket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The fields of a WebSocket frame's head, RFC 6455 5.2, for both sides. For any thread. */
public final class FrameFormat {
  public static final int CONTINUATION = 0x0;
  public static final int TEXT = 0x1;
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;
  public static final int PONG = 0xA;

  /** A close code, RFC 6455 7.4.1. */
  public static final int NORMAL = 1000;

  static final int PROTOCOL_ERROR = 1002;
  static final int UNSUPPORTED_DATA = 1003;

  /** The longest head in bytes, with the mask. */
  public static final int LONGEST_HEAD = 14;

  static final int MASK_BYTES = 4;
  static final int LONGEST_CONTROL = 125;

  static final int FIN = 0x80;
  static final int RESERVED = 0x70;
  static final int OPCODE = 0x0F;
  static final int CONTROL = 0x08; // in an opcode
  static final int MASKED = 0x80; // in the second byte

  static final int LENGTH_OF_16_BITS = 126;
  static final int LENGTH_OF_64_BITS = 127;

  private FrameFormat() {}

  /**
   * Writes the head of a frame that is a message by itself.
   *
   * @param length of the payload in bytes
   * @param mask 4 bytes, which a client's frame has; null for a server's
   */
  public static void putHead(ByteBuffer into, int opcode, long length, byte @Nullable [] mask) {
    int masked = mask == null ? 0 : MASKED;
    into.put((byte) (FIN | opcode));
    if (length < LENGTH_OF_16_BITS) {
      into.put((byte) (masked | length));
    } else if (length <= 0xFFFF) {
      into.put((byte) (masked | LENGTH_OF_16_BITS)).putShort((short) length);
    } else {
      into.put((byte) (masked | LENGTH_OF_64_BITS)).putLong(length);
    }
    if (mask != null) {
      into.put(mask);
    }
  }
}
