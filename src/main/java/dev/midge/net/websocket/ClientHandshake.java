package dev.midge.net.websocket;

import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** The client's part of the opening of a WebSocket, RFC 6455 4.1. For one thread, once. */
final class ClientHandshake {
  private static final String PROTOCOL = "mqtt"; // [MQTT-6.0.0-3]
  private static final int LONGEST_ANSWER = 16 * 1024;
  private static final int FIRST_BYTE_OF_TLS_ALERT = 0x15;

  private final String key;
  private int left = LONGEST_ANSWER;

  ClientHandshake(SecureRandom random) {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    key = Base64.getEncoder().encodeToString(nonce);
  }

  /**
   * Returns the request for {@code /mqtt}.
   *
   * @param host name or address, an IPv6 one with or without brackets
   */
  byte[] request(String host) {
    boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    String request =
        "GET /mqtt HTTP/1.1\r\nHost: "
            + (bareIpv6 ? "[" + host + "]" : host)
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
            + key
            + "\r\nSec-WebSocket-Protocol: "
            + PROTOCOL
            + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
    return request.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the answer to its empty line.
   *
   * @throws NetFailure of kind {@link Kind#WEBSOCKET} when it does not accept the request
   */
  void readAnswer(InputStream in) throws IOException {
    String status = line(in);
    String[] words = status.split(" ", 3);
    if (words.length < 2 || !words[0].equals("HTTP/1.1") || !words[1].equals("101")) {
      throw refused("The server does not speak WebSocket here, it answers: " + status);
    }
    HeaderFields headers = new HeaderFields();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (!headers.add(line)) {
        throw refused("The server sends a header that is none: " + line);
      }
    }
    require(headers, "Upgrade", "websocket");
    require(headers, "Connection", "upgrade");
    if (!AcceptKey.of(key).equals(headers.value("sec-websocket-accept"))) {
      throw refused("The server answers with a wrong Sec-WebSocket-Accept.");
    }
    if (!PROTOCOL.equals(headers.value("sec-websocket-protocol"))) {
      throw refused("The server does not offer the protocol mqtt over WebSocket.");
    }
    if (headers.value("sec-websocket-extensions") != null) {
      throw refused("The server uses WebSocket extensions that were not asked for.");
    }
  }

  private static void require(HeaderFields headers, String name, String word) throws NetFailure {
    if (!headers.lists(name.toLowerCase(Locale.ROOT), word)) {
      throw refused("The server answers without " + name + ": " + word + ".");
    }
  }

  private String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw refused(
            left == LONGEST_ANSWER
                ? "The server hung up without an answer."
                : "The server hung up in the middle of its answer.");
      }
      if (b == FIRST_BYTE_OF_TLS_ALERT && left == LONGEST_ANSWER) {
        throw refused("The server answers in TLS.");
      }
      if (--left < 0) {
        throw refused("The server's answer is too long.");
      }
      line.append((char) b);
    }
    int end = line.length();
    return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
  }

  private static NetFailure refused(String why) {
    return new NetFailure(Kind.WEBSOCKET, why);
  }
}
