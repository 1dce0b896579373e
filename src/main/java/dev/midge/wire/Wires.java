package dev.midge.wire;

import dev.midge.wire.Endpoint.Transport;

/** Puts together the wire that leads to an endpoint; loads no layer that it does not need. */
public final class Wires {

  private Wires() {}

  /** A wire to there, not connected yet. */
  public static ClientWire to(Endpoint endpoint) {
    ClientWire wire = network(endpoint);
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
