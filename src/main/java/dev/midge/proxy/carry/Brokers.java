package dev.midge.proxy.carry;

import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.connect.Channels;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.ProxyListener;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The brokers behind the proxy, each connection's first one in turn. For several threads. */
public final class Brokers {
  private static final int LIMIT_SECONDS = 10;

  private final List<Endpoint> endpoints;
  private final AtomicInteger next = new AtomicInteger();

  /**
   * @param endpoints at least one
   */
  public Brokers(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
  }

  /**
   * Connects to the next broker that can be reached; returns null when there is none.
   *
   * @param attempts told of each attempt, which may be aborted when the connection is over
   * @throws StoppedException when it is over
   */
  @Nullable FarEnd connect(
      LinkState state, ProxyListener listener, Consumer<ClientChannel> attempts)
      throws StoppedException {
    ConnectionName name = state.name();
    int first = next.getAndUpdate(turn -> (turn + 1) % endpoints.size());
    for (int i = 0; i < endpoints.size(); i++) {
      Endpoint endpoint = endpoints.get((first + i) % endpoints.size());
      try {
        FarEnd end = new FarEnd(connect(endpoint, attempts), endpoint, url(endpoint));
        listener.reached(name, end.url());
        return end;
      } catch (IOException e) {
        if (state.isOver()) {
          throw new StoppedException();
        }
        listener.unreachable(name, url(endpoint), e);
      }
    }
    return null;
  }

  /**
   * Returns a connection to a broker.
   *
   * @param attempt told of the channel before it connects
   * @throws SocketTimeoutException when it is not there within 10 seconds
   */
  static ClientChannel connect(Endpoint endpoint, Consumer<ClientChannel> attempt)
      throws IOException {
    ClientChannel channel = Channels.to(endpoint);
    AtomicBoolean decided = new AtomicBoolean();
    CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS)
        .execute(() -> cut(channel, decided));
    attempt.accept(channel);
    IOException failure = null;
    try {
      channel.connect();
    } catch (IOException e) {
      failure = e;
    }
    boolean late = !decided.compareAndSet(false, true);
    if (failure == null && !late) {
      return channel;
    }
    channel.abort();
    throw late || failure == null
        ? new SocketTimeoutException("no answer within " + LIMIT_SECONDS + " s")
        : failure;
  }

  private static void cut(ClientChannel channel, AtomicBoolean decided) {
    if (decided.compareAndSet(false, true)) {
      try {
        channel.abort();
      } catch (IOException gone) {
        // Then the attempt has ended by itself.
      }
    }
  }

  private static String url(Endpoint endpoint) {
    boolean tls = endpoint.tls() != null;
    String host = endpoint.host();
    String place = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + endpoint.port();
    return switch (endpoint.transport()) {
      case UNIX -> "unix:" + host;
      case TCP -> (tls ? "mqtts://" : "mqtt://") + place;
      case WEBSOCKET -> (tls ? "wss://" : "ws://") + place;
    };
  }
}
