package dev.midge.net.tls;

import dev.midge.net.BulkInputStream;
import dev.midge.net.ByteChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The channel below TLS, which sends the messages of a handshake that belong together in one write:
 * when the answer is read. JSSE writes them one by one, and a server that refuses the first of the
 * last three, a certificate, may hang up before the others are written; then the handshake would
 * fail or not by chance of timing. One thread does the handshake; after it, bytes go to the channel
 * at once.
 */
final class HandshakeBuffer {
  private final InputStream rawIn;
  private final OutputStream rawOut;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private volatile boolean established;

  HandshakeBuffer(ByteChannel channel) throws IOException {
    rawIn = channel.in();
    rawOut = channel.out();
  }

  /** Sends what is kept, and keeps nothing more: the handshake is over, well or not. */
  void end() throws IOException {
    established = true;
    send();
  }

  private void send() throws IOException {
    if (waiting.size() > 0) {
      byte[] bytes = waiting.toByteArray();
      waiting.reset();
      rawOut.write(bytes);
    }
  }

  InputStream in() {
    return new BulkInputStream() {
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
