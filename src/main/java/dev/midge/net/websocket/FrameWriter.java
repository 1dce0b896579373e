package dev.midge.net.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts what is written into WebSocket frames, each MQTT packet into one. Used by all who write and
 * by the thread that reads, which answers pings.
 */
final class FrameWriter extends OutputStream {
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

  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final int LONGEST_HEAD = 14;
  private static final int LENGTH_OF_16_BITS = 126;
  private static final int LENGTH_OF_64_BITS = 127;

  private final OutputStream out;
  private final SecureRandom random;
  private final ReentrantLock lock = new ReentrantLock();
  private final byte[] buffer = new byte[16 * 1024];
  private final byte[] mask = new byte[4];
  private ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int used;
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
        byte[] all = begun.toByteArray();
        if (packetLength(all, 0, all.length) <= all.length) {
          begun = new ByteArrayOutputStream();
          writePackets(all, 0, all.length);
        }
      }
      flushBuffer();
    } finally {
      lock.unlock();
    }
  }

  /** A packet that is not complete waits for its rest. */
  private void writePackets(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      long packet = packetLength(bytes, at, end);
      if (packet > end - at) {
        begun.write(bytes, at, end - at);
        return;
      }
      put(BINARY, bytes, at, (int) packet);
      at += (int) packet;
    }
  }

  /** How long the MQTT packet is that begins there; endless while its length is not complete. */
  private static long packetLength(byte[] bytes, int start, int end) {
    long remaining = 0;
    for (int i = 1; i <= 4 && start + i < end; i++) { // [MQTT-1.5.5-1]
      remaining |= (long) (bytes[start + i] & 0x7F) << 7 * (i - 1);
      if (bytes[start + i] >= 0) {
        return 1 + i + remaining;
      }
    }
    return Long.MAX_VALUE;
  }

  /** Answers a ping. */
  void pong(byte[] payload) throws IOException {
    lock.lock();
    try {
      put(PONG, payload, 0, payload.length);
      flushBuffer();
    } finally {
      lock.unlock();
    }
  }

  /** Says goodbye, once; nothing may follow. */
  void close(int code) throws IOException {
    lock.lock();
    try {
      if (!closed) {
        put(CLOSE, new byte[] {(byte) (code >> 8), (byte) code}, 0, 2);
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
    putHead(opcode, length);
    for (int i = 0; i < length; i++) {
      if (used == buffer.length) {
        flushBuffer();
      }
      buffer[used++] = (byte) (payload[offset + i] ^ mask[i & 3]);
    }
  }

  private void putHead(int opcode, int length) throws IOException {
    if (buffer.length - used < LONGEST_HEAD) {
      flushBuffer();
    }
    buffer[used++] = (byte) (FIN | opcode);
    if (length < LENGTH_OF_16_BITS) {
      buffer[used++] = (byte) (MASKED | length);
    } else if (length <= 0xFFFF) {
      buffer[used++] = (byte) (MASKED | LENGTH_OF_16_BITS);
      putNumber(length, Short.BYTES);
    } else {
      buffer[used++] = (byte) (MASKED | LENGTH_OF_64_BITS);
      putNumber(length, Long.BYTES);
    }
    random.nextBytes(mask);
    System.arraycopy(mask, 0, buffer, used, mask.length);
    used += mask.length;
  }

  private void putNumber(long number, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      buffer[used++] = (byte) (number >> shift);
    }
  }

  private void flushBuffer() throws IOException {
    int count = used;
    used = 0;
    if (count > 0) {
      out.write(buffer, 0, count);
    }
  }
}
