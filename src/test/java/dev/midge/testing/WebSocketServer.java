package dev.midge.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A WebSocket server in front of a port of this machine. It remembers requests and the frames that
 * clients send, and its words can be changed.
 */
public final class WebSocketServer implements AutoCloseable {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket server = EchoServer.loopback();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final int target;
  private UnaryOperator<String> answer = usual -> usual;
  private byte[] greeting = {};
  private int pieces = 1;

  private WebSocketServer(int target) {
    this.target = target;
  }

  public static WebSocketServer to(int port) {
    return new WebSocketServer(port);
  }

  /** Answers the request with something made of the usual answer. */
  public WebSocketServer answering(UnaryOperator<String> other) {
    answer = other;
    return this;
  }

  /** Sends these bytes right behind its answer. */
  public WebSocketServer greeting(byte... bytes) {
    greeting = bytes;
    return this;
  }

  /** Sends each message in that many frames, with a ping between them. */
  public WebSocketServer inPieces(int number) {
    pieces = number;
    return this;
  }

  public WebSocketServer start() {
    Threads.start(
        "websocket",
        () -> {
          while (true) {
            Socket socket = server.accept();
            Threads.start("websocket", () -> serve(socket));
          }
        });
    return this;
  }

  private void serve(Socket client) throws IOException {
    try (client;
        Socket broker = Relay.connect(target)) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      String request = request(in);
      requests.add(request);
      out.write(answer.apply(answer(request)).getBytes(StandardCharsets.UTF_8));
      out.write(greeting);
      Threads.start("websocket", () -> send(broker.getInputStream(), out, client));
      try {
        receive(in, broker);
      } catch (IOException reset) {
        frames.add(String.valueOf(reset.getMessage()));
        broker.setSoLinger(true, 0);
      }
    }
  }

  private static String request(DataInputStream in) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    while (!request.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      request.write(in.readByte());
    }
    return request.toString(StandardCharsets.UTF_8);
  }

  private static String answer(String request) {
    String start = "Sec-WebSocket-Key: ";
    int key = request.indexOf(start) + start.length();
    String proof = request.substring(key, request.indexOf("\r\n", key)) + MAGIC;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(proof.getBytes(StandardCharsets.US_ASCII));
      return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: "
          + Base64.getEncoder().encodeToString(digest)
          + "\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Until the client says goodbye or hangs up. */
  private void receive(DataInputStream in, Socket broker) throws IOException {
    for (int first = in.read(); first >= 0; first = in.read()) {
      int second = in.readUnsignedByte();
      boolean masked = (second & 0x80) != 0;
      long length =
          switch (second & 0x7F) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> second & 0x7F;
          };
      byte[] mask = masked ? in.readNBytes(4) : new byte[4];
      byte[] payload = in.readNBytes((int) length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i & 3];
      }
      frames.add(name(first) + " " + (second & 0x7F) + (masked ? " masked " : " bare ") + length);
      if ((first & 0xF) == 8) {
        frames.add("code " + ((payload[0] & 0xFF) << 8 | payload[1] & 0xFF));
      } else if ((first & 0xF) == 2) {
        broker.getOutputStream().write(payload);
      }
    }
    frames.add("end");
    broker.shutdownOutput();
  }

  private static String name(int first) {
    return switch (first) {
      case 0x82 -> "binary";
      case 0x88 -> "close";
      case 0x89 -> "ping";
      case 0x8A -> "pong";
      default -> "strange " + first;
    };
  }

  private void send(InputStream in, DataOutputStream out, Socket client) throws IOException {
    byte[] buffer = new byte[100_000];
    AtomicInteger pings = new AtomicInteger();
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      for (int piece = 0; piece < pieces; piece++) {
        int from = count * piece / pieces;
        int to = count * (piece + 1) / pieces;
        int opcode = piece == 0 ? 2 : 0;
        frame(out, (piece == pieces - 1 ? 0x80 : 0) | opcode, buffer, from, to - from);
        if (pieces > 1) {
          frame(out, 0x89, new byte[] {(byte) pings.incrementAndGet()}, 0, 1);
        }
      }
    }
    client.shutdownOutput();
  }

  private static void frame(DataOutputStream out, int first, byte[] bytes, int from, int length)
      throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(frame);
    data.write(first);
    if (length < 126) {
      data.write(length);
    } else if (length <= 0xFFFF) {
      data.write(126);
      data.writeShort(length);
    } else {
      data.write(127);
      data.writeLong(length);
    }
    data.write(bytes, from, length);
    out.write(frame.toByteArray());
  }

  public int port() {
    return server.getLocalPort();
  }

  public List<String> requests() {
    return requests;
  }

  /** What the client has sent after its request, one line for each frame. */
  public List<String> frames() {
    return frames;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
