package dev.midge.proxy;

import dev.midge.fault.plan.FaultPlan;
import dev.midge.net.Endpoint;
import dev.midge.proxy.event.ProxyListener;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a proxy.
 *
 * @param port to listen on; 0 for a free one
 * @param bind address or name of this machine to listen on; null for the loopback addresses
 * @param brokers at least one; each connection goes to the next, or to one that can be reached
 * @param faults those of this proxy, which may be added and cleared later
 * @param listener hears of connections and packets
 * @param tls of the clients' side; null for plain TCP
 */
public record ProxyConfig(
    int port,
    @Nullable String bind,
    List<Endpoint> brokers,
    FaultPlan faults,
    ProxyListener listener,
    @Nullable SSLContext tls) {

  public ProxyConfig {
    if (brokers.isEmpty()) {
      throw new IllegalArgumentException("a proxy needs a broker");
    }
    brokers = List.copyOf(brokers);
  }

  /** Makes one that listens without TLS. */
  public ProxyConfig(
      int port,
      @Nullable String bind,
      List<Endpoint> brokers,
      FaultPlan faults,
      ProxyListener listener) {
    this(port, bind, brokers, faults, listener, null);
  }
}
