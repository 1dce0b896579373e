package dev.midge.broker;

import dev.midge.testing.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A client's end of a WebSocket, byte by byte under the test's control; not for two threads. */
public final class WebSocketPeer {
  static final String REQUEST =
      "GET /mqtt HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Protocol: mqtt\r\n\r\n";
  static final String ANSWER =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
          + "Sec-WebSocket-Protocol: mqtt\r\n\r\n";

  private final DataInputStream in;
  private final OutputStream out;
  private final Random random = new Random(3);
  private byte[] data = {};
  private int dataAt;

  public WebSocketPeer(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  public WebSocketPeer upgraded() throws IOException {
    out.write(REQUEST.getBytes(StandardCharsets.ISO_8859_1));
    expectAnswer(ANSWER);
    return this;
  }

  void expectAnswer(String wanted) throws IOException {
    String got = new String(in.readNBytes(wanted.length()), StandardCharsets.ISO_8859_1);
    if (!got.equals(wanted)) {
      throw new AssertionError("wanted " + wanted + ", got " + got);
    }
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  void send(int first, byte[] payload) throws IOException {
    out.write(frame(first, true, payload));
  }

  byte[] frame(int first, boolean masked, byte[] payload) {
    byte[] mask = new byte[4];
    random.nextBytes(mask);
    return WebSocketFrame.encode(first, payload, masked ? mask : null);
  }

  /** The next frame; null at the end. */
  WebSocketFrame next() throws IOException {
    WebSocketFrame frame = WebSocketFrame.read(in);
    if (frame != null && frame.isMasked()) {
      throw new AssertionError("a server must not mask");
    }
    return frame;
  }

  /** What binary frames carry; a close frame is the end. */
  public InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        while (length > 0 && dataAt == data.length) {
          WebSocketFrame frame = next();
          if (frame == null || frame.opcode() == 8) {
            return -1;
          }
          if (frame.first() != 0x82) {
            throw new AssertionError("no binary frame: " + frame.first());
          }
          data = frame.payload();
          dataAt = 0;
        }
        int count = Math.min(length, data.length - dataAt);
        System.arraycopy(data, dataAt, into, offset, count);
        dataAt += count;
        return count;
      }
    };
  }

  /** Puts what is written into frames whose borders have nothing to do with packets. */
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        boolean first = true;
        for (int at = 0; at < length; ) {
          int count = Math.min(length - at, 1 + random.nextInt(random.nextBoolean() ? 20 : 90_000));
          byte[] part = new byte[count];
          System.arraycopy(bytes, offset + at, part, 0, count);
          at += count;
          boolean fin = at == length || random.nextBoolean();
          frames.writeBytes(frame((fin ? 0x80 : 0) | (first ? 2 : 0), true, part));
          first = fin;
        }
        out.write(frames.toByteArray());
      }
    };
  }
}
