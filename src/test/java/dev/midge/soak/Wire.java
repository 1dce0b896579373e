package dev.midge.soak;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Packet;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One connection of a soak client, with all ways to end it. One thread. */
final class Wire {
  private static final int CONNECT_MILLIS = 30_000;

  private final Socket socket = new Socket();
  private final ProtocolVersion version;
  private final PacketDecoder decoder = new PacketDecoder(Side.CLIENT);
  private final ByteBuffer input = ByteBuffer.allocate(16 * 1024).flip();

  Wire(int port, ProtocolVersion version) throws IOException {
    this.version = version;
    decoder.version(version);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), CONNECT_MILLIS);
  }

  void send(Packet packet) throws IOException {
    send(packet, 1);
  }

  /** Sends the beginning of a packet: a part of it, from 0 to 1. */
  void send(Packet packet, double share) throws IOException {
    ByteBuffer bytes = PacketEncoder.encode(packet, version);
    int length = (int) (bytes.remaining() * share);
    socket.getOutputStream().write(bytes.array(), bytes.position(), length);
  }

  /** What no broker can take for a packet. */
  void sendNonsense() throws IOException {
    byte[] nonsense = new byte[20];
    Arrays.fill(nonsense, (byte) 0xFF);
    socket.getOutputStream().write(nonsense);
  }

  /**
   * The next packet.
   *
   * @return null if none comes in time
   * @throws EOFException at the end of the connection
   */
  Packet receive(long millis) throws IOException {
    try {
      long deadline = System.nanoTime() + millis * 1_000_000;
      while (true) {
        Packet packet = decoder.decode(input);
        if (packet != null) {
          return packet;
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        socket.setSoTimeout((int) Math.max(1, left));
        int count = socket.getInputStream().read(input.clear().array());
        if (count < 0) {
          input.flip();
          throw new EOFException();
        }
        input.limit(count);
      }
    } catch (SocketTimeoutException e) {
      input.flip();
      return null;
    } catch (MalformedPacketException e) {
      throw new AssertionError("the broker sent nonsense", e);
    }
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
    }
    close();
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // The system closes it.
    }
  }
}
