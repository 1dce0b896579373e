package dev.midge.broker;

import dev.midge.broker.config.PersistenceSpec;
import dev.midge.broker.persist.StateStore;
import dev.midge.broker.transport.BrokerLoop;
import dev.midge.broker.transport.Listener;
import dev.midge.broker.transport.LoopClock;
import dev.midge.fault.Effect;
import dev.midge.fault.FaultRules;
import dev.midge.fault.FaultSide;
import dev.midge.fault.Moment;
import dev.midge.fault.plan.FaultPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
  private static final Duration MOST_TIME = Duration.ofDays(365L * 146);

  private final BrokerLoop loop;
  private final Thread thread;
  private final List<Integer> ports;
  private final FaultPlan faults;
  private final CompletableFuture<Throwable> failure;
  private final Inspector inspector;
  private final Reload reload;
  private final boolean drivenTime;
  private final @Nullable StateStore store;

  private Broker(
      BrokerLoop loop,
      Thread thread,
      List<Integer> ports,
      FaultPlan faults,
      CompletableFuture<Throwable> failure,
      Inspector inspector,
      Reload reload,
      boolean drivenTime,
      @Nullable StateStore store) {
    this.loop = loop;
    this.thread = thread;
    this.ports = List.copyOf(ports);
    this.faults = faults;
    this.failure = failure;
    this.inspector = inspector;
    this.reload = reload;
    this.drivenTime = drivenTime;
    this.store = store;
  }

  /**
   * Starts a broker; it is listening when this returns.
   *
   * @throws IOException when a port cannot be opened, or a file for TLS is no good, or the state
   *     that was kept cannot be read
   */
  public static Broker start(BrokerConfig config) throws IOException {
    return start(config, Broker::oneThread, System::nanoTime);
  }

  /** One thread is enough: only clients that connect at the same time wait for one another. */
  private static ExecutorService oneThread() {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, "broker-crypto");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * @param cryptography makes the executor for TLS handshakes and passwords when the first comes
   * @param nanoTime never goes back
   */
  static Broker start(
      BrokerConfig config, Supplier<ExecutorService> cryptography, LongSupplier nanoTime)
      throws IOException {
    return start(config, cryptography, nanoTime, System::currentTimeMillis);
  }

  /**
   * @param wallMillis as the clock on the wall tells it
   */
  static Broker start(
      BrokerConfig config,
      Supplier<ExecutorService> cryptography,
      LongSupplier nanoTime,
      LongSupplier wallMillis)
      throws IOException {
    OpenListeners listeners = new OpenListeners(config);
    try {
      WatchedLog log = new WatchedLog(config.log(), config.verbose(), config.watcher());
      Duration driven = config.drivenTime();
      LoopClock clock =
          driven == null ? LoopClock.real(nanoTime) : LoopClock.driven(driven.toNanos());
      LazyExecutor executor = new LazyExecutor(cryptography);
      FaultPlan faults =
          config.faults() == null
              ? new FaultPlan(FaultSide.BROKER, 0, nanoTime, event -> {})
              : config.faults();
      HeapMemory memory = new HeapMemory();
      List<Listener> sockets = listeners.sockets();
      BrokerLoop loop =
          new BrokerLoop(
              sockets, config.limits(), config.settings(), faults, log, memory, executor, clock);
      PersistenceSpec kept = config.settings().persistence();
      StateStore store =
          kept == null
              ? null
              : PersistenceLines.keep(
                  kept, log, loop, driven == null ? wallMillis : clock::drivenMillis);
      SysSwitch sys = new SysSwitch(loop, log, wallMillis, memory::used);
      sys.interval(config.settings().sysInterval());
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      BrokerThread body = new BrokerThread(loop, log, config, sockets, executor, failure);
      Thread thread = new Thread(body, "broker");
      thread.setDaemon(true); // a broker that a test forgot must not keep the JVM alive
      Inspector inspector = new Inspector(loop, log);
      if (config.watcher() != null) {
        config.watcher().starting(inspector);
      }
      thread.start();
      Reload reload = new Reload(loop, log, config.limits(), listeners, sys);
      return new Broker(
          loop,
          thread,
          listeners.ports(),
          faults,
          failure,
          inspector,
          reload,
          driven != null,
          store);
    } catch (IOException | RuntimeException e) {
      listeners.close();
      throw e;
    }
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
   * Has all connections carry nothing for so long, by the real time; those that are opened
   * meanwhile carry nothing until the same moment.
   *
   * @return completed with true when it has begun, on the broker's thread; it fails with {@link
   *     IllegalStateException} when the broker has stopped
   * @throws IllegalArgumentException for a negative time
   */
  public CompletableFuture<Boolean> blackout(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a blackout takes no negative time");
    }
    return loop.blackout(time);
  }

  /**
   * Puts another configuration in force, for connections that are open as well: the keys that
   * mosquitto reads again at SIGHUP, passwords and access rules of each listener, and its
   * certificates for new connections. All else stays as it is, the log and the faults too. Then
   * each connected client is checked again. Waits until that is done; not for the broker's thread.
   *
   * @throws IOException when the configuration has a listener that is not open, or a file for TLS
   *     is no good; the message says why, and nothing has changed
   * @throws IllegalStateException when the broker has stopped
   */
  public void reload(BrokerConfig config) throws IOException {
    reload.run(config);
  }

  /**
   * Lets the time of MQTT's rules pass at once, in a broker whose time is driven: keep alive, the
   * delays of wills, the expiry of sessions and messages, and what comes of them, each at its own
   * time and in order. Waits until all that is due has happened and was handed to the sockets.
   *
   * @throws IllegalArgumentException when it would be 146 years since the start
   * @throws IllegalStateException when the broker's time is not driven, or it has stopped
   */
  public void advance(Duration time) {
    if (!drivenTime) {
      throw new IllegalStateException("the broker's time is not driven");
    }
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not go back");
    }
    if (time.compareTo(MOST_TIME) > 0) {
      throw new IllegalArgumentException("a broker's time is 146 years at most");
    }
    try {
      loop.advance(time.toNanos()).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * Publishes the wills of all connected clients and all delayed wills, closes all connections, and
   * waits until that is done, for some seconds at most, though the thread be interrupted. A second
   * call does nothing.
   *
   * @throws IllegalStateException when work of {@link Inspector#later} keeps the broker's thread;
   *     the ports are free all the same
   */
  @Override
  public void close() {
    loop.stop();
    if (Thread.currentThread() == thread) {
      return; // called from the log: the loop ends when this returns
    }
    new BrokerEnd(loop, thread, store != null).await();
  }
}
