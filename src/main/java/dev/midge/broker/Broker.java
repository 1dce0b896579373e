package dev.midge.broker;

import dev.midge.broker.config.Limits;
import dev.midge.broker.config.PersistenceSpec;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.persist.StateStore;
import dev.midge.broker.transport.BrokerLoop;
import dev.midge.broker.transport.ChannelLayers;
import dev.midge.broker.transport.Listener;
import dev.midge.fault.Effect;
import dev.midge.fault.FaultRules;
import dev.midge.fault.FaultSide;
import dev.midge.fault.Moment;
import dev.midge.fault.plan.FaultPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The mini broker as one object. Several can live in one JVM. Each has one thread of its own; the
 * methods here are for any thread.
 */
public final class Broker implements AutoCloseable {
  /**
   * Milliseconds that {@link #close} waits at most: longer than the loop takes in the worst case.
   */
  private static final long MAX_STOP_MILLIS = 5_000;

  /** The same for a broker that saves its state at the end, to a slow disk perhaps. */
  private static final long MAX_SAVE_MILLIS = 60_000;

  private final BrokerLoop loop;
  private final Thread thread;
  private final List<Integer> ports;
  private final FaultPlan faults;
  private final CompletableFuture<Throwable> failure;
  private final Inspector inspector;
  private final @Nullable StateStore store;

  private Broker(
      BrokerLoop loop,
      Thread thread,
      List<Integer> ports,
      FaultPlan faults,
      CompletableFuture<Throwable> failure,
      Inspector inspector,
      @Nullable StateStore store) {
    this.loop = loop;
    this.thread = thread;
    this.ports = List.copyOf(ports);
    this.faults = faults;
    this.failure = failure;
    this.inspector = inspector;
    this.store = store;
  }

  /**
   * Starts a broker; it is listening when this returns.
   *
   * @throws IOException when a port cannot be opened, or a file for TLS is no good, or the state
   *     that was kept cannot be read
   */
  public static Broker start(BrokerConfig config) throws IOException {
    return start(config, Broker::handshakes, System::nanoTime);
  }

  /** One thread is enough: only clients that connect at the same time wait for one another. */
  private static ExecutorService handshakes() {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, "broker-tls");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * @param handshakes makes the executor for the cryptography of TLS handshakes; only used if a
   *     listener has TLS
   * @param nanoTime never goes back
   */
  static Broker start(
      BrokerConfig config, Supplier<ExecutorService> handshakes, LongSupplier nanoTime)
      throws IOException {
    List<Listener> listeners = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    try {
      for (int port : config.ports()) {
        ports.add(open(ListenerSpec.tcp(port), config.limits(), listeners));
      }
      for (ListenerSpec spec : config.listeners()) {
        ports.add(open(spec, config.limits(), listeners));
      }
      WatchedLog log = new WatchedLog(config.log(), config.verbose());
      boolean tls = listeners.stream().anyMatch(each -> each.layers().hasTls());
      ExecutorService executor = tls ? handshakes.get() : null;
      FaultPlan faults =
          config.faults() == null
              ? new FaultPlan(FaultSide.BROKER, 0, nanoTime, event -> {})
              : config.faults();
      BrokerLoop loop =
          new BrokerLoop(
              listeners, config.limits(), faults, log, new HeapMemory(), executor, nanoTime);
      PersistenceSpec kept = config.settings().persistence();
      StateStore store = kept == null ? null : PersistenceLines.keep(kept, log, loop);
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      BrokerThread body = new BrokerThread(loop, log, config, listeners, executor, failure);
      Thread thread = new Thread(body, "broker");
      thread.setDaemon(true); // a broker that a test forgot must not keep the JVM alive
      thread.start();
      return new Broker(loop, thread, ports, faults, failure, new Inspector(loop, log), store);
    } catch (IOException | RuntimeException e) {
      for (Listener listener : listeners) {
        listener.close();
      }
      throw e;
    }
  }

  private static int open(ListenerSpec spec, Limits limits, List<Listener> listeners)
      throws IOException {
    ListenerSettings settings =
        new ListenerSettings(
            spec.path() == null ? String.valueOf(spec.port()) : spec.path().toString(),
            spec.limits() == null ? limits : spec.limits(),
            spec.rules(),
            spec.security());
    boolean webSocket = spec.protocol() == ListenerSpec.Protocol.WEBSOCKETS;
    ChannelLayers layers = ChannelLayers.of(spec.tls(), webSocket);
    if (spec.path() != null) {
      listeners.add(Listener.openUnix(spec.path(), settings, layers));
      return 0;
    }
    List<Listener> opened =
        spec.address() == null
            ? Listener.openLocal(spec.port(), settings, layers)
            : List.of(Listener.open(spec.address(), spec.port(), settings, layers));
    listeners.addAll(opened);
    return opened.get(0).port();
  }

  /**
   * Completes with the failure that has ended the broker's thread, after that was logged and all
   * connections were closed; never completes otherwise.
   */
  public CompletableFuture<Throwable> failure() {
    return failure;
  }

  /** Returns what looks into the broker while it runs, and holds it up. */
  public Inspector inspector() {
    return inspector;
  }

  /**
   * Saves the state to the file of the configuration now.
   *
   * @return false if nothing is kept; true when the file is being written, or will be when the save
   *     before is done; completed on the broker's thread
   */
  public CompletableFuture<Boolean> save() {
    StateStore present = store;
    if (present == null) {
      return CompletableFuture.completedFuture(false);
    }
    return loop.ask(
        (router, now) -> {
          present.save();
          return true;
        });
  }

  /**
   * Saves the state as often as said from now on, as a configuration that is read again wants it.
   *
   * @param autosaveInterval as in {@link PersistenceSpec}
   * @return false if nothing is kept; completed on the broker's thread
   */
  public CompletableFuture<Boolean> saveEvery(int autosaveInterval, boolean autosaveOnChanges) {
    StateStore present = store;
    if (present == null) {
      return CompletableFuture.completedFuture(false);
    }
    return loop.ask(
        (router, now) -> {
          present.saveEvery(autosaveInterval, autosaveOnChanges);
          return true;
        });
  }

  /** Returns the port of the first listener. */
  public int port() {
    return ports.get(0);
  }

  /**
   * Returns the port of each listener, in the order of the configuration: its ports, then its
   * further listeners; 0 for a unix socket.
   */
  public List<Integer> ports() {
    return ports;
  }

  /**
   * Returns the faults that happen to connections: those of the configuration, or none. They may be
   * added and cleared at any time; connections that are open count from then on.
   */
  public FaultPlan faults() {
    return faults;
  }

  /**
   * Carries out an effect on the connection of a client now: {@code close}, {@code reset}, {@code
   * freeze}, {@code reason}, {@code garbage} or {@code blackout}.
   *
   * @return false if no such client is connected, or the broker is closed; completed on the
   *     broker's thread as long as that runs
   * @throws IllegalArgumentException when the effect needs a packet, or is not the broker's, or
   *     lasts until it is cleared, so that it belongs into the plan
   */
  public CompletableFuture<Boolean> inject(String clientId, Effect effect) {
    String why = FaultRules.impossible(effect, new Moment.Connected(), FaultSide.BROKER);
    if (why != null) {
      throw new IllegalArgumentException(why);
    }
    switch (effect.kind()) {
      case DELAY, THROTTLE, SLICE ->
          throw new IllegalArgumentException(
              effect.text() + " lasts until it is cleared: add it to the plan of faults.");
      default -> {}
    }
    return loop.inject(clientId, effect);
  }

  /**
   * Publishes the wills of all connected clients and all delayed wills, closes all connections, and
   * waits until that is done, for some seconds at most. A second call does nothing.
   */
  @Override
  public void close() {
    loop.stop();
    if (Thread.currentThread() == thread) {
      return; // called from the log: the loop ends when this returns
    }
    try {
      thread.join(store == null ? MAX_STOP_MILLIS : MAX_SAVE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
