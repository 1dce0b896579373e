package dev.midge.broker.transport;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * What a listener puts between socket and codec. The classes of a layer are only loaded where it is
 * wanted. Made when the listener opens, used by one loop.
 */
public final class ChannelLayers {
  /** Bare MQTT. */
  public static final ChannelLayers NONE = new ChannelLayers(null, false);

  private final ServerTls tls; // null for none
  private final boolean webSocket;

  private ChannelLayers(ServerTls tls, boolean webSocket) {
    this.tls = tls;
    this.webSocket = webSocket;
  }

  /**
   * Reads the files and makes everything ready.
   *
   * @param tls null for none
   * @throws IOException when a file is missing or no good
   */
  public static ChannelLayers of(TlsFiles tls, boolean webSocket) throws IOException {
    return tls == null && !webSocket
        ? NONE
        : new ChannelLayers(tls == null ? null : new ServerTls(tls), webSocket);
  }

  /** Whether its connections have work for another thread. */
  public boolean hasTls() {
    return tls != null;
  }

  ChannelLayer over(SocketChannel channel) throws IOException {
    ChannelLayer layer = tls == null ? new SocketLayer(channel) : new TlsLayer(channel, tls);
    return webSocket ? new WebSocketLayer(layer) : layer;
  }
}
