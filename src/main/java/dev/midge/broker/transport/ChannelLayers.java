package dev.midge.broker.transport;

import dev.midge.broker.config.TlsFiles;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The layers between the sockets of a listener and the codec. The classes of a layer are only
 * loaded where it is used. Made when the listener opens, used by one loop.
 */
public final class ChannelLayers {
  /** Bare MQTT. */
  public static final ChannelLayers NONE = new ChannelLayers(null, false);

  private final @Nullable ServerTls tls;
  private final boolean webSocket;

  private ChannelLayers(@Nullable ServerTls tls, boolean webSocket) {
    this.tls = tls;
    this.webSocket = webSocket;
  }

  /**
   * Reads the files, so that connections need none.
   *
   * @throws IOException when a file is missing or no good
   */
  public static ChannelLayers of(@Nullable TlsFiles tls, boolean webSocket) throws IOException {
    return tls == null && !webSocket
        ? NONE
        : new ChannelLayers(tls == null ? null : new ServerTls(tls), webSocket);
  }

  /** Tells whether its connections have handshakes that need another thread. */
  public boolean hasTls() {
    return tls != null;
  }

  ChannelLayer over(SocketChannel channel) throws IOException {
    ChannelLayer layer = tls == null ? new SocketLayer(channel) : new TlsLayer(channel, tls);
    return webSocket ? new WebSocketLayer(layer) : layer;
  }
}
