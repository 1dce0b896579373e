package dev.midge.broker.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request that asks for a WebSocket, RFC 6455 4.2, and the answer to it. Used by {@link
 * WebSocketLayer}.
 */
final class WebSocketHandshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String[] SUBPROTOCOLS = {"mqtt", "mqttv3.1"}; // [MQTT-6.0.0-3]

  private WebSocketHandshake() {}

  /**
   * Judges a request.
   *
   * @param head up to and with the empty line
   * @return the bytes to be sent; null if it is no request for MQTT in a WebSocket
   */
  static byte @Nullable [] answer(String head) {
    String[] lines = head.split("\r\n");
    if (!lines[0].startsWith("GET ") || !lines[0].endsWith(" HTTP/1.1")) {
      return null;
    }
    Map<String, String> headers = headers(lines);
    if (headers == null) {
      return null;
    }
    String key = headers.getOrDefault("sec-websocket-key", "");
    String subprotocol = subprotocol(headers.getOrDefault("sec-websocket-protocol", ""));
    if (!has(headers.getOrDefault("upgrade", ""), "websocket")
        || !headers.getOrDefault("sec-websocket-version", "").equals("13")
        || key.isEmpty()
        || subprotocol == null) {
      return null;
    }
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\n"
            + "Upgrade: WebSocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key)
            + "\r\nSec-WebSocket-Protocol: "
            + subprotocol // [MQTT-6.0.0-4]
            + "\r\n\r\n";
    return answer.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** By name in small letters; what comes twice is one list. */
  private static @Nullable Map<String, String> headers(String[] lines) {
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon <= 0) {
        return null;
      }
      String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, lines[i].substring(colon + 1).strip(), (a, b) -> a + "," + b);
    }
    return headers;
  }

  private static boolean has(String list, String wanted) {
    for (String each : list.split(",")) {
      if (each.strip().equalsIgnoreCase(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Ours, out of those that the client offers; null for none. */
  private static @Nullable String subprotocol(String offered) {
    for (String each : SUBPROTOCOLS) {
      if (has(offered, each)) {
        return each;
      }
    }
    return null;
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has it
    }
  }
}
