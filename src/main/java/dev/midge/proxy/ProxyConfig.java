package dev.midge.proxy;

import dev.midge.fault.FaultPlan;
import dev.midge.net.Endpoint;
import dev.midge.proxy.event.ProxyListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a proxy.
 *
 * @param port to listen on; 0 for a free one
 * @param bind address or name of this machine to listen on; null for the loopback addresses
 * @param brokers at least one; each connection goes to the next, or to one that can be reached
 * @param faults those of this proxy, which may be added and cleared later
 * @param listener hears of connections and packets
 */
public record ProxyConfig(
    int port,
    @Nullable String bind,
    List<Endpoint> brokers,
    FaultPlan faults,
    ProxyListener listener) {

  public ProxyConfig {
    if (brokers.isEmpty()) {
      throw new IllegalArgumentException("a proxy needs a broker");
    }
    brokers = List.copyOf(brokers);
  }
}
