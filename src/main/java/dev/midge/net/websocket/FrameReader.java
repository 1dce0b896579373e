package dev.midge.net.websocket;

import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** What is in the WebSocket frames of a server, as one stream of bytes. For one thread. */
final class FrameReader extends InputStream {
  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int CONTROL = 0x08;
  private static final int MASKED = 0x80;
  private static final int LONGEST_CONTROL = 125;

  private final DataInputStream in;
  private final FrameWriter writer;
  private long left;
  private boolean inMessage;
  private boolean ended;

  FrameReader(InputStream in, FrameWriter writer) {
    this.in = new DataInputStream(in);
    this.writer = writer;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (left == 0 && !ended) {
      nextFrame();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("The server hung up in the middle of a WebSocket frame.");
    }
    left -= count;
    return count;
  }

  private void nextFrame() throws IOException {
    int first = in.read();
    if (first < 0) {
      ended = true;
      return;
    }
    int opcode = first & OPCODE;
    boolean fin = (first & FIN) != 0;
    int second = in.readUnsignedByte();
    if ((first & RESERVED) != 0 || (second & MASKED) != 0) {
      throw broken("The server sends a frame with reserved bits or a mask.");
    }
    long length = length(second);
    if ((opcode & CONTROL) != 0) {
      if (!fin || length > LONGEST_CONTROL) {
        throw broken("The server sends a control frame that is too long.");
      }
      byte[] payload = new byte[(int) length];
      in.readFully(payload);
      control(opcode, payload);
      return;
    }
    checkData(opcode);
    inMessage = !fin;
    left = length;
  }

  private long length(int second) throws IOException {
    long length =
        switch (second) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> second;
        };
    if (length < 0) {
      throw broken("The server sends a frame of negative length.");
    }
    return length;
  }

  private void checkData(int opcode) throws IOException {
    if (opcode == FrameWriter.TEXT) {
      writer.close(FrameWriter.UNSUPPORTED_DATA);
      throw new NetFailure(Kind.WEBSOCKET, "The server sends text."); // [MQTT-6.0.0-1]
    }
    if (opcode != (inMessage ? FrameWriter.CONTINUATION : FrameWriter.BINARY)) {
      throw broken("The server sends a frame out of order.");
    }
  }

  private void control(int opcode, byte[] payload) throws IOException {
    switch (opcode) {
      case FrameWriter.PING -> writer.pong(payload);
      case FrameWriter.PONG -> {} // RFC 6455 5.5.3: unsolicited, and no answer is expected.
      case FrameWriter.CLOSE -> {
        ended = true;
        writer.close(FrameWriter.NORMAL);
      }
      default -> throw broken("The server sends a frame of an unknown kind.");
    }
  }

  private NetFailure broken(String why) throws IOException {
    writer.close(FrameWriter.PROTOCOL_ERROR);
    return new NetFailure(Kind.WEBSOCKET, why);
  }
}
