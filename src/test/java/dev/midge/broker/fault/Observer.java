package dev.midge.broker.fault;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Packet;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A client that knows nothing of faults: it sends packets, and notes the bytes that come, packet by
 * packet, and whether TCP ended by FIN or RST. It never waits.
 */
final class Observer implements Closeable {

  /** The state of the connection, as TCP shows it. */
  enum End {
    OPEN,
    FIN,
    RST
  }

  private final SocketChannel channel;
  private final ProtocolVersion version;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private End end = End.OPEN;

  Observer(int port, ProtocolVersion version) throws IOException {
    this.version = version;
    channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    try {
      channel.connect(new InetSocketAddress("127.0.0.1", port));
    } catch (SocketException e) { // The broker was quicker.
      end = End.RST;
    }
    channel.configureBlocking(false);
  }

  void send(Packet packet) {
    send(PacketEncoder.encode(packet, version));
  }

  /** Sends what the system takes; a connection that has ended takes nothing. */
  void send(ByteBuffer what) {
    try {
      channel.write(what);
    } catch (IOException e) {
      poll();
    }
  }

  /** Takes what has come. */
  Observer poll() {
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    try {
      int count;
      while (end == End.OPEN && (count = channel.read(buffer.clear())) != 0) {
        if (count < 0) {
          end = End.FIN;
        } else {
          bytes.write(buffer.array(), 0, count);
        }
      }
    } catch (IOException e) {
      end = End.RST;
    }
    return this;
  }

  End end() {
    return poll().end;
  }

  int size() {
    poll();
    return bytes.size();
  }

  /** Returns the packets in hexadecimal digits; the last may be a part of one. */
  List<String> packets() {
    poll();
    return split(bytes.toByteArray());
  }

  /** Returns whether that is the last packet, and not among the first ones. */
  boolean endsIn(String packet, int first) {
    List<String> packets = packets();
    return packets.size() > first && packets.get(packets.size() - 1).equals(packet);
  }

  static List<String> split(byte[] all) {
    List<String> packets = new ArrayList<>();
    int at = 0;
    while (at < all.length) {
      int length = 0;
      int body = at + 1;
      int shift = 0;
      while (body < all.length && body < at + 5) {
        length |= (all[body] & 0x7F) << shift;
        shift += 7;
        if (all[body++] >= 0) {
          break;
        }
      }
      int next = (int) Math.min(all.length, (long) body + length);
      // What is garbage has six bytes; what follows is a packet again.
      next = all[at] == 0 && at + 6 <= all.length ? at + 6 : next;
      packets.add(HexFormat.of().formatHex(all, at, next));
      at = next;
    }
    return packets;
  }

  /** Ends what it sends, and goes on to read. */
  void finish() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      poll();
    }
  }

  /** Closes in TCP's orderly way, without DISCONNECT. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
