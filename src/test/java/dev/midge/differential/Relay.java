package dev.midge.differential;

import dev.midge.mqtt.packet.PacketType;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Consumer;

/** Records in front of a broker: what comes from either side goes on to the other. */
final class Relay extends Listener {
  private final int brokerPort;
  private final Consumer<PacketType> delivered;

  /**
   * @param delivered told the type of each packet that the client was given by the broker
   */
  Relay(int brokerPort, Consumer<PacketType> delivered) {
    this.brokerPort = brokerPort;
    this.delivered = delivered;
  }

  @Override
  void serve(int connection, Socket client, PacketStream stream) throws IOException {
    try (Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
      broker.setTcpNoDelay(true);
      inBackground(() -> bringAnswers(broker, client));
      byte[] buffer = new byte[64 * 1024];
      InputStream in = client.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        stream.feed(buffer, count);
        broker.getOutputStream().write(buffer, 0, count);
      }
    }
  }

  private void bringAnswers(Socket broker, Socket client) {
    PacketStream answers = new PacketStream();
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = broker.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        client.getOutputStream().write(buffer, 0, count);
        answers.feed(buffer, count).forEach(delivered);
      }
      client.shutdownOutput();
    } catch (IOException torn) {
      // One of the two is gone, and the other way sees it too.
    }
  }
}
