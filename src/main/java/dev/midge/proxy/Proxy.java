package dev.midge.proxy;

import dev.midge.fault.Effect;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.net.socket.ListeningSockets;
import dev.midge.proxy.carry.Brokers;
import dev.midge.proxy.carry.Connection;
import dev.midge.proxy.carry.Connections;
import dev.midge.proxy.carry.ProxyContext;
import dev.midge.proxy.carry.ProxyThread;
import dev.midge.proxy.event.ProxyConnection;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy between MQTT clients and brokers. It passes on what comes, untouched but where a fault is
 * due. The methods are for any thread.
 */
public final class Proxy implements AutoCloseable {
  private final List<Acceptor> acceptors;
  private final int port;
  private final Connections connections;
  private final FaultPlan faults;
  private final Pause pause;

  private Proxy(
      List<Acceptor> acceptors, int port, Connections connections, FaultPlan faults, Pause pause) {
    this.acceptors = acceptors;
    this.port = port;
    this.connections = connections;
    this.faults = faults;
    this.pause = pause;
  }

  /**
   * Starts a proxy; it is listening when this returns. No broker is needed before a client comes.
   *
   * @throws IOException when the port cannot be opened
   */
  public static Proxy start(ProxyConfig config) throws IOException {
    List<ServerSocketChannel> doors =
        config.bind() == null
            ? ListeningSockets.loopback(config.port())
            : List.of(ListeningSockets.at(config.bind(), config.port()));
    ProxyContext around =
        new ProxyContext(config.faults(), new Brokers(config.brokers()), config.listener());
    Connections connections = new Connections(config.faults());
    AtomicInteger numbers = new AtomicInteger();
    Pause pause = new Pause();
    List<Acceptor> acceptors = new ArrayList<>();
    for (ServerSocketChannel door : doors) {
      acceptors.add(new Acceptor(door, around, connections, numbers, pause, config.tls()));
    }
    connections.start();
    acceptors.forEach(Acceptor::start);
    int port = doors.get(0).socket().getLocalPort();
    return new Proxy(acceptors, port, connections, config.faults(), pause);
  }

  /** Returns the port that it listens on. */
  public int port() {
    return port;
  }

  /** Returns its faults, which may be added and cleared at any time. */
  public FaultPlan faults() {
    return faults;
  }

  /** Returns the open connections, in the order in which they came. */
  public List<ProxyConnection> connections() {
    return connections.now();
  }

  /**
   * Makes an effect happen on the connection of a client: close, reset, freeze, reason, blackout or
   * takeover. All others need a fault with a moment.
   *
   * @return completes when it has happened; with false when there is no such client
   * @throws IllegalArgumentException when it is another effect
   */
  public CompletableFuture<Boolean> inject(String client, Effect effect) {
    switch (effect.kind()) {
      case CLOSE, RESET, FREEZE, REASON, BLACKOUT, TAKEOVER -> {
        return CompletableFuture.supplyAsync(
            () -> inject(connections.of(client), effect), task -> ProxyThread.start("fault", task));
      }
      default -> {
        throw new IllegalArgumentException(
            effect.text() + " needs a moment: it is for a fault, not for a client at once.");
      }
    }
  }

  private static boolean inject(List<Connection> candidates, Effect effect) {
    for (Connection connection : candidates) {
      if (connection.inject(effect)) {
        return true;
      }
    }
    return false;
  }

  /** Accepts no connections any more: clients that connect wait. Those that are open go on. */
  public void pause() {
    pause.begin();
  }

  /** Accepts connections again. */
  public void resume() {
    pause.end();
  }

  /** Ends all connections in order, without DISCONNECT; waits some seconds at most. */
  @Override
  public void close() {
    pause.close();
    for (Acceptor acceptor : acceptors) {
      try {
        acceptor.close();
      } catch (IOException e) {
        // It listens no more.
      }
    }
    connections.close();
  }
}
