package dev.midge.control.socket;

import dev.midge.control.Controller;
import dev.midge.net.socket.SocketFile;
import dev.midge.net.socket.UnixSockets;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens for commands on a unix-domain socket of the user's own. Each connection has a thread, so
 * that one that does not read delays nobody.
 */
public final class ControlServer implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 200;
  private static final int BACKLOG = 128;
  private static final long PAUSE_MILLIS = 200;

  private final ServerSocketChannel listener;
  private final SocketFile file;
  private final Controller controller;
  private final Set<ControlConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private ControlServer(ServerSocketChannel listener, SocketFile file, Controller controller) {
    this.listener = listener;
    this.file = file;
    this.controller = controller;
  }

  /**
   * Opens the socket with mode 0600; the file of a process that was killed is replaced.
   *
   * @throws IOException when it cannot be opened, also when another process listens there
   */
  public static ControlServer open(Path path, Controller controller) throws IOException {
    SocketFile.clear(path);
    ServerSocketChannel listener = UnixSockets.listener();
    try {
      listener.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        // Who connects before this is looked at all the same: see PeerUser.
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      }
      ControlServer server = new ControlServer(listener, SocketFile.of(path), controller);
      ControlConnection.start(server::accept, "control");
      return server;
    } catch (IOException e) {
      listener.close();
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  private void accept() {
    while (!closed) {
      try {
        take(listener.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        pause(); // Too many open files, most likely.
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void take(SocketChannel channel) throws IOException {
    ControlConnection connection = new ControlConnection(channel, controller);
    try {
      if (!PeerUser.isAllowed(channel)) {
        connection.refuse("This socket is for the user who has started the process.");
      } else if (connections.size() >= MOST_CONNECTIONS) {
        connection.refuse("There are " + MOST_CONNECTIONS + " connections already.");
      } else {
        connections.add(connection);
        ControlConnection.start(() -> serve(connection), "control client");
        if (!closed) {
          return;
        }
      }
    } catch (IOException | RuntimeException e) {
      // It is closed.
    }
    connection.close();
  }

  private void serve(ControlConnection connection) {
    try {
      connection.run();
    } finally {
      connection.close();
      connections.remove(connection);
    }
  }

  /** Removes the socket, so that nobody finds it any more; connections go on. */
  public void stopListening() {
    closed = true;
    try {
      listener.close();
      file.remove();
    } catch (IOException e) {
      // A file that stays is replaced by the next server.
    }
  }

  /** Removes the socket and ends all connections. */
  @Override
  public void close() {
    stopListening();
    connections.forEach(ControlConnection::close);
  }
}
