package dev.midge.broker.transport;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * What a listener puts between socket and codec. The classes of a stage are only loaded where it is
 * wanted. Made when the listener opens, used by one loop.
 */
public final class Stages {
  /** Bare MQTT. */
  public static final Stages NONE = new Stages(null, false);

  private final ServerTls tls; // null for none
  private final boolean webSocket;

  private Stages(ServerTls tls, boolean webSocket) {
    this.tls = tls;
    this.webSocket = webSocket;
  }

  /**
   * Reads the files and makes everything ready.
   *
   * @param tls null for none
   * @throws IOException when a file is missing or no good
   */
  public static Stages of(TlsFiles tls, boolean webSocket) throws IOException {
    return tls == null && !webSocket
        ? NONE
        : new Stages(tls == null ? null : new ServerTls(tls), webSocket);
  }

  /** Whether its connections have work for another thread. */
  public boolean hasTls() {
    return tls != null;
  }

  Stage over(SocketChannel channel) throws IOException {
    Stage stage = tls == null ? new SocketStage(channel) : new TlsStage(channel, tls);
    return webSocket ? new WebSocketStage(stage) : stage;
  }
}
