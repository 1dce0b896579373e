package dev.midge.net.connect;

import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.ProxySpec;
import dev.midge.net.TlsSpec;
import dev.midge.net.socket.Socks5Channel;
import dev.midge.net.socket.TcpChannel;
import dev.midge.net.socket.UnixChannel;
import dev.midge.net.tls.TlsChannel;
import dev.midge.net.websocket.WebSocketChannel;
import java.util.function.UnaryOperator;

/** Puts together the wire that leads to an endpoint; loads no layer that it does not need. */
public final class Channels {

  private Channels() {}

  /** A wire to there, not connected yet. */
  public static ClientChannel to(Endpoint endpoint) {
    return to(endpoint, network -> network);
  }

  /**
   * The same with something between the network and the layers on it.
   *
   * @param between takes the socket, with its proxy, and gives what TLS and WebSocket are put upon
   */
  public static ClientChannel to(Endpoint endpoint, UnaryOperator<ClientChannel> between) {
    ClientChannel wire = between.apply(network(endpoint));
    TlsSpec tls = endpoint.tls();
    if (tls != null) {
      wire = new TlsChannel(wire, endpoint, tls);
    }
    if (endpoint.transport() == Transport.WEBSOCKET) {
      wire = new WebSocketChannel(wire, endpoint.host());
    }
    return wire;
  }

  private static ClientChannel network(Endpoint endpoint) {
    if (endpoint.transport() == Transport.UNIX) {
      return new UnixChannel(endpoint.host());
    }
    ProxySpec proxy = endpoint.proxy();
    return proxy == null ? new TcpChannel(endpoint) : new Socks5Channel(endpoint, proxy);
  }
}
