package dev.midge.broker.transport;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.Limits;
import dev.midge.broker.core.Memory;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Router;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The broker's one thread: reads, routes, writes, in turns. Nothing in it waits but the selector.
 */
public final class SelectorLoop implements Runnable {
  private static final int READ_BUFFER = 64 * 1024;

  /** How long the last packets may take when the broker stops. */
  private static final long WRITE_TIMEOUT = 1_000_000_000L;

  /** How long the clients have then to close their ends. */
  private static final long CLOSE_TIMEOUT = 200_000_000L;

  /** How soon a connection that is paused up is looked at again, if nothing happens before. */
  private static final long PAUSE_CHECK = 2_000_000L;

  private static final long MANY_UNFINISHED_BYTES = Runtime.getRuntime().maxMemory() / 8;

  final Limits limits;
  final Timers timers = new Timers();
  final BufferPool buffers = new BufferPool();
  final LastEncoding lastEncoding = new LastEncoding();

  private final Router router;
  private final BrokerObserver observer;
  private final Acceptor acceptor;
  private final List<Listener> listeners;
  private final Selector selector;
  private final LongSupplier nanoTime;
  private final long origin;
  final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER);
  private final Set<Connection> connections = new HashSet<>();
  private final ArrayDeque<Connection> toFlush = new ArrayDeque<>();
  private final List<Connection> paused = new ArrayList<>();
  private final Executor handshakes;
  private final Queue<Connection> finished = new ConcurrentLinkedQueue<>();
  private long collected; // bytes of unfinished packets
  private long selectedAt; // when the input of this turn was looked for; 0 for not yet
  private volatile boolean stopWanted;

  /**
   * Takes over the listeners; they are closed when {@link #run} ends.
   *
   * @param handshakes runs what takes too long for the loop, the cryptography of TLS handshakes;
   *     null if no listener has TLS
   * @param nanoTime as {@link System#nanoTime} tells it
   */
  public SelectorLoop(
      List<Listener> listeners,
      Limits limits,
      BrokerObserver observer,
      Memory memory,
      Executor handshakes,
      LongSupplier nanoTime)
      throws IOException {
    this.nanoTime = nanoTime;
    this.origin = nanoTime.getAsLong();
    this.handshakes = handshakes;
    this.listeners = listeners;
    this.limits = limits;
    this.observer = observer;
    this.acceptor = new Acceptor(this, observer);
    this.router = new Router(limits, observer, timers, memory);
    this.selector = Selector.open();
    for (Listener listener : listeners) {
      listener.channel().register(selector, SelectionKey.OP_ACCEPT, listener);
    }
  }

  /** Nanoseconds since the loop was made. */
  long now() {
    return nanoTime.getAsLong() - origin;
  }

  /** Asks for an orderly end, from any thread: {@link #run} will return soon. */
  public void stop() {
    stopWanted = true;
    selector.wakeup();
  }

  @Override
  public void run() {
    try {
      while (!stopWanted) {
        turn(timers.next());
      }
      closeListeners();
      router.stop(now());
      flush();
      long deadline = now() + WRITE_TIMEOUT;
      boolean allShut = false;
      while (!connections.isEmpty() && now() < deadline) {
        if (!allShut && connections.stream().allMatch(Connection::isShut)) {
          allShut = true;
          deadline = Math.min(deadline, now() + CLOSE_TIMEOUT);
        }
        turn(Math.min(deadline, timers.next()));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the selector failed", e);
    } finally {
      closeEverything();
    }
  }

  private void turn(long latest) throws IOException {
    selectedAt = 0;
    long wakeUp = paused.isEmpty() ? latest : Math.min(latest, now() + PAUSE_CHECK);
    if (wakeUp == Timers.NEVER) {
      selector.select(this::ready);
    } else {
      long wait = wakeUp - now();
      if (wait > 0) {
        selector.select(this::ready, (wait + 999_999) / 1_000_000);
      } else {
        selector.selectNow(this::ready);
      }
    }
    // Input first, and only what was due before it was looked for: a packet that has come in time
    // must not meet a time-out, however long the turn takes.
    long due = selectedAt == 0 ? now() : selectedAt;
    takeFinished();
    runTimers(due);
    flush();
    if (!paused.isEmpty()) {
      resumeAll();
      flush();
    }
  }

  /** Another thread works for the connection, which hears of it on this one. */
  void runHandshake(Runnable work, Connection connection) {
    handshakes.execute(
        () -> {
          work.run();
          finished.add(connection);
          selector.wakeup();
        });
  }

  private void takeFinished() {
    Connection connection;
    while ((connection = finished.poll()) != null) {
      try {
        connection.workDone();
      } catch (RuntimeException e) {
        observer.internalError("timer", e);
        connection.closeNow();
      }
    }
  }

  /** The connection is not to be read until {@link Connection#resume} says that it goes on. */
  void pause(Connection connection) {
    paused.add(connection);
  }

  private void resumeAll() {
    List<Connection> waiting = new ArrayList<>(paused);
    paused.clear(); // who is paused up again adds itself
    for (Connection connection : waiting) {
      try {
        if (!connection.resume()) {
          paused.add(connection);
        }
      } catch (RuntimeException e) {
        observer.internalError("timer", e);
        connection.closeNow();
      }
    }
  }

  private void runTimers(long due) {
    try {
      timers.runDue(due);
    } catch (RuntimeException e) {
      observer.internalError("timer", e);
    }
  }

  private void ready(SelectionKey key) {
    if (selectedAt == 0) {
      selectedAt = now();
    }
    if (!key.isValid()) {
      return;
    }
    if (key.attachment() instanceof Listener listener) {
      acceptor.accept(listener, key);
      return;
    }
    Connection connection = (Connection) key.attachment();
    try {
      if (key.isReadable()) {
        connection.read(readBuffer);
      }
      if (key.isValid() && key.isWritable()) {
        connection.writable();
      }
    } catch (RuntimeException e) {
      observer.internalError("timer", e);
      connection.closeNow();
    }
  }

  /** A connection came in. */
  void begin(SocketChannel channel, Listener listener, String address) throws IOException {
    ChannelLayer layer = listener.layers().over(channel);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    Connection connection = new Connection(this, channel, layer, key, address, listener.port());
    connection.client(router.opened(connection, now()));
    key.attach(connection);
    connections.add(connection);
  }

  /** The connection has something to write, or wants to end. */
  void flushLater(Connection connection) {
    if (connection.markForFlush()) {
      toFlush.addLast(connection);
    }
  }

  private void flush() {
    Connection connection;
    while ((connection = toFlush.pollFirst()) != null) {
      try {
        connection.flush();
      } catch (RuntimeException e) {
        observer.internalError("timer", e);
        connection.closeNow();
      }
    }
    lastEncoding.forget();
  }

  /** So many bytes more, or less, are taken by unfinished packets. */
  void collected(int bytes) {
    collected += bytes;
  }

  /** Says whether unfinished packets take so much that they matter when memory is short. */
  boolean hasManyUnfinishedBytes() {
    return collected > MANY_UNFINISHED_BYTES;
  }

  void forget(Connection connection) {
    connections.remove(connection);
  }

  private void closeListeners() throws IOException {
    for (Listener listener : listeners) {
      listener.close();
    }
  }

  private void closeEverything() {
    try {
      closeListeners();
      new ArrayList<>(connections).forEach(Connection::closeNow);
      selector.close();
    } catch (IOException e) {
      // The thread ends; the system closes what is left.
    }
  }
}
