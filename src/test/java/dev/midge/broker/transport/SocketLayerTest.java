package dev.midge.broker.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** The buffer that the system keeps for a peer. */
class SocketLayerTest {
  @Test
  void whoGetsMuchHasABoundedBuffer() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open();
        SocketChannel peer = connected(listener);
        SocketChannel channel = listener.accept()) {
      assertThat(peer.isConnected()).isTrue();
      int before = channel.getOption(StandardSocketOptions.SO_SNDBUF);
      SocketLayer layer = new SocketLayer(channel);
      layer.write(new ByteBuffer[] {ByteBuffer.allocate(1000)});
      assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF)).isEqualTo(before);
      layer.write(new ByteBuffer[] {ByteBuffer.allocate(64 * 1024)});
      // Linux counts twice what it is told, since its own data about packets are in it.
      assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF))
          .isLessThanOrEqualTo(2 * 256 * 1024);
      assertThat(before).isGreaterThan(2 * 256 * 1024);
    }
  }

  private static SocketChannel connected(ServerSocketChannel listener) throws IOException {
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return SocketChannel.open(listener.getLocalAddress());
  }
}
