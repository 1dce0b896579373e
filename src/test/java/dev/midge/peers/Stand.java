package dev.midge.peers;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;
import dev.midge.testing.RawClient;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** One broker, the peers at it and the lines between them, for one scenario. */
@SuppressWarnings("try") // what a test opens may throw anything when it is closed
final class Stand implements AutoCloseable {
  private final Server.Kind kind;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private Server server;

  Stand(Server.Kind kind) {
    this.kind = kind;
  }

  /** Starts the broker with lines of configuration. */
  Server serve(String... lines) throws IOException {
    if (server != null) {
      throw new IllegalStateException("it runs already");
    }
    server = kind.start(lines);
    open.push(server);
    return server;
  }

  Server server() throws IOException {
    return server != null ? server : serve();
  }

  /** A line to the broker that can be cut. */
  CutLine line() throws IOException {
    CutLine line = new CutLine(server().port());
    open.push((Closeable) line);
    return line;
  }

  /** A peer of Clean Start, straight to the broker. */
  Peer peer(Library library, String clientId) throws Exception {
    return peer(library, connect(library, clientId, null, Properties.NONE));
  }

  Peer peer(Library library, Connect connect) throws Exception {
    return open(library, server().port(), connect);
  }

  Peer peer(Library library, CutLine line, Connect connect) throws Exception {
    return open(library, line.port(), connect);
  }

  private Peer open(Library library, int port, Connect connect) throws Exception {
    Peer peer = library.open(port, connect);
    synchronized (open) {
      open.push(peer);
    }
    return peer;
  }

  /** A client that hides nothing. */
  RawClient raw(Connect connect) throws IOException {
    RawClient raw = RawClient.connected(server().port(), connect);
    open.push(raw);
    return raw;
  }

  static Connect connect(Library library, String clientId, Will will, Properties properties) {
    return RawClient.connect(library.version, clientId, true, will, properties);
  }

  /** A session that stays: for so many seconds in MQTT 5. */
  static Connect kept(Library library, String clientId, Will will, int seconds) {
    boolean v5 = library.version == ProtocolVersion.V5;
    Properties expiry =
        v5 ? Properties.of(Property.SESSION_EXPIRY_INTERVAL, seconds) : Properties.NONE;
    return RawClient.connect(library.version, clientId, false, will, expiry);
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
