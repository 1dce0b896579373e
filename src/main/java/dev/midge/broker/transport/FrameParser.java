package dev.midge.broker.transport;

import java.nio.ByteBuffer;

/**
 * Takes a client's WebSocket frames apart, RFC 6455 5, in whatever pieces they come: what they
 * carry is unmasked where it stands, and never collected. Used by {@link WebSocketLayer}; broker
 * thread only.
 */
final class FrameParser {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  /** Close codes of RFC 6455 7.4.1. */
  static final int NORMAL = 1000;

  static final int PROTOCOL_ERROR = 1002;
  static final int UNSUPPORTED_DATA = 1003;

  static final int LONGEST_CONTROL = 125;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int CONTROL = 0x08;
  private static final int MASKED = 0x80;
  private static final int LONGEST_HEAD = 14;

  /** Hears of control frames. */
  interface Controls {
    void control(int opcode, byte[] payload);
  }

  private final Controls controls;
  private final byte[] head = new byte[LONGEST_HEAD];
  private final byte[] mask = new byte[4];
  private int headLength;
  private boolean inFrame;
  private long left; // of the frame's payload
  private int maskAt;
  private boolean inMessage;
  private int controlOpcode = -1; // -1 in a data frame
  private ByteBuffer controlPayload = ByteBuffer.allocate(0);
  private boolean closed;
  private int violation;

  FrameParser(Controls controls) {
    this.controls = controls;
  }

  /** The close code for what the peer did wrong; 0 for nothing. Nothing is read after it. */
  int violation() {
    return violation;
  }

  /**
   * Reads frames from position to limit, until there are no more bytes, a rule is broken, or a
   * close frame came.
   *
   * @return how many bytes the frames carried; they stand from the old position on
   */
  int parse(ByteBuffer bytes) {
    int start = bytes.position();
    ByteBuffer carried = bytes.duplicate();
    while (violation == 0 && !closed && bytes.hasRemaining()) {
      if (!inFrame) {
        headByte(bytes.get());
      } else if (controlOpcode < 0) {
        int count = (int) Math.min(left, bytes.remaining());
        unmask(bytes, carried, count);
        left -= count;
        inFrame = left > 0;
      } else {
        int count = Math.min(controlPayload.remaining(), bytes.remaining());
        unmask(bytes, controlPayload, count);
        endOfControl();
      }
    }
    return carried.position() - start;
  }

  private void unmask(ByteBuffer from, ByteBuffer to, int count) {
    for (int i = 0; i < count; i++) {
      to.put((byte) (from.get() ^ mask[maskAt++ & 3]));
    }
  }

  private void endOfControl() {
    if (!controlPayload.hasRemaining()) {
      int opcode = controlOpcode;
      inFrame = false;
      controlOpcode = -1;
      closed = opcode == CLOSE;
      if (closed && !isClosePayload(controlPayload.flip())) {
        violation = PROTOCOL_ERROR;
        return;
      }
      controls.control(opcode, controlPayload.array());
    }
  }

  /** Nothing, or a code that may be sent, RFC 6455 7.4, and words. */
  private static boolean isClosePayload(ByteBuffer payload) {
    if (payload.remaining() < 2) {
      return !payload.hasRemaining();
    }
    int code = payload.getShort() & 0xFFFF;
    return code >= 1000 && code <= 1003
        || code >= 1007 && code <= 1014
        || code >= 3000 && code <= 4999;
  }

  private void headByte(byte next) {
    head[headLength++] = next;
    if (headLength < 2) {
      checkFirst();
      return;
    }
    int announced = head[1] & ~MASKED & 0xFF;
    if (headLength == 2) {
      checkSecond(announced);
    }
    int lengthBytes = announced == 126 ? 2 : announced == 127 ? 8 : 0;
    if (violation != 0 || headLength < 2 + lengthBytes + mask.length) {
      return;
    }
    ByteBuffer rest = ByteBuffer.wrap(head, 2, headLength - 2);
    left =
        switch (lengthBytes) {
          case 0 -> announced;
          case 2 -> rest.getShort() & 0xFFFF;
          default -> rest.getLong();
        };
    rest.get(mask);
    // RFC 6455 5.2: in the fewest bytes, and the highest bit is 0.
    if (left < 0 || lengthBytes == 2 && left < 126 || lengthBytes == 8 && left <= 0xFFFF) {
      violation = PROTOCOL_ERROR;
    }
    begin();
  }

  /** As soon as it has come: who sends something else shall not be waited for. */
  private void checkFirst() {
    int first = head[0] & 0xFF;
    int opcode = first & OPCODE;
    boolean fin = (first & FIN) != 0;
    if ((first & RESERVED) != 0) {
      violation = PROTOCOL_ERROR;
    } else if (opcode == TEXT) {
      violation = UNSUPPORTED_DATA; // [MQTT-6.0.0-1]
    } else if ((opcode & CONTROL) != 0) {
      violation = fin && opcode <= PONG ? 0 : PROTOCOL_ERROR;
    } else if (opcode != (inMessage ? CONTINUATION : BINARY)) {
      violation = PROTOCOL_ERROR;
    }
  }

  private void checkSecond(int announced) {
    boolean masked = (head[1] & MASKED) != 0; // RFC 6455 5.1: a client must
    boolean control = (head[0] & CONTROL) != 0;
    if (!masked || control && announced > LONGEST_CONTROL) {
      violation = PROTOCOL_ERROR;
    }
  }

  private void begin() {
    headLength = 0;
    maskAt = 0;
    if ((head[0] & CONTROL) != 0) {
      inFrame = true;
      controlOpcode = head[0] & OPCODE;
      controlPayload = ByteBuffer.allocate((int) left);
      endOfControl();
    } else {
      inMessage = (head[0] & FIN) == 0;
      inFrame = left > 0;
    }
  }
}
