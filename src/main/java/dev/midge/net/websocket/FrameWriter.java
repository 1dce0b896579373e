package dev.midge.net.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts what is written into WebSocket frames, each MQTT packet into one: a packet that is written
 * in pieces waits for its last one, or for {@link #flush}. Used by all who write and by the thread
 * that reads, which answers pings.
 */
final class FrameWriter extends OutputStream implements FrameParser.Controls {
  /** The length of a packet whose length has not been written to the end. */
  private static final long UNKNOWN = Long.MAX_VALUE;

  private final OutputStream out;
  private final SecureRandom random;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
  private final byte[] mask = new byte[FrameFormat.MASK_BYTES];
  private ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private long begunLength = UNKNOWN;
  private boolean closed;

  FrameWriter(OutputStream out, SecureRandom random) {
    this.out = out;
    this.random = random;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      if (begun.size() == 0) {
        writePackets(bytes, offset, length);
      } else {
        begun.write(bytes, offset, length);
        if (begunLength == UNKNOWN) {
          begunLength = packetLength(begun.toByteArray(), 0, begun.size());
        }
        if (begunLength <= begun.size()) {
          byte[] all = takeBegun();
          writePackets(all, 0, all.length);
        }
      }
      flushBuffer();
    } finally {
      lock.unlock();
    }
  }

  /** Writes what has come of a packet, for its rest may never come. */
  @Override
  public void flush() throws IOException {
    lock.lock();
    try {
      writeBegun();
      flushBuffer();
    } finally {
      lock.unlock();
    }
  }

  private void writeBegun() throws IOException {
    if (begun.size() > 0) {
      byte[] bytes = takeBegun();
      put(FrameFormat.BINARY, bytes, 0, bytes.length);
    }
  }

  private byte[] takeBegun() {
    byte[] bytes = begun.toByteArray();
    begun = new ByteArrayOutputStream();
    begunLength = UNKNOWN;
    return bytes;
  }

  /** Writes the packets that are complete, and keeps one that is not until its rest comes. */
  private void writePackets(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      long packet = packetLength(bytes, at, end);
      if (packet > end - at) {
        begun.write(bytes, at, end - at);
        begunLength = packet;
        return;
      }
      put(FrameFormat.BINARY, bytes, at, (int) packet);
      at += (int) packet;
    }
  }

  /** Returns the length of the MQTT packet that begins there; {@link #UNKNOWN} while that is. */
  private static long packetLength(byte[] bytes, int start, int end) {
    long remaining = 0;
    for (int i = 1; i <= 4 && start + i < end; i++) { // [MQTT-1.5.5-1]
      remaining |= (long) (bytes[start + i] & 0x7F) << 7 * (i - 1);
      if (bytes[start + i] >= 0) {
        return 1 + i + remaining;
      }
    }
    return UNKNOWN;
  }

  /** Answers a ping and a close frame. RFC 6455 5.5.3: a pong that nobody asked for is none. */
  @Override
  public void control(int opcode, byte[] payload) throws IOException {
    if (opcode == FrameFormat.PING) {
      pong(payload);
    } else if (opcode == FrameFormat.CLOSE) {
      close(FrameFormat.NORMAL);
    }
  }

  private void pong(byte[] payload) throws IOException {
    lock.lock();
    try {
      put(FrameFormat.PONG, payload, 0, payload.length);
      flushBuffer();
    } finally {
      lock.unlock();
    }
  }

  /** Sends a close frame, once; nothing may follow. */
  void close(int code) throws IOException {
    lock.lock();
    try {
      if (!closed) {
        writeBegun();
        put(FrameFormat.CLOSE, new byte[] {(byte) (code >> 8), (byte) code}, 0, 2);
        closed = true;
        flushBuffer();
      }
    } finally {
      lock.unlock();
    }
  }

  private void put(int opcode, byte[] payload, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("The WebSocket is closed.");
    }
    if (buffer.remaining() < FrameFormat.LONGEST_HEAD) {
      flushBuffer();
    }
    random.nextBytes(mask);
    FrameFormat.putHead(buffer, opcode, length, mask);
    byte[] into = buffer.array();
    int used = buffer.position();
    for (int i = 0; i < length; i++) {
      if (used == into.length) {
        buffer.position(used);
        flushBuffer();
        used = 0;
      }
      into[used++] = (byte) (payload[offset + i] ^ mask[i & 3]);
    }
    buffer.position(used);
  }

  private void flushBuffer() throws IOException {
    int count = buffer.position();
    buffer.clear();
    if (count > 0) {
      out.write(buffer.array(), 0, count);
    }
  }
}
