package dev.midge.testing.willbroker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/** The bytes of one client in both directions, whatever lies below, and how they came to an end. */
final class Pipe {
  private final Socket socket;
  private final Carrier carrier;
  private final SSLSocket tls; // null for none
  private final WebSocketFrames frames; // null for none
  private final InputStream in;
  private final OutputStream out;

  Pipe(Socket socket, Carrier carrier, SSLSocket tls, WebSocketFrames frames) throws IOException {
    this.socket = socket;
    this.carrier = carrier;
    this.tls = tls;
    this.frames = frames;
    Socket layer = tls == null ? carrier : tls;
    in = frames == null ? layer.getInputStream() : frames.in();
    out = frames == null ? layer.getOutputStream() : frames.out();
  }

  /** The next bytes, as many as there are; fewer than 0 at an end that is no reset. */
  int read(byte[] bytes) throws IOException {
    return in.read(bytes);
  }

  void write(ByteBuffer bytes) throws IOException {
    out.write(bytes.array(), bytes.position(), bytes.remaining());
    out.flush();
  }

  /** Tells how the client has ended it, after {@link #read} has seen the end. */
  ConnectionEnd.Kind ending() {
    if (frames != null && frames.isClosed()) {
      return ConnectionEnd.Kind.CLOSE_FRAME;
    }
    if (carrier.isWriteFailed()) {
      return ConnectionEnd.Kind
          .RESET; // Linux tells of a reset once only, and the writer has heard it.
    }
    if (tls == null) {
      return ConnectionEnd.Kind.FIN;
    }
    return carrier.isFinSeen() ? ConnectionEnd.Kind.TLS_CUT : ConnectionEnd.Kind.CLOSE_NOTIFY;
  }

  /** Closes every layer in order; the client can still read what was written. */
  void finish() {
    try {
      if (frames != null) {
        frames.close();
      }
      if (tls != null) {
        tls.shutdownOutput();
      }
      socket.shutdownOutput();
    } catch (IOException gone) {
      // The client went first.
    }
  }

  void close() {
    try {
      socket.close();
    } catch (IOException closed) {
      // Gone all the same.
    }
  }
}
