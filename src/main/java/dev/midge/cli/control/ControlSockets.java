package dev.midge.cli.control;

import dev.midge.control.ControlLog;
import dev.midge.control.ControlTarget;
import dev.midge.control.Controller;
import dev.midge.control.socket.ControlPath;
import dev.midge.control.socket.ControlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The control sockets of a broker or proxy. For any thread. */
public final class ControlSockets implements AutoCloseable {
  private final List<ControlServer> servers = new ArrayList<>();
  private boolean ended;

  /**
   * Opens one socket.
   *
   * @throws IOException when it cannot be opened
   */
  public void open(Path path, Controller controller) throws IOException {
    add(ControlServer.open(path, controller));
  }

  /**
   * Opens the sockets of the ports at their default places, on another thread: who starts a broker
   * does not wait for them.
   *
   * @param ports those that it listens on; 0 is none
   * @param failed takes the reason when one cannot be opened
   */
  public void openDefaults(
      List<Integer> ports,
      Supplier<ControlTarget> target,
      ControlLog log,
      Map<String, String> environment,
      Consumer<String> failed) {
    Thread opener =
        new Thread(
            () -> {
              Controller controller = new Controller(target.get(), log);
              for (int port : ports) {
                if (port != 0) {
                  openDefault(port, controller, environment, failed);
                }
              }
            },
            "control start");
    opener.setDaemon(true);
    opener.start();
  }

  private void openDefault(
      int port, Controller controller, Map<String, String> environment, Consumer<String> failed) {
    try {
      open(ControlPath.ofServer(port, environment), controller);
    } catch (IOException | RuntimeException e) {
      failed.accept(String.valueOf(e.getMessage()));
    }
  }

  private synchronized void add(ControlServer server) {
    if (ended) {
      server.close();
    } else {
      servers.add(server);
    }
  }

  /** Removes the sockets, so that nobody finds them any more; connections go on. */
  public synchronized void stopListening() {
    ended = true;
    servers.forEach(ControlServer::stopListening);
  }

  /** Removes the sockets and ends their connections. */
  @Override
  public synchronized void close() {
    ended = true;
    servers.forEach(ControlServer::close);
  }
}
