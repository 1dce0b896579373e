package dev.midge.net.websocket;

import dev.midge.net.ClientChannel;
import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import dev.midge.net.socket.TimedFarewell;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * MQTT over WebSocket, RFC 6455, as a client: asks for {@code /mqtt}, then puts each packet into a
 * binary frame. The layer below may be TLS.
 */
public final class WebSocketChannel implements ClientChannel {

  /** RFC 6455 1.3: it proves that the server has read the request as one for WebSocket. */
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final String PROTOCOL = "mqtt";
  private static final int LONGEST_ANSWER = 16 * 1024;

  private final ClientChannel below;
  private final String host;
  private final SecureRandom random = new SecureRandom();
  private volatile FrameWriter writer;
  private FrameReader reader;

  public WebSocketChannel(ClientChannel below, String host) {
    this.below = below;
    this.host = host;
  }

  @Override
  public void connect() throws IOException {
    below.connect();
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    below.out().write(request(key).getBytes(StandardCharsets.UTF_8));
    InputStream in = new BufferedInputStream(below.in());
    checkAnswer(in, key);
    FrameWriter frames = new FrameWriter(below.out(), random);
    reader = new FrameReader(in, frames);
    writer = frames;
  }

  @Override
  public String awaited() {
    String before = below.awaited();
    return before == null && writer == null ? "the answer of the WebSocket server" : before;
  }

  private String request(String key) {
    boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    return "GET /mqtt HTTP/1.1\r\nHost: "
        + (bareIpv6 ? "[" + host + "]" : host)
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
        + key
        + "\r\nSec-WebSocket-Protocol: "
        + PROTOCOL
        + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
  }

  private static void checkAnswer(InputStream in, String key) throws IOException {
    int[] left = {LONGEST_ANSWER};
    String status = line(in, left);
    String[] words = status.split(" ", 3);
    if (words.length < 2 || !words[0].equals("HTTP/1.1") || !words[1].equals("101")) {
      throw refused("The server does not speak WebSocket here, it answers: " + status);
    }
    Map<String, String> headers = headers(in, left);
    require(headers.get("upgrade"), "websocket", "Upgrade");
    require(headers.get("connection"), "upgrade", "Connection");
    if (!accept(key).equals(headers.get("sec-websocket-accept"))) {
      throw refused("The server answers with a wrong Sec-WebSocket-Accept.");
    }
    if (!PROTOCOL.equals(headers.get("sec-websocket-protocol"))) {
      throw refused("The server does not offer the protocol mqtt over WebSocket.");
    }
    if (headers.containsKey("sec-websocket-extensions")) {
      throw refused("The server uses WebSocket extensions that were not asked for.");
    }
  }

  /** By lower-case names; what stands in several lines is joined by commas. */
  private static Map<String, String> headers(InputStream in, int[] left) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw refused("The server sends a header that is none: " + line);
      }
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (one, other) -> one + "," + other);
    }
    return headers;
  }

  private static void require(String list, String word, String name) throws NetFailure {
    if (list != null) {
      for (String item : list.split(",")) {
        if (item.strip().equalsIgnoreCase(word)) {
          return;
        }
      }
    }
    throw refused("The server answers without " + name + ": " + word + ".");
  }

  private static String line(InputStream in, int[] left) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw refused("The server hung up in the middle of its answer.");
      }
      if (--left[0] < 0) {
        throw refused("The server's answer is too long.");
      }
      line.append((char) b);
    }
    int end = line.length();
    return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has it.
    }
  }

  private static NetFailure refused(String why) {
    return new NetFailure(Kind.WEBSOCKET, why);
  }

  @Override
  public InputStream in() {
    return reader;
  }

  @Override
  public OutputStream out() {
    return writer;
  }

  @Override
  public void close() throws IOException {
    FrameWriter frames = writer;
    if (frames != null) {
      TimedFarewell.say(() -> frames.close(FrameWriter.NORMAL));
    }
    below.close();
  }

  @Override
  public void abort() throws IOException {
    below.abort();
  }
}
