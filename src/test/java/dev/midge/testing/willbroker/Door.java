package dev.midge.testing.willbroker;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Names the layers that a broker speaks below MQTT.
 *
 * @param tls null for none
 */
public record Door(SSLContext tls, boolean webSocket) {
  public static final Door TCP = new Door(null, false);
  public static final Door WEB_SOCKET = new Door(null, true);

  public static Door tls(SSLContext context) {
    return new Door(context, false);
  }

  public static Door webSocketOverTls(SSLContext context) {
    return new Door(context, true);
  }

  /** Shakes hands with a client that has connected. */
  Pipe open(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    Carrier carrier = new Carrier(socket);
    SSLSocket encrypted = null;
    if (tls != null) {
      encrypted =
          (SSLSocket)
              tls.getSocketFactory()
                  .createSocket(carrier, carrier.getInetAddress().getHostAddress(), 0, false);
      encrypted.setUseClientMode(false);
      encrypted.startHandshake();
    }
    Socket layer = encrypted == null ? carrier : encrypted;
    WebSocketFrames frames = null;
    if (webSocket) {
      frames = WebSocketFrames.accept(layer.getInputStream(), layer.getOutputStream());
    }
    return new Pipe(socket, carrier, encrypted, frames);
  }
}
