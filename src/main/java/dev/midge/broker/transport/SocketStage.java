package dev.midge.broker.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Nothing between socket and codec, or what other stages stand on. Broker thread only. */
final class SocketStage implements Stage {
  private final SocketChannel channel;
  private long taken;

  SocketStage(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = channel.read(into);
    taken += Math.max(0, count);
    return count;
  }

  @Override
  public long write(ByteBuffer[] from) throws IOException {
    return channel.write(from);
  }

  @Override
  public boolean hasMore() {
    return false;
  }

  @Override
  public long taken() {
    return taken;
  }

  @Override
  public void flush() {}

  @Override
  public boolean wantsFlush() {
    return false;
  }

  @Override
  public void end() {}

  @Override
  public String encryption() {
    return null;
  }
}
