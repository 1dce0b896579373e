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

/** Puts together the channel that leads to an endpoint; loads no layer that it does not need. */
public final class Channels {

  private Channels() {}

  /** Returns a channel to an endpoint, not connected yet. */
  public static ClientChannel to(Endpoint endpoint) {
    return to(endpoint, network -> network);
  }

  /**
   * Returns the same with a channel between the network and the layers on it.
   *
   * @param between takes the socket, with its proxy, and gives what TLS and WebSocket are put upon
   */
  public static ClientChannel to(Endpoint endpoint, UnaryOperator<ClientChannel> between) {
    ClientChannel channel = between.apply(network(endpoint));
    TlsSpec tls = endpoint.tls();
    if (tls != null) {
      channel = new TlsChannel(channel, endpoint, tls);
    }
    if (endpoint.transport() == Transport.WEBSOCKET) {
      channel = new WebSocketChannel(channel, endpoint.host());
    }
    return channel;
  }

  private static ClientChannel network(Endpoint endpoint) {
    if (endpoint.transport() == Transport.UNIX) {
      return new UnixChannel(endpoint.host());
    }
    ProxySpec proxy = endpoint.proxy();
    return proxy == null ? new TcpChannel(endpoint) : new Socks5Channel(endpoint, proxy);
  }
}
