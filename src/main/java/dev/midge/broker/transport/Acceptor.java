package dev.midge.broker.transport;

import dev.midge.broker.core.BrokerObserver;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Takes the connections that come in. Part of the {@link SelectorLoop}. */
final class Acceptor {
  /** How long no connection is accepted after the system had no room for one. */
  private static final long PAUSE = 500_000_000L;

  /** How long that is not said again. */
  private static final long SAID = 10_000_000_000L;

  private final SelectorLoop loop;
  private final BrokerObserver observer;
  private long quietUntil;

  Acceptor(SelectorLoop loop, BrokerObserver observer) {
    this.loop = loop;
    this.observer = observer;
  }

  void accept(Listener listener, SelectionKey listenerKey) {
    try {
      SocketChannel channel;
      while ((channel = listener.channel().accept()) != null) {
        begin(channel, listener);
      }
    } catch (IOException e) {
      // Too many open files, most likely. The connection stays in the system's queue: without a
      // pause the loop would spin.
      listenerKey.interestOps(0);
      long now = loop.now();
      if (now >= quietUntil) {
        observer.noRoom(e);
        quietUntil = now + SAID;
      }
      loop.timers.at(
          now + PAUSE,
          time -> {
            if (listenerKey.isValid()) {
              listenerKey.interestOps(SelectionKey.OP_ACCEPT);
            }
          });
    }
  }

  private void begin(SocketChannel channel, Listener listener) throws IOException {
    String address = "an unknown address";
    try {
      channel.configureBlocking(false);
      if (listener.family() != Listener.Family.UNIX) {
        sendAtOnce(channel);
      }
      address = listener.text(channel.getRemoteAddress());
      loop.begin(channel, listener, address);
    } catch (IOException | RuntimeException e) {
      observer.notTaken(address, e);
      channel.close();
    }
  }

  /** Writes are batched already; waiting for more would only add delay. */
  private static void sendAtOnce(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException e) {
      // Some systems say so of a peer that has gone: what it sent before is read all the same.
    }
  }
}
