package dev.midge.testing.willbroker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** The server's end of a WebSocket: bytes out of frames and into frames (RFC 6455). */
final class WebSocketFrames {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String KEY = "sec-websocket-key:";
  private static final int MOST_HEADERS = 8192;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int LAST_DATA = 2;

  private final DataInputStream in;
  private final OutputStream out;
  private final byte[] mask = new byte[4];
  private long left; // of the frame that is being read
  private int offset;
  private volatile boolean closed;
  private boolean finished;

  private WebSocketFrames(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /** Answers the request to change to WebSocket. */
  static WebSocketFrames accept(InputStream in, OutputStream out) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    while (!request.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || request.size() > MOST_HEADERS || request.size() == 0 && next != 'G') {
        throw new EOFException("no request to GET");
      }
      request.write(next);
    }
    String key =
        request
            .toString(StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> line.regionMatches(true, 0, KEY, 0, KEY.length()))
            .map(line -> line.substring(KEY.length()).trim())
            .findFirst()
            .orElseThrow(() -> new IOException("no key"));
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + proof(key)
            + "\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return new WebSocketFrames(in, out);
  }

  private static String proof(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder()
          .encodeToString(digest.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells whether the client has said goodbye with a Close frame. */
  boolean isClosed() {
    return closed;
  }

  /** Says goodbye, once. */
  synchronized void close() throws IOException {
    if (!finished) {
      frame(CLOSE, new byte[] {0x03, (byte) 0xE8}, 0, 2); // 1000
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
        frame(BINARY, bytes, from, length);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }
    };
  }

  private int take(byte[] bytes, int from, int length) throws IOException {
    while (left == 0) {
      int opcode = header();
      if (opcode < 0) {
        return -1;
      }
      if (opcode > LAST_DATA) {
        byte[] data = new byte[(int) left];
        in.readFully(data);
        unmask(data, 0, data.length);
        left = 0;
        if (opcode == CLOSE) {
          closed = true;
          close();
          return -1;
        }
        if (opcode == PING) {
          frame(PING + 1, data, 0, data.length);
        }
      }
    }
    int count = in.read(bytes, from, (int) Math.min(left, length));
    if (count > 0) {
      unmask(bytes, from, count);
      left -= count;
    }
    return count;
  }

  /** Reads the head of the next frame; returns its opcode, or -1 at the end. */
  private int header() throws IOException {
    int first = in.read();
    if (first < 0) {
      return -1;
    }
    int second = in.readUnsignedByte();
    left =
        switch (second & 0x7F) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> second & 0x7F;
        };
    in.readFully(mask); // clients mask every frame
    offset = 0;
    return first & 0xF;
  }

  private void unmask(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++) {
      bytes[i] ^= mask[offset++ & 3];
    }
  }

  private synchronized void frame(int opcode, byte[] bytes, int from, int length)
      throws IOException {
    if (finished) {
      return;
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream(length + 10);
    DataOutputStream data = new DataOutputStream(frame);
    data.write(0x80 | opcode);
    if (length < 126) {
      data.write(length);
    } else if (length <= 0xFFFF) {
      data.write(126);
      data.writeShort(length);
    } else {
      data.write(127);
      data.writeLong(length);
    }
    data.write(bytes, from, length);
    out.write(frame.toByteArray());
    out.flush();
  }
}
