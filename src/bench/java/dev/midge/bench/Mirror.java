package dev.midge.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that can stand in a broker's place: hands the bytes of every PUBLISH to all who ever
 * subscribed, and answers what must be answered, without a state. What the driver reaches against
 * it shows how fast the driver is. A process of its own, on one thread.
 */
final class Mirror {
  private final Selector selector = Selector.open();
  private final List<Peer> subscribers = new ArrayList<>();

  /** The mirror's end of a connection. */
  private static final class Peer {
    final SocketChannel channel;
    final ByteBuffer in = ByteBuffer.allocateDirect(Wire.BUFFER);
    ByteBuffer out = ByteBuffer.allocateDirect(2 * Wire.BUFFER);

    Peer(SocketChannel channel) {
      this.channel = channel;
    }

    void put(ByteBuffer bytes) {
      if (out.remaining() < bytes.remaining()) { // the driver's window keeps this rare
        out = ByteBuffer.allocateDirect(out.capacity() * 2).put(out.flip());
      }
      out.put(bytes);
    }
  }

  private Mirror() throws IOException {}

  static void serve(int port) throws IOException {
    new Mirror().run(port);
  }

  private void run(int port) throws IOException {
    ServerSocketChannel door = ServerSocketChannel.open();
    door.bind(new InetSocketAddress("127.0.0.1", port), 1024).configureBlocking(false);
    door.register(selector, SelectionKey.OP_ACCEPT);
    List<Peer> open = new ArrayList<>();
    while (true) {
      selector.select(
          key -> {
            try {
              if (key.isAcceptable()) {
                SocketChannel channel = door.accept();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Peer peer = new Peer(channel);
                open.add(peer);
                channel.register(selector, SelectionKey.OP_READ, peer);
              } else if (key.isReadable()) {
                read((Peer) key.attachment());
              }
            } catch (IOException e) {
              key.cancel();
            }
          });
      open.removeIf(peer -> !write(peer));
      subscribers.retainAll(open);
    }
  }

  private boolean write(Peer peer) {
    try {
      if (peer.out.position() > 0) {
        peer.channel.write(peer.out.flip());
        peer.out.compact();
      }
      SelectionKey key = peer.channel.keyFor(selector);
      int wanted = SelectionKey.OP_READ | (peer.out.position() > 0 ? SelectionKey.OP_WRITE : 0);
      if (key != null && key.isValid() && key.interestOps() != wanted) {
        key.interestOps(wanted);
      }
      return peer.channel.isOpen();
    } catch (IOException e) {
      return false;
    }
  }

  private void read(Peer peer) throws IOException {
    if (peer.channel.read(peer.in) < 0) {
      peer.channel.close();
      return;
    }
    ByteBuffer in = peer.in;
    int limit = in.position();
    int at = 0;
    int run = 0; // where packets of QoS 0 begin that go on together
    int body;
    while ((body = Frames.body(in, at, limit)) > 0) {
      int end = Frames.end(in, at, body);
      if (end > limit) {
        break;
      }
      if (Frames.type(in, at) != Packets.PUBLISH) {
        handOn(in, run, at);
        run = end;
        answer(peer, in, at, body);
      } else if (Frames.qos(in, at) > 0) {
        int type = Frames.qos(in, at) == 1 ? Packets.PUBACK : Packets.PUBREC;
        Packets.ack(peer.out, type, Frames.packetIdOfPublish(in, body));
      }
      at = end;
    }
    handOn(in, run, at);
    in.flip().position(at);
    in.compact();
  }

  private void handOn(ByteBuffer in, int from, int to) {
    if (to > from) {
      for (Peer subscriber : subscribers) {
        subscriber.put(in.duplicate().limit(to).position(from));
      }
    }
  }

  private void answer(Peer peer, ByteBuffer in, int at, int body) {
    switch (Frames.type(in, at)) {
      case 1 -> peer.out.put(new byte[] {0x20, 2, 0, 0});
      case 8 -> {
        peer.out.put(new byte[] {(byte) 0x90, 3, in.get(body), in.get(body + 1), 2});
        subscribers.add(peer);
      }
      case Packets.PUBREC -> Packets.ack(peer.out, Packets.PUBREL, Frames.packetId(in, body));
      case Packets.PUBREL -> Packets.ack(peer.out, Packets.PUBCOMP, Frames.packetId(in, body));
      case 12 -> peer.out.put(new byte[] {(byte) 0xD0, 0});
      default -> {}
    }
  }
}
