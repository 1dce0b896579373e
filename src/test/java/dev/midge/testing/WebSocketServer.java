package dev.midge.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A WebSocket server in front of a port of this machine. It remembers requests and the frames that
 * clients send, and its words can be changed.
 */
public final class WebSocketServer implements AutoCloseable {
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
      OutputStream out = client.getOutputStream();
      String request = WebSocketOpening.request(in);
      requests.add(request);
      String usual = WebSocketOpening.answer(request);
      out.write(answer.apply(usual).getBytes(StandardCharsets.UTF_8));
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

  /** Until the client says goodbye or hangs up. */
  private void receive(DataInputStream in, Socket broker) throws IOException {
    for (WebSocketFrame frame = WebSocketFrame.read(in);
        frame != null;
        frame = WebSocketFrame.read(in)) {
      frames.add(
          name(frame.first())
              + " "
              + (frame.second() & 0x7F)
              + (frame.isMasked() ? " masked " : " bare ")
              + frame.payload().length);
      if (frame.opcode() == 8) {
        frames.add("code " + frame.closeCode());
      } else if (frame.opcode() == 2) {
        broker.getOutputStream().write(frame.payload());
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

  private void send(InputStream in, OutputStream out, Socket client) throws IOException {
    byte[] buffer = new byte[100_000];
    AtomicInteger pings = new AtomicInteger();
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      for (int piece = 0; piece < pieces; piece++) {
        int from = count * piece / pieces;
        int to = count * (piece + 1) / pieces;
        int opcode = piece == 0 ? 2 : 0;
        int first = (piece == pieces - 1 ? 0x80 : 0) | opcode;
        out.write(WebSocketFrame.encode(first, Arrays.copyOfRange(buffer, from, to), null));
        if (pieces > 1) {
          byte[] ping = {(byte) pings.incrementAndGet()};
          out.write(WebSocketFrame.encode(0x89, ping, null));
        }
      }
    }
    client.shutdownOutput();
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
