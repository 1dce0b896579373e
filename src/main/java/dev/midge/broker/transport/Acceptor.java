package dev.midge.broker.transport;

import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.router.Client;
import dev.midge.broker.core.router.Router;
import dev.midge.broker.fault.BrokerFaults;
import dev.midge.broker.fault.GateState;
import dev.midge.broker.fault.Gates;
import dev.midge.text.LateText;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accepts connections, and gives them to the loop. Broker thread only. */
final class Acceptor {
  /** Nanoseconds without accepting after the system had no room for another connection. */
  private static final long PAUSE = 500_000_000L;

  /** Nanoseconds for which that is not reported again. */
  private static final long REPORT_INTERVAL = 10_000_000_000L;

  private final SelectorLoop loop;
  private final Router router;
  private final Limits limits;
  private final BrokerSettings settings;
  private final BrokerObserver observer;
  private final BrokerFaults faults;
  private final List<SelectionKey> listenerKeys = new ArrayList<>();
  private long nextReport;
  private boolean paused;

  Acceptor(
      SelectorLoop loop,
      Router router,
      Limits limits,
      BrokerSettings settings,
      BrokerObserver observer,
      BrokerFaults faults) {
    this.loop = loop;
    this.router = router;
    this.limits = limits;
    this.settings = settings;
    this.observer = observer;
    this.faults = faults;
  }

  /** Begins to accept the connections of a listener. */
  void add(Listener listener) throws IOException {
    SelectionKey key = loop.register(listener.channel(), SelectionKey.OP_ACCEPT);
    key.attach((SelectorLoop.Incoming) () -> accept(listener, key));
    listenerKeys.add(key);
  }

  /** Stops to accept, so that new connections wait in the system's queue; or goes on. */
  void pause(boolean wanted) {
    paused = wanted;
    listenerKeys.forEach(this::setInterest);
  }

  private void setInterest(SelectionKey listenerKey) {
    if (listenerKey.isValid()) {
      listenerKey.interestOps(paused ? 0 : SelectionKey.OP_ACCEPT);
    }
  }

  private void accept(Listener listener, SelectionKey listenerKey) {
    try {
      SocketChannel channel;
      while ((channel = listener.channel().accept()) != null) {
        begin(channel, listener);
      }
    } catch (IOException e) {
      // Too many open files, most likely. The connection stays in the system's queue: without a
      // pause the loop would spin.
      listenerKey.interestOps(0);
      long now = loop.socketNow();
      if (now >= nextReport) {
        observer.noRoom(e);
        nextReport = now + REPORT_INTERVAL;
      }
      loop.socketTimers.at(now + PAUSE, time -> setInterest(listenerKey));
    }
  }

  private void begin(SocketChannel channel, Listener listener) throws IOException {
    LateText address = new LateText(() -> "an unknown address");
    try {
      channel.configureBlocking(false);
      if (listener.family() != Listener.Family.UNIX) {
        disableNagle(channel);
      }
      SocketAddress peer = channel.getRemoteAddress();
      if (!listener.takes(peer)) {
        ConnectionActions.closeByReset(channel);
        return;
      }
      address = new LateText(() -> listener.text(peer));
      String exceeded = exceeded(listener);
      if (exceeded != null) {
        observer.tooMany(listener.host(peer), exceeded);
        channel.close();
        return;
      }
      GateState state = faults.open(address);
      if (faults.refusesTcp(state)) {
        ConnectionActions.closeByReset(channel);
        return;
      }
      ChannelLayer layer = listener.layers().over(channel, listener.settings());
      SelectionKey key = loop.register(channel, SelectionKey.OP_READ);
      ConnectionOutput output =
          new ConnectionOutput(
              loop, key, layer, address, listener.port(), listener.settings(), state.outFlow());
      Client client = router.opened(faults.outGate(state, output), loop.now());
      ConnectionActions actions = new ConnectionActions(loop, channel, key, client, output);
      Gates gates = faults.join(state, client, actions, output);
      ConnectionInput input = new ConnectionInput(loop, limits, client, output, gates.in());
      loop.add(key, new Connection(loop, channel, layer, key, client, input, output, gates));
      loop.open.opened(listener.settings());
      faults.begun(gates);
    } catch (IOException | RuntimeException e) {
      observer.notTaken(address.toString(), e);
      channel.close();
    }
  }

  /** Returns the name of the limit that leaves no room for one more connection; null for none. */
  private @Nullable String exceeded(Listener listener) {
    if (loop.open.isFull(listener.settings())) {
      return "max_connections";
    }
    return loop.open.areAsManyAs(settings.globalMaxConnections()) ? "global_max_connections" : null;
  }

  /** Writes are batched already: to wait for more bytes would only add delay. */
  private static void disableNagle(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException e) {
      // Some systems refuse when the peer has gone; what it sent before is read all the same.
    }
  }
}
