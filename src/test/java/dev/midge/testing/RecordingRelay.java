package dev.midge.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in front of a port of this machine and keeps each byte that clients send there. */
public final class RecordingRelay implements AutoCloseable {
  private final ServerSocket server = EchoServer.loopback();
  private final List<ByteArrayOutputStream> connections = new CopyOnWriteArrayList<>();

  private RecordingRelay() {}

  public static RecordingRelay to(int port) {
    RecordingRelay relay = new RecordingRelay();
    Threads.start(
        "relay",
        () -> {
          while (true) {
            Socket client = relay.server.accept();
            Socket target = Relay.connect(port);
            ByteArrayOutputStream record = new ByteArrayOutputStream();
            relay.connections.add(record);
            Threads.start("relay", () -> carry(client, target, record));
            Threads.start("relay", () -> Relay.copy(target.getInputStream(), client));
          }
        });
    return relay;
  }

  private static void carry(Socket client, Socket target, ByteArrayOutputStream record)
      throws IOException {
    InputStream in = client.getInputStream();
    byte[] buffer = new byte[64 * 1024];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        record.write(buffer, 0, count);
        target.getOutputStream().write(buffer, 0, count);
      }
      target.shutdownOutput();
    } catch (IOException reset) {
      target.setSoLinger(true, 0);
      target.close();
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The bytes of each connection so far, in the order in which they were accepted. */
  public List<byte[]> connections() {
    return connections.stream().map(ByteArrayOutputStream::toByteArray).toList();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
