package dev.midge.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A SOCKS5 proxy that leads to one port of this machine, whatever it is asked for, and remembers
 * what it was asked.
 */
public final class SocksServer implements AutoCloseable {
  private final ServerSocket server = EchoServer.loopback();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final int target;
  private int method;
  private int status;
  private int reply;
  private byte[] boundAddress = {1, 0, 0, 0, 0};

  private SocksServer(int target) {
    this.target = target;
  }

  public static SocksServer to(int port) {
    return new SocksServer(port);
  }

  /** Chooses that method, whatever is offered. */
  public SocksServer choosing(int number) {
    method = number;
    return this;
  }

  /** Answers user and password with that. */
  public SocksServer judging(int number) {
    status = number;
    return this;
  }

  /** Answers the request with that. */
  public SocksServer replying(int number) {
    reply = number;
    return this;
  }

  /** Says in its answer that it is bound there: type and address. */
  public SocksServer boundTo(byte... address) {
    boundAddress = address;
    return this;
  }

  public SocksServer start() {
    Threads.start(
        "socks",
        () -> {
          while (true) {
            Socket socket = server.accept();
            Threads.start("socks", () -> serve(socket));
          }
        });
    return this;
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      requests.add("version " + in.readByte() + " methods " + hex(in.readNBytes(in.readByte())));
      out.write(new byte[] {5, (byte) method});
      if (method == 2) {
        in.readByte();
        requests.add("user " + text(in) + " password " + text(in));
        out.write(new byte[] {1, (byte) status});
      }
      requests.add("command " + hex(in.readNBytes(3)) + " to " + address(in) + ":" + port(in));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      answer.writeBytes(new byte[] {5, (byte) reply, 0});
      answer.writeBytes(boundAddress);
      answer.writeBytes(new byte[] {0, 0});
      out.write(answer.toByteArray());
      if (reply == 0) {
        Relay.run(client, Relay.connect(target));
      }
    }
  }

  private static String address(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case 1 -> "address " + hex(in.readNBytes(4));
      case 3 -> "name " + text(in);
      case 4 -> "address " + hex(in.readNBytes(16));
      default -> "nonsense";
    };
  }

  private static int port(DataInputStream in) throws IOException {
    return in.readUnsignedShort();
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  public int port() {
    return server.getLocalPort();
  }

  public List<String> requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
