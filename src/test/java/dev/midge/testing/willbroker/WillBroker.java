package dev.midge.testing.willbroker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A broker for tests, of MQTT 3.1, 3.1.1 and 5, on a free port of 127.0.0.1. It keeps every rule
 * about wills, but for the one that it is told to break. It shares no code with midge's own broker:
 * only the packets are read and written by the same codec.
 */
public final class WillBroker implements AutoCloseable {
  private static final int BACKLOG = 500;

  private final ServerSocket server;
  private final Door door;
  private final Behaviour behaviour;
  private final Clock clock = new Clock();
  private final BrokerState state;
  private final List<Connection> connections = new ArrayList<>();
  private final Thread acceptor = daemon("will-broker-accept", this::accept);
  private boolean dead;

  private WillBroker(Behaviour behaviour, Door door, ServerSocket server) {
    this.behaviour = behaviour;
    this.door = door;
    this.server = server;
    state = new BrokerState(behaviour, clock);
  }

  /** Starts one that keeps every rule. */
  public static WillBroker honest() {
    return start(Behaviour.honest());
  }

  /** Starts one that keeps every rule but that one. */
  public static WillBroker breaking(Breach breach) {
    return start(Behaviour.breaking(breach));
  }

  public static WillBroker start(Behaviour behaviour) {
    return start(behaviour, Door.TCP);
  }

  public static WillBroker start(Behaviour behaviour, Door door) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      WillBroker broker = new WillBroker(behaviour, door, new ServerSocket(0, BACKLOG, loopback));
      broker.acceptor.start();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        welcome(server.accept());
      }
    } catch (IOException closed) {
      // No more clients are wanted.
    }
  }

  private void welcome(Socket socket) throws IOException {
    Connection connection = new Connection(socket, door, state, behaviour, clock, this::die);
    synchronized (connections) {
      if (dead) {
        socket.close();
        return;
      }
      connections.add(connection);
    }
    if (!behaviour.isSilent()) {
      daemon("will-broker-reader", connection).start();
    }
  }

  /**
   * Lets nobody in any more; who is connected stays. Returns when new connections are refused: the
   * kernel goes on to accept them for as long as a thread is inside accept(), though the socket is
   * closed.
   */
  public void stopListening() {
    try {
      server.close();
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Goes away at once, as a process that was killed: without wills, without a word. */
  public void die() {
    state.stop();
    clock.close();
    stopListening();
    synchronized (connections) {
      dead = true;
      connections.forEach(Connection::close);
    }
  }

  @Override
  public void close() {
    die();
  }
}
