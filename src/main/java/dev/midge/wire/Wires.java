package dev.midge.wire;

import dev.midge.wire.Endpoint.Transport;
import java.util.function.UnaryOperator;

/** Puts together the wire that leads to an endpoint; loads no layer that it does not need. */
public final class Wires {

  private Wires() {}

  /** A wire to there, not connected yet. */
  public static ClientWire to(Endpoint endpoint) {
    return to(endpoint, network -> network);
  }

  /**
   * The same with something between the network and the layers on it.
   *
   * @param between takes the socket, with its proxy, and gives what TLS and WebSocket are put upon
   */
  public static ClientWire to(Endpoint endpoint, UnaryOperator<ClientWire> between) {
    ClientWire wire = between.apply(network(endpoint));
    if (endpoint.tls() != null) {
      wire = new TlsWire(wire, endpoint);
    }
    if (endpoint.transport() == Transport.WEBSOCKET) {
      wire = new WebSocketWire(wire, endpoint.host());
    }
    return wire;
  }

  private static ClientWire network(Endpoint endpoint) {
    if (endpoint.transport() == Transport.UNIX) {
      return new UnixWire(endpoint.host());
    }
    if (endpoint.proxy() != null) {
      return new ProxiedWire(endpoint);
    }
    return new SocketWire(endpoint);
  }
}
