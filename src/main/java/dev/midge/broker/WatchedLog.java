package dev.midge.broker;

import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.Peer;
import dev.midge.broker.inspect.ClientState;
import dev.midge.broker.inspect.Disconnection;
import dev.midge.broker.sys.Counts;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of a broker, which also counts, and tells listeners, whom any thread may add and remove.
 */
final class WatchedLog extends EventLog {
  /** Hears of each state that a client comes into, on the broker thread. */
  interface Listener {
    void happened(String clientId, ClientState state);

    /** Hears of the end of the broker, after which nothing happens. */
    void stopped();
  }

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final @Nullable BrokerWatcher watcher;
  private final Map<Peer, String> refused = new HashMap<>(); // identifiers, until the end
  private @Nullable Counts counts; // null if nobody wants to know

  WatchedLog(Consumer<BrokerEvent> consumer, boolean verbose, @Nullable BrokerWatcher watcher) {
    super(consumer, verbose);
    this.watcher = watcher;
  }

  void add(Listener listener) {
    listeners.add(listener);
  }

  void remove(Listener listener) {
    listeners.remove(listener);
  }

  /** Tells all who wait that nothing happens any more; at the end of the broker's thread. */
  void stopped() {
    listeners.forEach(Listener::stopped);
  }

  /** Begins to count. Broker thread only, or before it has started. */
  void countIn(Counts all) {
    counts = all;
  }

  @Override
  public void opened(Peer peer) {
    if (counts != null) {
      counts.socket();
    }
    super.opened(peer);
  }

  @Override
  public void received(String clientId, Packet packet) {
    if (counts != null) {
      if (packet instanceof Publish publish) {
        counts.received(publish);
      } else {
        counts.received();
      }
    }
    super.received(clientId, packet);
    if (watcher != null) {
      watcher.received(clientId, packet);
    }
  }

  @Override
  public void denied(String clientId, Publish packet) {
    if (counts != null) {
      counts.received(packet);
    }
    super.denied(clientId, packet);
    forbidden(clientId, packet);
  }

  @Override
  public void tooLarge(String clientId, Publish packet) {
    if (counts != null) {
      counts.received(packet);
    }
    super.tooLarge(clientId, packet);
    forbidden(clientId, packet);
  }

  @Override
  public void forbidden(String clientId, Packet packet) {
    if (watcher != null) {
      watcher.received(clientId, packet);
    }
  }

  @Override
  public void sent(String name, Packet packet) {
    if (counts != null) {
      counts.sent();
      if (packet instanceof Connack connack && connack.reasonCode() != 0) {
        counts.connect(); // an accepted one is told of by itself
      }
    }
    super.sent(name, packet);
    if (watcher != null) {
      watcher.sent(name, packet);
    }
  }

  @Override
  public void published(String clientId, Publish packet, String topic) {
    if (counts != null) {
      counts.sent(packet);
    }
    super.published(clientId, packet, topic);
    if (watcher != null) {
      watcher.sent(clientId, packet);
    }
  }

  @Override
  public void dropped() {
    if (counts != null) {
      counts.dropped();
    }
  }

  @Override
  public void sessionExpired(String clientId) {
    if (counts != null) {
      counts.expired();
    }
    super.sessionExpired(clientId);
  }

  @Override
  public void notAccepted(Peer peer, Connect connect, @Nullable Connack answer) {
    if (watcher != null) {
      refused.put(peer, connect.clientId());
      watcher.refused(connect.clientId(), connect, answer);
    }
  }

  @Override
  public void connected(Peer peer, String clientId, Connect connect) {
    if (counts != null) {
      counts.connect();
    }
    super.connected(peer, clientId, connect);
    if (watcher != null) {
      watcher.connected(clientId, connect);
    }
    tell(clientId, ClientState.CONNECTED);
  }

  @Override
  public void dispatched(String publisher, Message message, boolean isWill) {
    if (watcher != null) {
      watcher.published(publisher, message, isWill);
    }
  }

  @Override
  public void ended(Peer peer, @Nullable String clientId, DisconnectCause cause) {
    super.ended(peer, clientId, cause);
    if (watcher != null) {
      Disconnection ending = new Disconnection(cause.kind(), cause.reason());
      watcher.ended(clientId, ending);
      String refusedId = refused.remove(peer);
      if (refusedId != null) {
        watcher.refusedEnded(refusedId, ending);
      }
    }
    if (clientId != null) {
      tell(clientId, ClientState.DISCONNECTED);
    }
  }

  @Override
  public int subscribing(String clientId, Subscription asked) {
    return watcher == null ? 0 : watcher.subscribing(clientId, asked);
  }

  @Override
  public int publishing(String clientId, Message message) {
    return watcher == null ? 0 : watcher.publishing(clientId, message);
  }

  @Override
  public void subscribed(String clientId, Subscription subscription) {
    super.subscribed(clientId, subscription);
    if (watcher != null) {
      watcher.subscribed(clientId, subscription);
    }
    tell(clientId, ClientState.SUBSCRIBED);
  }

  private void tell(String clientId, ClientState state) {
    if (listeners.isEmpty()) {
      return;
    }
    for (Listener listener : listeners) {
      listener.happened(clientId, state);
    }
  }
}
