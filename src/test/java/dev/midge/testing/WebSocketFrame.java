package dev.midge.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A WebSocket frame (RFC 6455 5.2) as test peers read and write it, apart from the code tested.
 *
 * @param first the byte with FIN and the opcode
 * @param second the byte with the mask bit and the length, or the form of the length
 * @param payload unmasked
 */
public record WebSocketFrame(int first, int second, byte[] payload) {
  private static final int MASKED = 0x80;

  /** Reads the next frame; null at the end of the stream. */
  public static WebSocketFrame read(DataInputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int second = in.readUnsignedByte();
    long length =
        switch (second & 0x7F) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> second & 0x7F;
        };
    byte[] mask = new byte[4];
    if ((second & MASKED) != 0) {
      in.readFully(mask);
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return new WebSocketFrame(first, second, masked(payload, mask));
  }

  /**
   * Returns the bytes of a frame.
   *
   * @param mask 4 bytes; null for none
   */
  public static byte[] encode(int first, byte[] payload, byte[] mask) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
    int maskBit = mask == null ? 0 : MASKED;
    if (payload.length < 126) {
      frame.put((byte) (maskBit | payload.length));
    } else if (payload.length <= 0xFFFF) {
      frame.put((byte) (maskBit | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (maskBit | 127)).putLong(payload.length);
    }
    if (mask == null) {
      frame.put(payload);
    } else {
      frame.put(mask).put(masked(payload, mask));
    }
    byte[] bytes = new byte[frame.flip().remaining()];
    frame.get(bytes);
    return bytes;
  }

  private static byte[] masked(byte[] payload, byte[] mask) {
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= mask[i & 3];
    }
    return masked;
  }

  public int opcode() {
    return first & 0x0F;
  }

  public boolean isMasked() {
    return (second & MASKED) != 0;
  }

  public int closeCode() {
    return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
  }
}
