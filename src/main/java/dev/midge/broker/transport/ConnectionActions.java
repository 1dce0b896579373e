package dev.midge.broker.transport;

import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.router.Client;
import dev.midge.broker.fault.Actions;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Does to one connection what its faults say. Broker thread only. */
final class ConnectionActions implements Actions {
  private final SelectorLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Client client;
  private final ConnectionOutput output;

  ConnectionActions(
      SelectorLoop loop,
      SocketChannel channel,
      SelectionKey key,
      Client client,
      ConnectionOutput output) {
    this.loop = loop;
    this.channel = channel;
    this.key = key;
    this.client = client;
    this.output = output;
  }

  private SelectorLoop.Member connection() {
    return (SelectorLoop.Member) key.attachment();
  }

  @Override
  public void end(DisconnectCause cause) {
    client.closed(cause, loop.now());
    output.flushLater();
  }

  @Override
  public boolean reset(DisconnectCause cause) {
    client.closed(cause, loop.now());
    boolean reset = lingerNot(channel);
    connection().closeNow();
    return reset;
  }

  /** Closes a connection by RST, or by what its socket has in place of it. */
  static void closeByReset(SocketChannel channel) throws IOException {
    lingerNot(channel);
    channel.close();
  }

  private static boolean lingerNot(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      return true;
    } catch (UnsupportedOperationException | IOException e) {
      return false; // a unix socket, or the peer has gone
    }
  }

  @Override
  public void discard() {
    output.discard();
  }

  @Override
  public void send(ByteBuffer bytes) {
    output.sendBytes(bytes);
  }

  @Override
  public void write() {
    output.write();
  }

  @Override
  public void goOn() {
    connection().goOn();
  }

  @Override
  public void catchUp() {
    connection().catchUp();
  }

  @Override
  public long now() {
    return loop.now();
  }

  @Override
  public boolean isEnding() {
    return output.isClosing();
  }
}
