package dev.midge.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One connection of the driver: a socket, what was read and not looked at, what is to be written.
 * Used by the driver's one thread.
 */
final class Wire implements AutoCloseable {
  /** Larger than what a socket holds for a reader that is a little late. */
  static final int BUFFER = 256 * 1024;

  final SocketChannel channel;
  final ByteBuffer in;
  final ByteBuffer out;

  private Wire(SocketChannel channel, int buffer) {
    this.channel = channel;
    this.in = ByteBuffer.allocateDirect(buffer);
    this.out = ByteBuffer.allocateDirect(buffer);
  }

  /** Connects, and waits for CONNACK; from then on nothing blocks. */
  static Wire open(int port, String clientId, int buffer) throws IOException {
    SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Wire wire = new Wire(channel, buffer);
    wire.ask(Packets.connect(clientId));
    channel.configureBlocking(false);
    return wire;
  }

  /** Subscribes, and waits for SUBACK. What comes behind it is left in the buffer. */
  Wire subscribed(String filter, int qos) throws IOException {
    channel.configureBlocking(true);
    ask(Packets.subscribe(1, qos, filter));
    channel.configureBlocking(false);
    return this;
  }

  /** Writes a packet and waits for the answer, whatever it is. The socket blocks. */
  void ask(ByteBuffer packet) throws IOException {
    while (packet.hasRemaining()) {
      channel.write(packet);
    }
    while (true) {
      fill();
      int body = Frames.body(in, 0, in.position());
      if (body > 0 && Frames.end(in, 0, body) <= in.position()) {
        taken(Frames.end(in, 0, body));
        return;
      }
    }
  }

  /** Reads what there is. */
  int fill() throws IOException {
    int count = channel.read(in);
    if (count < 0) {
      throw new IOException("the broker has closed a connection");
    }
    return count;
  }

  /** All bytes before this one are done with. */
  void taken(int end) {
    if (end == in.position()) {
      in.clear();
    } else if (end > 0) {
      in.flip().position(end);
      in.compact();
    }
  }

  /**
   * Writes what goes without waiting.
   *
   * @return whether all is written
   */
  boolean flush() throws IOException {
    if (out.position() > 0) {
      out.flip();
      channel.write(out);
      out.compact();
    }
    return out.position() == 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
