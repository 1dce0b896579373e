package dev.midge.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connections that come as fast as they are taken, some at once, and then say nothing. */
record IdleConnections() implements Scenario {
  static final int COUNT = 1_000;
  static final int AT_ONCE = 32;

  private static final long SETTLE_MILLIS = 2_000;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.MIDGE, Target.MOSQUITTO);
  }

  @Override
  public Map<String, Double> run(Servers servers, Target target)
      throws IOException, InterruptedException {
    List<SocketChannel> open = new ArrayList<>();
    try (Server server = servers.start(target);
        Selector selector = Selector.open()) {
      Thread.sleep(500); // what a server still does after it listens is not of interest
      double before = server.residentMegabytes();
      double cpu = server.cpuSeconds();
      long start = System.nanoTime();
      connectAll(server.port, selector, open);
      double seconds = (System.nanoTime() - start) / 1e9;
      cpu = server.cpuSeconds() - cpu;
      Thread.sleep(SETTLE_MILLIS);

      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("connections/s", COUNT / seconds);
      figures.put("connect cpu ms", cpu * 1000);
      figures.put("before MB", before);
      figures.put("resident MB", server.residentMegabytes());
      return figures;
    } finally {
      for (SocketChannel channel : open) {
        channel.close();
      }
    }
  }

  private static void connectAll(int port, Selector selector, List<SocketChannel> open)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    ByteBuffer scratch = ByteBuffer.allocateDirect(1024);
    int connected = 0;
    while (connected < COUNT) {
      while (open.size() < COUNT && open.size() - connected < AT_ONCE) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        open.add(channel);
        int operation =
            channel.connect(address) ? said(channel, open.size()) : SelectionKey.OP_CONNECT;
        channel.register(selector, operation, open.size());
      }
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        SocketChannel channel = (SocketChannel) key.channel();
        if (key.isConnectable()) {
          channel.finishConnect();
          key.interestOps(said(channel, (int) key.attachment()));
        } else if (channel.read(scratch.clear()) < 4) {
          throw new IOException("no CONNACK");
        } else {
          connected++;
          key.cancel();
        }
      }
      selector.selectedKeys().clear();
    }
  }

  /** Sends CONNECT; the answer is what to wait for. */
  private static int said(SocketChannel channel, int number) throws IOException {
    channel.write(Packets.connect("bench-idle-" + number));
    return SelectionKey.OP_READ;
  }
}
