package dev.midge.testing.willbroker;

import dev.midge.testing.WebSocketFrame;
import dev.midge.testing.WebSocketOpening;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The server's end of a WebSocket: bytes out of frames and into frames (RFC 6455). */
final class WebSocketFrames {
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int LAST_DATA = 2;
  private static final int FIN = 0x80;

  private final DataInputStream in;
  private final OutputStream out;
  private byte[] data = {};
  private int used;
  private volatile boolean closed;
  private boolean finished;

  private WebSocketFrames(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /** Answers the request to change to WebSocket. */
  static WebSocketFrames accept(InputStream in, OutputStream out) throws IOException {
    String answer = WebSocketOpening.answer(WebSocketOpening.request(in));
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return new WebSocketFrames(in, out);
  }

  /** Tells whether the client has said goodbye with a Close frame. */
  boolean isClosed() {
    return closed;
  }

  /** Says goodbye, once. */
  synchronized void close() throws IOException {
    if (!finished) {
      frame(CLOSE, new byte[] {0x03, (byte) 0xE8}); // 1000
      finished = true;
    }
  }

  InputStream in() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        try {
          return take(bytes, from, length);
        } catch (EOFException end) {
          return -1; // in the middle of a frame
        }
      }
    };
  }

  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        frame(BINARY, Arrays.copyOfRange(bytes, from, from + length));
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }
    };
  }

  private int take(byte[] bytes, int from, int length) throws IOException {
    while (used == data.length) {
      WebSocketFrame frame = WebSocketFrame.read(in);
      if (frame == null) {
        return -1;
      }
      if (frame.opcode() <= LAST_DATA) {
        data = frame.payload();
        used = 0;
      } else if (frame.opcode() == CLOSE) {
        closed = true;
        close();
        return -1;
      } else if (frame.opcode() == PING) {
        frame(PING + 1, frame.payload());
      }
    }
    int count = Math.min(length, data.length - used);
    System.arraycopy(data, used, bytes, from, count);
    used += count;
    return count;
  }

  private synchronized void frame(int opcode, byte[] payload) throws IOException {
    if (!finished) {
      out.write(WebSocketFrame.encode(FIN | opcode, payload, null));
      out.flush();
    }
  }
}
