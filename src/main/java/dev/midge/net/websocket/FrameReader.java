package dev.midge.net.websocket;

import dev.midge.net.BulkInputStream;
import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads what the WebSocket frames of a server carry as one stream of bytes. For one thread. */
final class FrameReader extends BulkInputStream {
  private final InputStream in;
  private final FrameWriter writer;
  private final FrameParser frames;

  /**
   * @param writer answers pings and the close frame
   */
  FrameReader(InputStream in, FrameWriter writer) {
    this.in = in;
    this.writer = writer;
    frames = new FrameParser(FrameParser.Sender.SERVER, writer);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!frames.isClosed()) {
      Violation violation = frames.violation();
      if (violation != null) {
        writer.close(violation.closeCode());
        throw new NetFailure(Kind.WEBSOCKET, text(violation));
      }
      int count = in.read(bytes, offset, length);
      if (count < 0) {
        if (frames.isWithinFrame()) {
          throw new EOFException("The server hung up in the middle of a WebSocket frame.");
        }
        return -1;
      }
      int carried = frames.parse(ByteBuffer.wrap(bytes, offset, count));
      if (carried > 0) {
        return carried;
      }
    }
    return -1;
  }

  private static String text(Violation violation) {
    return switch (violation) {
      case RESERVED_BIT_OR_MASK -> "The server sends a frame with reserved bits or a mask.";
      case TEXT -> "The server sends text.";
      case LONG_CONTROL_FRAME -> "The server sends a control frame that is too long.";
      case UNKNOWN_CONTROL_FRAME -> "The server sends a frame of an unknown kind.";
      case OUT_OF_ORDER -> "The server sends a frame out of order.";
      case LENGTH -> "The server sends a frame of negative length.";
      case CLOSE_CODE -> "The server sends a close code that is none.";
    };
  }
}
