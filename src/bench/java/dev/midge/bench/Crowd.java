package dev.midge.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections that come as fast as they are taken, some at once, and then say nothing. */
final class Crowd implements AutoCloseable {
  private static final int AT_ONCE = 32;

  private final InetSocketAddress address;
  private final List<SocketChannel> open = new ArrayList<>();
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(1024);

  Crowd(int port) {
    this.address = new InetSocketAddress("127.0.0.1", port);
  }

  int size() {
    return open.size();
  }

  /**
   * Opens connections until there are so many.
   *
   * @return seconds
   */
  double growTo(int count) throws IOException {
    long start = System.nanoTime();
    try (Selector selector = Selector.open()) {
      int connected = open.size();
      while (connected < count) {
        while (open.size() < count && open.size() - connected < AT_ONCE) {
          begin(selector);
        }
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          connected += goOn(key) ? 1 : 0;
        }
        selector.selectedKeys().clear();
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private void begin(Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    open.add(channel);
    int number = open.size();
    int operation =
        channel.connect(address) ? sayConnect(channel, number) : SelectionKey.OP_CONNECT;
    channel.register(selector, operation, number);
  }

  /** Returns whether CONNACK has come. */
  private boolean goOn(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    if (key.isConnectable()) {
      channel.finishConnect();
      key.interestOps(sayConnect(channel, (int) key.attachment()));
      return false;
    }
    if (channel.read(scratch.clear()) < 4) {
      throw new IOException("no CONNACK");
    }
    key.cancel();
    return true;
  }

  /** Sends CONNECT; the answer is what to wait for. */
  private static int sayConnect(SocketChannel channel, int number) throws IOException {
    channel.write(Packets.connect("bench-idle-" + number));
    return SelectionKey.OP_READ;
  }

  /** Closes those that came last until there are so many. */
  void shrinkTo(int count) throws IOException {
    while (open.size() > count) {
      open.remove(open.size() - 1).close();
    }
  }

  @Override
  public void close() throws IOException {
    shrinkTo(0);
  }
}
