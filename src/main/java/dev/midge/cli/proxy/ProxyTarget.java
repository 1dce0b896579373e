package dev.midge.cli.proxy;

import dev.midge.control.ClientEvent;
import dev.midge.control.ControlTarget;
import dev.midge.control.Facts;
import dev.midge.fault.Effect;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.proxy.Proxy;
import dev.midge.proxy.event.ProxyConnection;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The proxy as {@link ControlTarget} sees it: it knows connections, and nothing of sessions. */
final class ProxyTarget implements ControlTarget {
  private final Proxy proxy;
  private final ProxyWaits waits;
  private final Runnable stop;

  /**
   * @param stop begins the end of the proxy
   */
  ProxyTarget(Proxy proxy, ProxyWaits waits, Runnable stop) {
    this.proxy = proxy;
    this.waits = waits;
    this.stop = stop;
  }

  @Override
  public FaultSide side() {
    return FaultSide.PROXY;
  }

  @Override
  public List<Facts> clients() {
    return proxy.connections().stream().map(ProxyTarget::facts).toList();
  }

  @Override
  public @Nullable Facts client(String id) {
    // The newest, which a kick would hit.
    return connections(id).map(ProxyTarget::facts).reduce((older, newer) -> newer).orElse(null);
  }

  private Stream<ProxyConnection> connections(String id) {
    return proxy.connections().stream().filter(connection -> id.equals(connection.name().client()));
  }

  private static Facts facts(ProxyConnection connection) {
    return new Facts()
        .with("client_id", connection.name().text())
        .with("connected", connection.connected())
        .with("address", connection.name().address())
        .with("connection", connection.name().number())
        .with(
            "protocol_version", connection.version() == null ? null : connection.version().level())
        .with("since", connection.since().truncatedTo(ChronoUnit.MILLIS).toString())
        .with("broker", connection.broker())
        .with("packets_in", connection.packetsIn())
        .with("packets_out", connection.packetsOut())
        .with("bytes_in", connection.bytesIn())
        .with("bytes_out", connection.bytesOut());
  }

  @Override
  public FaultPlan faults() {
    return proxy.faults();
  }

  @Override
  public CompletableFuture<Boolean> inject(String id, Effect effect) {
    return proxy.inject(id, effect);
  }

  @Override
  public void pause() {
    proxy.pause();
  }

  @Override
  public void resume() {
    proxy.resume();
  }

  @Override
  public CompletableFuture<Boolean> await(String id, ClientEvent event) {
    CompletableFuture<Boolean> later = waits.await(id, event);
    // Looked at when the waiting has begun: nothing is missed between.
    boolean isThere =
        switch (event) {
          case CONNECTED -> connections(id).anyMatch(ProxyConnection::connected);
          case SUBSCRIBED -> connections(id).anyMatch(ProxyConnection::subscribed);
          case DISCONNECTED -> connections(id).noneMatch(ProxyConnection::connected);
        };
    if (isThere) {
      later.complete(true);
    }
    return later;
  }

  @Override
  public void stop() {
    stop.run();
  }
}
