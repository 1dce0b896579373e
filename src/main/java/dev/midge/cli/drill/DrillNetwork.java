package dev.midge.cli.drill;

import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultSide;
import dev.midge.fault.Target;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.lwt.row.FaultyNetwork;
import dev.midge.lwt.row.RowAborted;
import dev.midge.net.Endpoint;
import dev.midge.proxy.Proxy;
import dev.midge.proxy.ProxyConfig;
import dev.midge.proxy.event.ProxyListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The network of a drill: a proxy of this process in front of the broker. */
public final class DrillNetwork implements FaultyNetwork, AutoCloseable {
  private static final int LIMIT_SECONDS = 10;

  private final Proxy proxy;

  /** Faults, as they are written, that are to begin. */
  private final Map<String, CompletableFuture<Boolean>> awaited;

  private DrillNetwork(Proxy proxy, Map<String, CompletableFuture<Boolean>> awaited) {
    this.proxy = proxy;
    this.awaited = awaited;
  }

  /**
   * Starts the proxy in front of a broker, which need not be reachable.
   *
   * @throws UncheckedIOException when no port of the loopback address can be opened
   */
  public static DrillNetwork before(Endpoint broker) {
    Map<String, CompletableFuture<Boolean>> awaited = new ConcurrentHashMap<>();
    FaultPlan faults =
        new FaultPlan(
            FaultSide.PROXY,
            0,
            event -> {
              CompletableFuture<Boolean> begun = awaited.remove(event.fault());
              if (begun != null) {
                begun.complete(true);
              }
            });
    try {
      Proxy proxy =
          Proxy.start(new ProxyConfig(0, null, List.of(broker), faults, ProxyListener.NONE));
      return new DrillNetwork(proxy, awaited);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Endpoint endpoint() {
    return new Endpoint("127.0.0.1", proxy.port(), null);
  }

  @Override
  public void fail(String clientId, Fault fault) throws RowAborted, InterruptedException {
    Effect effect = fault.effects().get(0);
    try {
      if (!begin(clientId, effect, fault).get(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new RowAborted("the connection through the proxy is gone");
      }
    } catch (TimeoutException e) { // A state begins on a connection, which may be gone.
      throw new RowAborted(
          "the proxy has not carried " + effect.text() + " out within " + LIMIT_SECONDS + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the proxy cannot carry " + effect.text() + " out", e);
    }
  }

  private CompletableFuture<Boolean> begin(String clientId, Effect effect, Fault fault) {
    switch (effect.kind()) {
      case DELAY, THROTTLE, SLICE -> { // The state of a connection, from now on.
        Target client = new Target(clientId, null, null, null, null);
        Fault forOne = new Fault(fault.effects(), fault.moment(), fault.count(), client);
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        awaited.put(forOne.text(), begun);
        proxy.faults().add(forOne);
        return begun;
      }
      default -> {
        return proxy.inject(clientId, effect);
      }
    }
  }

  @Override
  public void close() {
    proxy.close();
  }
}
