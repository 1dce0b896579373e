package dev.midge.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * A client that does not trust a server of TLS 1.3, and says so as OpenSSL does: by an alert that
 * is not encrypted.
 */
public final class DistrustfulClient {
  private static final byte[] UNKNOWN_CA = HexFormat.of().parseHex("15030300020230");

  private DistrustfulClient() {}

  /** Begins a handshake, reads the beginning of the answer, sends the alert and hangs up. */
  public static void connect(int port) throws IOException, GeneralSecurityException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(clientHello());
      byte[] answer = new byte[64 * 1024];
      int count = socket.getInputStream().read(answer);
      if (count < 0) {
        throw new IOException("the server has hung up");
      }
      socket.getOutputStream().write(UNKNOWN_CA);
      socket.shutdownOutput();
      while (count >= 0) {
        count = socket.getInputStream().read(answer);
      }
    } catch (java.net.SocketException reset) {
      // The server does not read on.
    }
  }

  private static byte[] clientHello() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {"TLSv1.3"});
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
    byte[] bytes = new byte[hello.position()];
    hello.flip().get(bytes);
    return bytes;
  }
}
