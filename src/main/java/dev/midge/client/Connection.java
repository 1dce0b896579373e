package dev.midge.client;

import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultyChannel;
import dev.midge.fault.Moment;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a broker, from the start to whatever end comes first. For several threads.
 *
 * <p>Once a fault was injected, or {@link #end} was called, calls throw a {@link
 * CancellationException}, and futures complete with it: that is no failure.
 */
public final class Connection implements AutoCloseable {

  /** The time that a part of the end may take where the broker does not do its share. */
  private static final long PATIENCE_MILLIS = 1000;

  private final ConnectSpec spec;
  private final ClientEvents events;
  private final MessageListener listener;
  private final FaultyChannel channel;
  private final Engine engine;
  private final FaultInjector faults;
  private final CompletableFuture<@Nullable Void> reached = new CompletableFuture<>();
  private final CompletableFuture<Connack> opened = new CompletableFuture<>();
  private final CompletableFuture<ConnectionOutcome> over = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> quiet = new CompletableFuture<>();
  private volatile @Nullable Connack connack;

  private Connection(
      ConnectSpec spec,
      ClientEvents events,
      MessageListener listener,
      FaultyChannel channel,
      Engine engine) {
    this.spec = spec;
    this.events = events;
    this.listener = listener;
    this.channel = channel;
    this.engine = engine;
    this.faults = new FaultInjector(spec.fault(), channel, events);
  }

  /**
   * Connects and waits for CONNACK, without a limit; an interrupt ends the waiting.
   *
   * @throws ConnectionFailure when the broker cannot be reached or refuses
   */
  public static Connection open(
      ConnectSpec spec, ClientEvents events, MessageListener listener, EngineFactory engines)
      throws ConnectionFailure, InterruptedException {
    Connection connection = start(spec, events, listener, engines);
    try {
      result(connection.opened);
      return connection;
    } catch (ConnectionFailure | InterruptedException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Starts to connect; {@link #opened} tells the result. */
  public static Connection start(
      ConnectSpec spec, ClientEvents events, MessageListener listener, EngineFactory engines) {
    FaultyChannel channel = new FaultyChannel(spec.endpoint());
    Engine engine = engines.create(spec, channel, listener, events);
    Connection connection = new Connection(spec, events, listener, channel, engine);
    engine.start(connection.new EngineEvents());
    return connection;
  }

  /** Completes when the broker is reached; CONNACK may be long in coming. */
  public CompletableFuture<@Nullable Void> reached() {
    return reached;
  }

  /** Completes with CONNACK, or with the {@link ConnectionFailure} why there is none. */
  public CompletableFuture<Connack> opened() {
    return opened;
  }

  /** Returns CONNACK as the broker sent it, in the user's version; null before it has come. */
  public @Nullable Connack connack() {
    return connack;
  }

  /**
   * Returns the client id that is in use: the given one, or the one that the broker assigned with
   * CONNACK.
   */
  public String clientId() {
    Connack current = connack;
    return current == null ? spec.clientId() : spec.clientIdAfter(current);
  }

  /** Sends a message that no other follows at once, see {@link #publish(Message, boolean)}. */
  public CompletableFuture<Delivery> publish(Message message)
      throws ConnectionFailure, InterruptedException {
    return publish(message, false);
  }

  /**
   * Sends a message; with QoS 1 and 2 it waits while as many as allowed are in flight.
   *
   * @param more whether another message follows at once, or {@link #flush}, so that they may share
   *     a write
   * @return completes when the message is delivered (QoS 0: written; 1: PUBACK; 2: PUBCOMP), or
   *     exceptionally with a {@link ConnectionFailure}
   * @throws ConnectionFailure when the connection has failed, or does not take such a message
   */
  public CompletableFuture<Delivery> publish(Message message, boolean more)
      throws ConnectionFailure, InterruptedException {
    check();
    try {
      return engine.publish(message, more);
    } catch (IOException e) {
      throw afterEnd();
    } catch (CancellationException e) {
      check();
      throw e;
    }
  }

  /** Sends the messages that were added to the session, see {@link Engine#sendQueued}. */
  public void sendQueued(boolean more) throws ConnectionFailure, InterruptedException {
    check();
    try {
      engine.sendQueued(more);
    } catch (IOException e) {
      throw afterEnd();
    }
  }

  /** Writes what was held back for packets to follow. */
  public void flush() throws ConnectionFailure, InterruptedException {
    check();
    try {
      engine.flush();
    } catch (IOException e) {
      throw afterEnd();
    }
  }

  /**
   * Sends SUBSCRIBE.
   *
   * @return completes with SUBACK, whose codes may be refusals, on the thread that reads
   */
  public CompletableFuture<Suback> subscribe(
      List<Subscription> subscriptions, Properties properties)
      throws ConnectionFailure, InterruptedException {
    check();
    try {
      return engine.subscribe(subscriptions, properties);
    } catch (IOException e) {
      throw afterEnd();
    }
  }

  /** Sends UNSUBSCRIBE; completes with UNSUBACK. */
  public CompletableFuture<Unsuback> unsubscribe(List<String> filters, Properties properties)
      throws ConnectionFailure, InterruptedException {
    check();
    try {
      return engine.unsubscribe(filters, properties);
    } catch (IOException e) {
      throw afterEnd();
    }
  }

  // The messages received go from the engine to the MessageListener.

  /**
   * Ends the connection: by the planned fault if its moment is the end, otherwise with DISCONNECT.
   * What was delivered has been acknowledged by then. Takes three seconds at most. Not for the
   * listener's thread.
   *
   * @param reasonCode 0 or 4; with 4 MQTT 3, which has no such code, sends a plain DISCONNECT
   */
  public void end(int reasonCode, Properties properties) throws InterruptedException {
    if (over.isDone()) {
      return;
    }
    engine.awaitAcknowledged(PATIENCE_MILLIS);
    Effect planned = faults.plannedAt(Moment.End.class);
    if (planned != null) {
      inject(planned, properties);
    } else if (over.complete(ConnectionOutcome.ASKED)) {
      engine.disconnect(reasonCode, properties); // [MQTT-3.14.4-1]
      finish(ConnectionOutcome.ASKED);
    }
  }

  /**
   * Does that to the connection now. A frozen connection stays open until the peer closes it or
   * {@link #close}.
   */
  public void inject(Effect effect) {
    inject(effect, Properties.NONE);
  }

  private void inject(Effect effect, Properties properties) {
    if (over.complete(ConnectionOutcome.STRUCK)) {
      faults.inject(effect, engine, properties);
      if (connack == null) {
        opened.cancel(false);
      }
      engine.abandon(null);
      faults.struck().thenRun(engine::stop);
    }
  }

  /**
   * Completes when the planned fault was carried out and is over; freezing is over when the peer
   * has closed the connection.
   */
  public CompletableFuture<Fault> struck() {
    return faults.struck();
  }

  /** Closes the channel without DISCONNECT, if it is still open. Never fails. */
  @Override
  public void close() {
    if (over.complete(ConnectionOutcome.ASKED)) {
      finish(ConnectionOutcome.ASKED);
    } else {
      closeChannel(over.join());
    }
  }

  private void fail(ConnectionFailure failure) {
    ConnectionOutcome outcome = ConnectionOutcome.failed(failure);
    if (over.complete(outcome)) {
      finish(outcome);
      if (connack != null) {
        listener.lost(failure);
      }
    }
  }

  private void finish(ConnectionOutcome outcome) {
    closeChannel(outcome);
    ConnectionFailure failure = outcome.failure();
    if (failure == null) {
      opened.cancel(false);
    } else {
      opened.completeExceptionally(failure);
    }
    engine.abandon(failure);
    engine.stop();
  }

  private void closeChannel(ConnectionOutcome outcome) {
    ConnectionFailure failure = outcome.failure();
    boolean dead = failure != null && failure.kind() == ConnectionFailure.Kind.KEEPALIVE;
    engine.shut(
        null,
        () -> {
          try {
            if (dead || engine.isStuck(PATIENCE_MILLIS / 2)) { // Nothing more would arrive.
              channel.abort();
            } else {
              channel.close();
            }
          } catch (IOException e) {
            // Then it is closed already.
          }
        });
  }

  /** Returns whether the connection has ended, in whatever way. */
  public boolean isOver() {
    return over.isDone();
  }

  /** Completes when the connection has ended, in whatever way. */
  public CompletableFuture<ConnectionOutcome> over() {
    return over;
  }

  /**
   * Completes when, after the end, the listener is not called any more: another connection may then
   * use what the listener used.
   */
  public CompletableFuture<@Nullable Void> quiet() {
    return quiet;
  }

  /** Throws what calls get once the connection has ended. */
  private void check() throws ConnectionFailure {
    if (over.isDone()) {
      ConnectionFailure failure = over.join().failure();
      if (failure != null) {
        throw failure;
      }
      throw new CancellationException();
    }
  }

  /** Returns the failure where the channel takes nothing; the thread that reads may know more. */
  private ConnectionFailure afterEnd() throws ConnectionFailure, InterruptedException {
    ConnectionFailure lost = new ConnectionFailure(ConnectionFailure.Kind.LOST, null);
    try {
      over.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      fail(lost);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    check();
    return lost;
  }

  /** Waits for a future of this connection. */
  public static <T extends @Nullable Object> T result(CompletableFuture<T> future)
      throws ConnectionFailure, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectionFailure failure) {
        throw failure;
      }
      if (e.getCause() instanceof CancellationException ended) {
        throw ended;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Hears the engine, on its threads. */
  private final class EngineEvents implements Engine.Events {

    @Override
    public void reached() {
      reached.complete(null);
    }

    @Override
    public void connected(Connack success) {
      connack = success;
      events.connected(success, spec.clientIdAfter(success));
      Effect now = faults.plannedAt(Moment.Connected.class);
      if (now != null) {
        inject(now);
      }
      Moment.After later = faults.plannedAfter();
      Effect effect = faults.plannedAt(Moment.After.class);
      if (later != null && effect != null) {
        Thread timer = new Thread(() -> injectAfter(effect, later.time()), "midge fault");
        timer.setDaemon(true);
        timer.start();
      }
      opened.complete(success);
      listener.onConnected();
    }

    private void injectAfter(Effect effect, Duration time) {
      try {
        over.get(time.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException due) {
        inject(effect);
      } catch (ExecutionException | InterruptedException e) {
        throw new IllegalStateException(e); // There is no failure, and nobody interrupts.
      }
    }

    @Override
    public void failed(ConnectionFailure failure) {
      fail(failure);
    }

    @Override
    public void faultDue(Effect effect) {
      inject(effect);
    }

    @Override
    public void quiet() {
      quiet.complete(null);
    }
  }
}
