package dev.midge.lwt.peer;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.ConnectionOutcome;
import dev.midge.client.Delivery;
import dev.midge.client.EngineKind;
import dev.midge.client.job.Engines;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.TracedPacket.Direction;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Suback;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of the drill for which an engine speaks MQTT, as for {@code midge pub} and {@code sub}.
 */
public final class EngineClient implements DrillClient {
  /** The time that a {@link Connection} gives the broker to close it too. */
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Target target;
  private final ConnectSpec spec;
  private final Traffic traffic;
  private final Connection connection;

  private EngineClient(Target target, ConnectSpec spec, Traffic traffic, Connection connection) {
    this.target = target;
    this.spec = spec;
    this.traffic = traffic;
    this.connection = connection;
  }

  /**
   * Starts to connect.
   *
   * @param engine the one that speaks
   * @param name for the trace
   * @param sink receives the messages
   */
  public static EngineClient start(
      Target target,
      ConnectSpec spec,
      EngineKind engine,
      PacketTrace trace,
      String name,
      DrillReader.Sink sink) {
    trace.event(name, "speaks through the engine " + engine.word());
    Traffic traffic = new Traffic(trace, name);
    Connection connection =
        Engines.start(
            spec, engine, traffic, message -> sink.received(message.message(), System.nanoTime()));
    connection.over().thenAccept(outcome -> sink.ended(traffic.ended(outcome)));
    return new EngineClient(target, spec, traffic, connection);
  }

  /** Traces the connection. */
  private static final class Traffic implements ClientEvents {
    private final PacketTrace trace;
    private final String name;
    private volatile long lastSent;

    Traffic(PacketTrace trace, String name) {
      this.trace = trace;
      this.name = name;
    }

    @Override
    public boolean wantsPackets() {
      return true;
    }

    @Override
    public void sending(Packet packet) {
      lastSent = System.nanoTime();
      trace.add(name, Direction.SENT, PacketText.of(packet));
    }

    @Override
    public void received(Packet packet) {
      trace.add(name, Direction.RECEIVED, PacketText.of(packet));
    }

    /** Traces an end that nobody on this side wanted, and returns the reason for any end. */
    ConnectionFailure ended(ConnectionOutcome outcome) {
      ConnectionFailure failure = outcome.failure();
      if (failure == null) {
        return ConnectionFailures.lost(null);
      }
      trace.event(name, "the connection has ended: " + FailureText.of(failure));
      return failure;
    }
  }

  /**
   * Waits for CONNACK.
   *
   * @throws ConnectionFailure when the broker cannot be reached, refuses, closes the connection or
   *     stays silent
   */
  public EngineClient awaitConnack() throws ConnectionFailure, InterruptedException {
    if (await(connection.opened()) == null) {
      throw target.notConnected();
    }
    return this;
  }

  /** Returns whether the transport was open, so that CONNECT could be sent. */
  public boolean hasReached() {
    return connection.reached().isDone();
  }

  /** Waits for an answer of the broker; returns null when it does not come in time. */
  private <T> @Nullable T await(CompletableFuture<T> answer)
      throws ConnectionFailure, InterruptedException {
    long limit = target.connectTimeout().toMillis();
    try {
      return ConnectionFailures.result(
          answer.copy().completeOnTimeout(null, limit, TimeUnit.MILLISECONDS));
    } catch (CancellationException e) {
      throw ConnectionFailures.lost(null); // Another thread has ended the drill.
    }
  }

  @Override
  public Connack connack() {
    return connection.opened().join();
  }

  @Override
  public long lastSent() {
    return traffic.lastSent;
  }

  @Override
  public long keepAlive() {
    return spec.keepAliveAfter(connack());
  }

  @Override
  public Acknowledgement publish(Message message) throws ConnectionFailure, InterruptedException {
    CompletableFuture<Delivery> answer = connection.publish(message);
    return () -> {
      Delivery delivery = await(answer);
      if (delivery == null) {
        throw target.unanswered("PUBACK");
      }
      return delivery.reasonCode();
    };
  }

  @Override
  public int subscribe(Subscription subscription) throws InterruptedException {
    try {
      Suback suback = await(connection.subscribe(List.of(subscription), Properties.NONE));
      return suback == null ? -1 : suback.reasonCodes().get(0);
    } catch (ConnectionFailure e) {
      return -1; // The caller finds the end of the connection.
    }
  }

  @Override
  public long end(Effect effect) {
    traffic.trace.end(traffic.name, effect);
    long now = System.nanoTime();
    connection.inject(effect);
    return now;
  }

  @Override
  public long disconnect(Disconnect packet) throws ConnectionFailure, InterruptedException {
    long now = System.nanoTime();
    connection.end(packet.reasonCode(), packet.properties());
    ConnectionFailure failure = connection.over().join().failure();
    if (failure != null) {
      throw failure;
    }
    return now;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ConnectionFailure when the broker takes longer than a {@link Connection} waits for it
   */
  @Override
  public void endCleanly(Duration limit) throws ConnectionFailure, InterruptedException {
    long begun = disconnect(Disconnect.NORMAL);
    if (System.nanoTime() - begun >= CLOSE_NANOS) {
      throw new ConnectionFailure(
          ConnectionFailure.Kind.UNANSWERED,
          "The broker has not closed it within 1 s after DISCONNECT");
    }
  }

  @Override
  public void leave() {
    try {
      connection.end(Disconnect.NORMAL.reasonCode(), Properties.NONE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  @Override
  public boolean isEnded() {
    return connection.over().isDone();
  }

  @Override
  public void close() {
    connection.close();
  }
}
