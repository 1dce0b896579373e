package dev.midge.broker;

import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.Peer;
import dev.midge.broker.inspect.ClientState;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connect;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The log of a broker, which also tells listeners, whom any thread may add and remove. */
final class WatchedLog extends EventLog {
  /** Hears of each state that a client comes into, on the broker thread. */
  interface Listener {
    void happened(String clientId, ClientState state);
  }

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  WatchedLog(Consumer<BrokerEvent> consumer, boolean verbose) {
    super(consumer, verbose);
  }

  void add(Listener listener) {
    listeners.add(listener);
  }

  void remove(Listener listener) {
    listeners.remove(listener);
  }

  @Override
  public void connected(Peer peer, String clientId, Connect connect) {
    super.connected(peer, clientId, connect);
    tell(clientId, ClientState.CONNECTED);
  }

  @Override
  public void ended(Peer peer, @Nullable String clientId, DisconnectCause cause) {
    super.ended(peer, clientId, cause);
    if (clientId != null) {
      tell(clientId, ClientState.DISCONNECTED);
    }
  }

  @Override
  public void subscribed(String clientId, Subscription subscription) {
    super.subscribed(clientId, subscription);
    tell(clientId, ClientState.SUBSCRIBED);
  }

  private void tell(String clientId, ClientState state) {
    for (Listener listener : listeners) {
      listener.happened(clientId, state);
    }
  }
}
