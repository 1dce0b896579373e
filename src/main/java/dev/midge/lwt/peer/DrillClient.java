package dev.midge.lwt.peer;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.fault.Effect;
import dev.midge.fault.channel.FaultyChannel;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the drill, which sends exactly what a row wants, packets or bytes, and receives
 * all that comes. The client of {@code midge pub} cannot do that: as any library, it refuses to
 * send half a packet, a second CONNECT or a will topic with a wildcard. For several threads.
 */
public final class DrillClient implements AutoCloseable, Watchdog.KeptAlive {
  /** The keep alive of clients that are not to fall silent, in seconds. */
  public static final int KEEP_ALIVE = 60;

  private final Target target;
  private final PacketTrace trace;
  private final String name;
  private final FaultyChannel channel;
  private final DrillReader reader;
  private final DrillWriter writer;
  private volatile long keepAlive; // seconds; 0 for none
  private volatile boolean silent;
  private volatile boolean timedOut;
  private @Nullable Connack connack;
  private int lastPacketId;

  private DrillClient(Target target, PacketTrace trace, String name, DrillReader.Sink sink) {
    this.target = target;
    this.trace = trace;
    this.name = name;
    this.channel = new FaultyChannel(target.endpoint());
    this.reader = new DrillReader(target.version(), trace, name, sink);
    this.writer = new DrillWriter(channel, target.version(), trace, name);
  }

  /**
   * Opens the transport, without CONNECT.
   *
   * @param name for the trace
   * @param sink receives the messages
   * @throws ConnectionFailure when the broker cannot be reached within the target's time
   */
  public static DrillClient open(
      Target target, Watchdog watchdog, PacketTrace trace, String name, DrillReader.Sink sink)
      throws ConnectionFailure {
    DrillClient client = new DrillClient(target, trace, name, sink);
    sink.connecting(client.channel);
    Future<?> timeout = watchdog.after(target.connectTimeout(), client::timeOut);
    try {
      client.channel.connect();
      client.reader.start(client.channel.in(), client::answer);
      return client;
    } catch (IOException e) {
      client.abort();
      throw client.timedOut ? client.late() : ConnectionFailures.unreachable(e);
    } finally {
      timeout.cancel(false);
    }
  }

  private void timeOut() {
    timedOut = true;
    abort();
  }

  private ConnectionFailure late() {
    return new ConnectionFailure(
        ConnectionFailure.Kind.SILENT,
        "Not connected within " + target.connectTimeout().toSeconds() + " s (--connect-timeout)");
  }

  /**
   * Sends CONNECT and waits for CONNACK.
   *
   * @throws ConnectionFailure when the broker refuses, closes the connection or stays silent
   */
  public DrillClient connect(Connect connect) throws ConnectionFailure, InterruptedException {
    try {
      writer.write(connect);
    } catch (IOException e) {
      throw ConnectionFailures.lost(e);
    }
    Packet answer = reader.await(Connack.class::isInstance, target.connectTimeout());
    if (answer == null) {
      throw reader.isEnded() ? reader.failure() : late();
    }
    Connack accepted = (Connack) answer;
    if (accepted.reasonCode() != ReasonCode.SUCCESS) {
      throw ConnectionFailure.refused(
              target.version(),
              accepted.reasonCode(),
              accepted.properties().text(Property.REASON_STRING))
          .referringTo(accepted.properties().text(Property.SERVER_REFERENCE));
    }
    connack = accepted;
    keepAlive =
        accepted
            .properties()
            .number(Property.SERVER_KEEP_ALIVE, connect.keepAlive()); // [MQTT-3.1.2-21]
    return this;
  }

  /** Returns the CONNACK packet of a client that is connected. */
  public Connack connack() {
    return Objects.requireNonNull(connack, "not connected");
  }

  /** Returns the time of the last packet, by {@link System#nanoTime}. */
  public long lastSent() {
    return writer.lastSent();
  }

  /** Returns the keep alive in force, in seconds; 0 for none. */
  public long keepAlive() {
    return keepAlive;
  }

  /** Returns the next packet identifier, from 1. */
  public synchronized int nextPacketId() {
    lastPacketId = lastPacketId % 0xFFFF + 1;
    return lastPacketId;
  }

  /** Sends packets in one write. */
  public void send(Packet first, Packet... others) throws ConnectionFailure {
    try {
      writer.write(first, others);
    } catch (IOException e) {
      throw reader.isEnded() ? reader.failure() : ConnectionFailures.lost(e);
    }
  }

  /**
   * Sends bytes as they are.
   *
   * @param description for the trace
   */
  public void sendBytes(byte[] bytes, String description) throws ConnectionFailure {
    try {
      writer.write(bytes, description);
    } catch (IOException e) {
      throw reader.isEnded() ? reader.failure() : ConnectionFailures.lost(e);
    }
  }

  /** Sends an acknowledgement or PINGREQ, unless the client is silent. */
  private void answer(Packet packet) {
    try {
      if (!silent) {
        writer.write(packet);
      }
    } catch (IOException e) {
      // The reader finds the end of the connection.
    }
  }

  /** Waits for a packet of that type which is no PUBLISH; null when none comes. */
  public @Nullable Packet await(PacketType type, Predicate<Packet> wanted, Duration limit)
      throws InterruptedException {
    return reader.await(packet -> packet.type() == type && wanted.test(packet), limit);
  }

  @Override
  public void pingIfDue() {
    long half = keepAlive * 500_000_000L;
    if (!silent && half > 0 && !reader.isEnded() && System.nanoTime() - lastSent() > half) {
      answer(Ping.REQUEST);
    }
  }

  /**
   * Ends the connection with that effect, or freezes it, and sends nothing any more.
   *
   * @return the time of the end, by {@link System#nanoTime}
   */
  public long end(Effect effect) {
    silent = true;
    if (effect != Effect.FREEZE) {
      reader.endHere();
    }
    trace.end(name, effect);
    long now = System.nanoTime();
    try {
      channel.inject(effect);
    } catch (IOException e) {
      // The broker has closed the connection before: that was the end.
    }
    return now;
  }

  /** Closes TCP below TLS or WebSocket by FIN, without the closing message of these layers. */
  public long cutNetwork() {
    silent = true;
    reader.endHere();
    trace.event(name, "closes TCP (FIN) without close_notify");
    long now = System.nanoTime();
    try {
      channel.closeNetwork();
    } catch (IOException e) {
      // The broker has closed the connection before: that was the end.
    }
    return now;
  }

  /** Sends DISCONNECT. Returns the time at which it was sent. */
  public long disconnect(Disconnect packet) throws ConnectionFailure {
    long now = System.nanoTime();
    send(packet);
    silent = true;
    return now;
  }

  /**
   * Sends DISCONNECT 0x00 and waits until the broker has closed the connection: only then may
   * another one with the same client id come, for two connections have no order.
   */
  public void endCleanly(Duration limit) throws ConnectionFailure, InterruptedException {
    disconnect(Disconnect.NORMAL);
    if (!awaitEnd(limit)) {
      trace.event(name, "the broker has not closed the connection after DISCONNECT");
    }
    close();
  }

  /** Waits until the broker has closed the connection; false when it does not in time. */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return reader.awaitEnd(limit);
  }

  /** Sends DISCONNECT, so that no will follows, if the connection is open, and closes it. */
  public void leave() {
    if (!reader.isEnded()) {
      answer(Disconnect.NORMAL);
    }
    close();
  }

  @Override
  public boolean isEnded() {
    return reader.isEnded();
  }

  /** Returns the reason for which the connection has ended; of use once {@link #isEnded}. */
  public ConnectionFailure failure() {
    return reader.failure();
  }

  private void abort() {
    try {
      channel.abort();
    } catch (IOException e) {
      // The channel is closed.
    }
  }

  /** Closes the transport without DISCONNECT, if it is still open. */
  @Override
  public void close() {
    silent = true;
    reader.endHere();
    try {
      channel.close();
    } catch (IOException e) {
      // The channel is closed.
    }
  }
}
