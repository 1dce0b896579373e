package dev.midge.net.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a peer's WebSocket frames apart, RFC 6455 5, in whatever pieces they come: what they carry
 * is unmasked where it stands, and never collected. For one thread.
 */
public final class FrameParser {

  /** The side whose frames are read. */
  public enum Sender {
    /** Masks every frame. */
    CLIENT,
    /**
     * Masks none; its close codes, and lengths in more bytes than needed, are taken as they are.
     */
    SERVER
  }

  /** Hears of control frames. */
  public interface Controls {
    /**
     * Takes a close, a ping or a pong, once it is complete.
     *
     * @throws IOException passed on to whoever has called {@link #parse}
     */
    void control(int opcode, byte[] payload) throws IOException;
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Sender sender;
  private final Controls controls;
  private final byte[] head = new byte[FrameFormat.LONGEST_HEAD];
  private final byte[] mask = new byte[FrameFormat.MASK_BYTES];
  private int headLength;
  private boolean inFrame;
  private long left; // of the frame's payload
  private int maskAt;
  private boolean inMessage;
  private int controlOpcode = -1; // -1 in a data frame
  private ByteBuffer controlPayload = NOTHING;
  private boolean closed;
  private @Nullable Violation violation;

  public FrameParser(Sender sender, Controls controls) {
    this.sender = sender;
    this.controls = controls;
  }

  /** Returns the rule that the peer broke. Nothing is read after that. */
  public @Nullable Violation violation() {
    return violation;
  }

  /** Tells whether a close frame came. Nothing is read after it. */
  boolean isClosed() {
    return closed;
  }

  /** Tells whether a frame has begun and is not complete. */
  boolean isWithinFrame() {
    return inFrame || headLength > 0;
  }

  /**
   * Reads frames from position to limit, until there are no more bytes, a rule is broken, or a
   * close frame came.
   *
   * @return how many bytes the frames carried; they stand from the old position on
   */
  public int parse(ByteBuffer bytes) throws IOException {
    int start = bytes.position();
    ByteBuffer carried = bytes.duplicate();
    while (violation == null && !closed && bytes.hasRemaining()) {
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
    if (sender == Sender.SERVER) {
      int limit = from.limit();
      to.put(from.limit(from.position() + count));
      from.limit(limit);
      return;
    }
    for (int i = 0; i < count; i++) {
      to.put((byte) (from.get() ^ mask[maskAt++ & 3]));
    }
  }

  private void endOfControl() throws IOException {
    if (!controlPayload.hasRemaining()) {
      int opcode = controlOpcode;
      inFrame = false;
      controlOpcode = -1;
      byte[] payload = controlPayload.array();
      closed = opcode == FrameFormat.CLOSE;
      if (closed && sender == Sender.CLIENT && !isClosePayload(controlPayload.flip())) {
        violation = Violation.CLOSE_CODE;
        return;
      }
      controlPayload = NOTHING;
      controls.control(opcode, payload);
    }
  }

  /** Tells whether it is nothing, or a code that may be sent, RFC 6455 7.4, and words. */
  private static boolean isClosePayload(ByteBuffer payload) {
    if (payload.remaining() < 2) {
      return !payload.hasRemaining();
    }
    int code = payload.getShort() & 0xFFFF;
    return code >= 1000 && code <= 1003
        || code >= 1007 && code <= 1014
        || code >= 3000 && code <= 4999;
  }

  private void headByte(byte next) throws IOException {
    head[headLength++] = next;
    if (headLength < 2) {
      violation = violationOfFirst(next);
      return;
    }
    int announced = head[1] & ~FrameFormat.MASKED & 0xFF;
    if (headLength == 2) {
      violation = violationOfSecond(announced);
    }
    int lengthBytes =
        switch (announced) {
          case FrameFormat.LENGTH_OF_16_BITS -> 2;
          case FrameFormat.LENGTH_OF_64_BITS -> 8;
          default -> 0;
        };
    int maskBytes = sender == Sender.CLIENT ? mask.length : 0;
    if (violation != null || headLength < 2 + lengthBytes + maskBytes) {
      return;
    }
    ByteBuffer rest = ByteBuffer.wrap(head, 2, headLength - 2);
    left =
        switch (lengthBytes) {
          case 0 -> announced;
          case 2 -> rest.getShort() & 0xFFFF;
          default -> rest.getLong();
        };
    rest.get(mask, 0, maskBytes);
    // RFC 6455 5.2: in the fewest bytes, and the highest bit is 0.
    boolean wasteful = lengthBytes == 2 && left < 126 || lengthBytes == 8 && left <= 0xFFFF;
    if (left < 0 || wasteful && sender == Sender.CLIENT) {
      violation = Violation.LENGTH;
      return;
    }
    begin();
  }

  /** Judges the first byte as soon as it has come: a peer that errs shall not be waited for. */
  private @Nullable Violation violationOfFirst(byte first) {
    int opcode = first & FrameFormat.OPCODE;
    boolean fin = (first & FrameFormat.FIN) != 0;
    if ((first & FrameFormat.RESERVED) != 0) {
      return Violation.RESERVED_BIT_OR_MASK;
    }
    if (opcode == FrameFormat.TEXT) {
      return Violation.TEXT;
    }
    if ((opcode & FrameFormat.CONTROL) != 0) {
      return opcode > FrameFormat.PONG
          ? Violation.UNKNOWN_CONTROL_FRAME
          : fin ? null : Violation.LONG_CONTROL_FRAME;
    }
    int expected = inMessage ? FrameFormat.CONTINUATION : FrameFormat.BINARY;
    return opcode == expected ? null : Violation.OUT_OF_ORDER;
  }

  private @Nullable Violation violationOfSecond(int announced) {
    boolean masked = (head[1] & FrameFormat.MASKED) != 0;
    if (masked != (sender == Sender.CLIENT)) { // RFC 6455 5.1
      return Violation.RESERVED_BIT_OR_MASK;
    }
    boolean control = (head[0] & FrameFormat.CONTROL) != 0;
    return control && announced > FrameFormat.LONGEST_CONTROL ? Violation.LONG_CONTROL_FRAME : null;
  }

  private void begin() throws IOException {
    headLength = 0;
    maskAt = 0;
    if ((head[0] & FrameFormat.CONTROL) != 0) {
      inFrame = true;
      controlOpcode = head[0] & FrameFormat.OPCODE;
      controlPayload = ByteBuffer.allocate((int) left);
      endOfControl();
    } else {
      inMessage = (head[0] & FrameFormat.FIN) == 0;
      inFrame = left > 0;
    }
  }
}
