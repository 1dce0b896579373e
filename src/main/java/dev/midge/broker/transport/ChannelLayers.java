package dev.midge.broker.transport;

import dev.midge.broker.config.TlsFiles;
import dev.midge.broker.core.ListenerSettings;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The layers between the sockets of a listener and the codec. The classes of a layer are only
 * loaded where it is used. Made when the listener opens, used by one loop.
 */
public final class ChannelLayers {
  /** Bare MQTT. */
  public static final ChannelLayers NONE = new ChannelLayers(null, false);

  private final boolean webSocket;
  private @Nullable ServerTls tls; // changed and used by the broker thread

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

  private ServerTls present() {
    return Objects.requireNonNull(tls);
  }

  /** Tells whether its connections have handshakes that need another thread. */
  public boolean hasTls() {
    return tls != null;
  }

  /**
   * Reads files anew, for connections that are to come.
   *
   * @param files in place of those that it was made with
   * @return what puts them in force, on the broker thread
   * @throws IOException when a file is missing or no good; nothing changes then
   */
  public Runnable reread(TlsFiles files) throws IOException {
    if (tls == null) {
      throw new IllegalStateException("a listener without TLS");
    }
    ServerTls other = new ServerTls(files);
    return () -> tls = other;
  }

  /**
   * Returns the layers of a connection.
   *
   * @param listener of the connection
   */
  ChannelLayer over(SocketChannel channel, ListenerSettings listener) throws IOException {
    ServerTls tls = this.tls;
    ChannelLayer layer =
        tls == null ? new SocketLayer(channel) : new TlsLayer(channel, tls, this::present);
    return webSocket ? new WebSocketLayer(layer, listener) : layer;
  }
}
