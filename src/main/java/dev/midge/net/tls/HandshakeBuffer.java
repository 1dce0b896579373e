package dev.midge.net.tls;

import dev.midge.net.ByteChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The wire below TLS, on which the messages of a handshake that belong together go together: when
 * the answer is waited for. JSSE writes them one by one, and a server that refuses the first of the
 * last three, a certificate, may hang up before the others are written; then the handshake would
 * fail or not by chance of timing. One thread shakes hands; afterwards it is the wire itself.
 */
final class HandshakeBuffer {
  private final InputStream rawIn;
  private final OutputStream rawOut;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private volatile boolean established;

  HandshakeBuffer(ByteChannel wire) throws IOException {
    rawIn = wire.in();
    rawOut = wire.out();
  }

  /** The handshake is over, well or not: what waits is sent, and nothing waits any more. */
  void depart() throws IOException {
    established = true;
    send();
  }

  private void send() throws IOException {
    if (waiting.size() > 0) {
      byte[] flight = waiting.toByteArray();
      waiting.reset();
      rawOut.write(flight);
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
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!established) {
          send();
        }
        return rawIn.read(bytes, offset, length);
      }
    };
  }

  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (established) {
          rawOut.write(bytes, offset, length);
        } else {
          waiting.write(bytes, offset, length);
        }
      }
    };
  }
}
