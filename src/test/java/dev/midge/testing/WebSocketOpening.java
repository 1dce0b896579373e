package dev.midge.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The server's part of a WebSocket's opening (RFC 6455 4.2), written apart from the code tested.
 */
public final class WebSocketOpening {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String KEY = "sec-websocket-key:";
  private static final int MOST_BYTES = 8192;

  private WebSocketOpening() {}

  /** Reads a request to its empty line; throws EOFException for none. */
  public static String request(InputStream in) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    while (!request.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || request.size() > MOST_BYTES || request.size() == 0 && next != 'G') {
        throw new EOFException("no request to GET");
      }
      request.write(next);
    }
    return request.toString(StandardCharsets.ISO_8859_1);
  }

  /** Returns the answer that takes the request, with its subprotocol mqtt. */
  public static String answer(String request) throws IOException {
    String key =
        request
            .lines()
            .filter(line -> line.regionMatches(true, 0, KEY, 0, KEY.length()))
            .map(line -> line.substring(KEY.length()).trim())
            .findFirst()
            .orElseThrow(() -> new IOException("no key"));
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + proof(key)
        + "\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";
  }

  private static String proof(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder()
          .encodeToString(digest.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
