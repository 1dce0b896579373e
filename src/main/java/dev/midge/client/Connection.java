package dev.midge.client;

import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
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
  private final Engine engine;
  private final FaultInjector faults;
  private final ConnectionEnd end;
  private final CompletableFuture<@Nullable Void> networkConnected;
  private final CompletableFuture<@Nullable Void> reached = new CompletableFuture<>();
  private final CompletableFuture<Connack> opened = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> quiet = new CompletableFuture<>();
  private volatile boolean accepted;
  private volatile boolean ending;

  private Connection(
      ConnectSpec spec, ClientEvents events, MessageListener listener, EngineFactory engines) {
    this.spec = spec;
    this.events = events;
    this.listener = listener;
    FaultWatch.Watched watched = FaultWatch.Watched.to(spec);
    this.engine = engines.create(spec, watched.channel(), watched.watch(), listener, events);
    this.end = new ConnectionEnd(engine, watched.channel());
    this.networkConnected = watched.channel().networkConnected();
    this.faults = new FaultInjector(spec, watched, engine, end, opened, events);
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
      ConnectionFailures.result(connection.opened);
      return connection;
    } catch (ConnectionFailure | InterruptedException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Starts to connect; {@link #opened} tells the result. */
  public static Connection start(
      ConnectSpec spec, ClientEvents events, MessageListener listener, EngineFactory engines) {
    Connection connection = to(spec, events, listener, engines);
    connection.start();
    return connection;
  }

  /**
   * Returns a connection that {@link #start()} is to start: whoever sends messages by it may have
   * to know it before CONNACK can come.
   */
  public static Connection to(
      ConnectSpec spec, ClientEvents events, MessageListener listener, EngineFactory engines) {
    return new Connection(spec, events, listener, engines);
  }

  /** Starts to connect, once; {@link #opened} tells the result. */
  public void start() {
    faults.start();
    engine.start(new EngineEvents());
  }

  /** Completes when the network is connected; a handshake of TLS or WebSocket may never end. */
  public CompletableFuture<@Nullable Void> networkConnected() {
    return networkConnected;
  }

  /** Completes when the broker is reached; CONNACK may be long in coming. */
  public CompletableFuture<@Nullable Void> reached() {
    return reached;
  }

  /** Returns whether CONNACK has come and is a success; {@link #opened} completes soon. */
  public boolean isAccepted() {
    return accepted;
  }

  /** Completes with CONNACK, or with the {@link ConnectionFailure} why there is none. */
  public CompletableFuture<Connack> opened() {
    return opened;
  }

  /** Returns the client id of a connection that is open: the given one, or the assigned one. */
  public String clientId() {
    return spec.clientIdAfter(opened.join());
  }

  /** Sends a message that no other follows at once. */
  public CompletableFuture<Delivery> publish(Message message)
      throws ConnectionFailure, InterruptedException {
    return publish(message, false);
  }

  /**
   * Sends a message; with QoS 1 and 2 it waits while as many as allowed are in flight.
   *
   * @param more whether another message follows at once, or {@link #sendQueued}, so that they may
   *     share a write
   * @return completes when the message is delivered (QoS 0: written; 1: PUBACK; 2: PUBCOMP), or
   *     exceptionally with a {@link ConnectionFailure}
   * @throws ConnectionFailure when the connection has failed, or does not take such a message
   */
  public CompletableFuture<Delivery> publish(Message message, boolean more)
      throws ConnectionFailure, InterruptedException {
    return call(() -> engine.publish(message, more));
  }

  /**
   * Sends the messages that were added to the session, see {@link Engine#sendQueued}, and unless
   * more follow, everything that was held back.
   */
  public void sendQueued(boolean more) throws ConnectionFailure, InterruptedException {
    call(
        () -> {
          engine.sendQueued(more);
          if (!more) {
            engine.flush();
          }
          return true;
        });
  }

  /**
   * Sends SUBSCRIBE.
   *
   * @return completes with SUBACK, whose codes may be refusals, on the thread that reads
   */
  public CompletableFuture<Suback> subscribe(
      List<Subscription> subscriptions, Properties properties)
      throws ConnectionFailure, InterruptedException {
    return call(() -> engine.subscribe(subscriptions, properties));
  }

  /** Sends UNSUBSCRIBE; completes with UNSUBACK. */
  public CompletableFuture<Unsuback> unsubscribe(List<String> filters, Properties properties)
      throws ConnectionFailure, InterruptedException {
    return call(() -> engine.unsubscribe(filters, properties));
  }

  private interface Call<T> {
    T run() throws ConnectionFailure, IOException, InterruptedException;
  }

  private <T> T call(Call<T> call) throws ConnectionFailure, InterruptedException {
    if (faults.isStruck() && !end.await(PATIENCE_MILLIS)) {
      throw new CancellationException(); // What comes before the end of the connection takes long.
    }
    end.check();
    try {
      return call.run();
    } catch (IOException e) {
      // The thread that reads may have known a better reason.
      if (!end.await(PATIENCE_MILLIS) && !ending) {
        fail(new ConnectionFailure(ConnectionFailure.Kind.LOST, null));
      }
      end.check();
      throw new CancellationException(); // DISCONNECT or a fault is about to end it.
    } catch (CancellationException e) {
      end.check();
      throw e;
    }
  }

  /**
   * Ends the connection with DISCONNECT, or by the planned fault if its moment is that. Messages
   * that were delivered have been acknowledged by then. Takes three seconds at most. Not for the
   * listener's thread.
   *
   * @param reasonCode 0 or 4, unless the user wants another one; MQTT 3 sends none
   */
  public void end(int reasonCode, Properties properties) throws InterruptedException {
    if (end.hasCome()) {
      return;
    }
    engine.awaitAcknowledged(PATIENCE_MILLIS);
    if (spec.faults() == null && !end.begin(ConnectionOutcome.ASKED)) {
      return;
    }
    ending = true;
    engine.disconnect(spec.disconnectReason(reasonCode), properties); // [MQTT-3.14.4-1]
    if (!faults.close()) {
      end.over().join(); // The fault's thread sees to it.
    } else if (!faults.isLeftOpen()
        && (spec.faults() == null || end.begin(ConnectionOutcome.ASKED))) {
      finish(null);
    }
    faults.settle();
  }

  /** Does that to the connection now; a frozen one stays open until the peer closes it. */
  public void inject(Effect effect) {
    faults.inject(effect);
  }

  /** Standard input has ended, which may be the moment of a fault. */
  public void inputEnded() {
    faults.inputEnded();
  }

  /**
   * Completes when the planned fault that ended the connection was carried out and is over;
   * freezing is over when the peer has closed the connection.
   */
  public CompletableFuture<Fault> struck() {
    return faults.struck();
  }

  /** Completes when a client may come back after {@link #struck}: after a freeze at once. */
  public CompletableFuture<@Nullable Void> gone() {
    return faults.gone();
  }

  /** Closes the channel without DISCONNECT, if it is still open. Never fails. */
  @Override
  public void close() {
    if (!faults.close()) {
      faults.settle(); // The fault whose moment has come is first.
    }
    if (end.begin(ConnectionOutcome.ASKED)) {
      finish(null);
    } else {
      end.closeChannel();
    }
    faults.settle();
  }

  private void fail(ConnectionFailure failure) {
    if (!faults.close()) {
      return; // The fault's thread sees to it.
    }
    if (ending || faults.explainsLoss()) {
      if (end.begin(ending ? ConnectionOutcome.ASKED : ConnectionOutcome.STRUCK)) {
        finish(null);
        faults.lost();
      }
    } else if (end.begin(ConnectionOutcome.failed(failure))) {
      finish(failure);
      if (accepted) {
        listener.lost(failure);
      }
    }
  }

  private void finish(@Nullable ConnectionFailure failure) {
    end.closeChannel();
    if (failure == null) {
      opened.cancel(false);
    } else {
      opened.completeExceptionally(failure);
    }
    engine.abandon(failure);
    engine.stop();
  }

  /** Returns whether something of the broker has come in part, or is not handled yet. */
  public boolean isBusy() {
    return engine.isBusy();
  }

  /** Completes when the connection has ended, in whatever way. */
  public CompletableFuture<ConnectionOutcome> over() {
    return end.over();
  }

  /**
   * Completes when, after the end, the listener is not called any more: another connection may then
   * use what the listener used.
   */
  public CompletableFuture<@Nullable Void> quiet() {
    return quiet;
  }

  /** Hears the engine, on its threads. */
  private final class EngineEvents implements Engine.Events {

    @Override
    public void reached() {
      reached.complete(null);
    }

    @Override
    public void connected(Connack success) {
      accepted = true;
      events.connected(success, spec.clientIdAfter(success));
      faults.connected();
      opened.complete(success);
      listener.onConnected();
    }

    @Override
    public void failed(ConnectionFailure failure) {
      fail(failure);
    }

    @Override
    public void quiet() {
      quiet.complete(null);
    }
  }
}
