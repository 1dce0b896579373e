package dev.midge.net.websocket;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The server's part of the opening of a WebSocket, RFC 6455 4.2. For any thread. */
public final class ServerHandshake {
  private static final String[] SUBPROTOCOLS = {"mqtt", "mqttv3.1"}; // [MQTT-6.0.0-3]

  private final String key;
  private final String subprotocol;
  private final @Nullable String origin;

  private ServerHandshake(String key, String subprotocol, @Nullable String origin) {
    this.key = key;
    this.subprotocol = subprotocol;
    this.origin = origin;
  }

  /**
   * Reads a request; returns null if it is none for MQTT in a WebSocket.
   *
   * @param head up to and with the empty line
   */
  public static @Nullable ServerHandshake of(String head) {
    String[] lines = head.split("\r\n");
    if (!lines[0].startsWith("GET ") || !lines[0].endsWith(" HTTP/1.1")) {
      return null;
    }
    HeaderFields headers = new HeaderFields();
    for (int i = 1; i < lines.length; i++) {
      if (!headers.add(lines[i])) {
        return null;
      }
    }
    String key = headers.value("sec-websocket-key");
    String subprotocol = subprotocol(headers);
    if (!headers.lists("upgrade", "websocket")
        || !"13".equals(headers.value("sec-websocket-version"))
        || key == null
        || key.isEmpty()
        || subprotocol == null) {
      return null;
    }
    return new ServerHandshake(key, subprotocol, headers.value("origin"));
  }

  /** Returns the origin of the page that a browser shows; null from other clients. */
  public @Nullable String origin() {
    return origin;
  }

  /** Returns the bytes that accept the request. */
  public byte[] answer() {
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\n"
            + "Upgrade: WebSocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + AcceptKey.of(key)
            + "\r\nSec-WebSocket-Protocol: "
            + subprotocol // [MQTT-6.0.0-4]
            + "\r\n\r\n";
    return answer.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns ours, out of those that the client offers; null for none. */
  private static @Nullable String subprotocol(HeaderFields headers) {
    for (String each : SUBPROTOCOLS) {
      if (headers.lists("sec-websocket-protocol", each)) {
        return each;
      }
    }
    return null;
  }
}
