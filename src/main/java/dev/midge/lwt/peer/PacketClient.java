package dev.midge.lwt.peer;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.fault.Effect;
import dev.midge.fault.channel.FaultyChannel;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client of the drill that sends exactly what a row wants, packets or bytes, and receives all
 * that comes. The client of {@code midge pub} cannot do that: as any library, it refuses to send
 * half a packet, a second CONNECT or a will topic with a wildcard.
 */
public final class PacketClient implements DrillClient, Watchdog.KeptAlive {
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

  private PacketClient(Target target, PacketTrace trace, String name, DrillReader.Sink sink) {
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
  public static PacketClient open(
      Target target, Watchdog watchdog, PacketTrace trace, String name, DrillReader.Sink sink)
      throws ConnectionFailure {
    PacketClient client = new PacketClient(target, trace, name, sink);
    sink.connecting(client.channel);
    Future<?> timeout = watchdog.after(target.connectTimeout(), client::timeOut);
    try {
      client.channel.connect();
      client.reader.start(client.channel.in(), client::answer);
      return client;
    } catch (IOException e) {
      client.abort();
      throw client.timedOut ? target.notConnected() : ConnectionFailures.unreachable(e);
    } finally {
      timeout.cancel(false);
    }
  }

  private void timeOut() {
    timedOut = true;
    abort();
  }

  /**
   * Sends CONNECT and waits for CONNACK.
   *
   * @throws ConnectionFailure when the broker refuses, closes the connection or stays silent
   */
  public PacketClient connect(ConnectSpec spec) throws ConnectionFailure, InterruptedException {
    send(spec.packet());
    Packet answer = reader.await(Connack.class::isInstance, target.connectTimeout());
    if (answer == null) {
      throw reader.isEnded() ? reader.failure() : target.notConnected();
    }
    Connack accepted = (Connack) answer;
    if (accepted.reasonCode() != ReasonCode.SUCCESS) {
      throw ConnectionFailures.refused(target.version(), accepted);
    }
    connack = accepted;
    keepAlive = spec.keepAliveAfter(accepted);
    return this;
  }

  @Override
  public Connack connack() {
    return Objects.requireNonNull(connack, "not connected");
  }

  @Override
  public long lastSent() {
    return writer.lastSent();
  }

  @Override
  public long keepAlive() {
    return keepAlive;
  }

  @Override
  public Acknowledgement publish(Message message) throws ConnectionFailure {
    if (message.qos() == Qos.AT_MOST_ONCE) {
      send(new Publish(message, false, 0));
      return () -> 0;
    }
    int packetId = nextPacketId();
    send(new Publish(message, false, packetId));
    return () ->
        ((Ack) answer(PacketType.PUBACK, packet -> ((Ack) packet).packetId() == packetId))
            .reasonCode();
  }

  @Override
  public int subscribe(Subscription subscription) throws InterruptedException {
    int packetId = nextPacketId();
    try {
      send(new Subscribe(packetId, List.of(subscription), Properties.NONE));
      Packet suback = answer(PacketType.SUBACK, packet -> ((Suback) packet).packetId() == packetId);
      return ((Suback) suback).reasonCodes().get(0);
    } catch (ConnectionFailure e) {
      return -1; // The caller finds the end of the connection.
    }
  }

  /**
   * Sends PINGREQ and waits for PINGRESP.
   *
   * @throws ConnectionFailure when none comes in time
   */
  public void ping() throws ConnectionFailure, InterruptedException {
    send(Ping.REQUEST);
    answer(PacketType.PINGRESP, packet -> true);
  }

  /** Waits for the answer to a request. */
  private Packet answer(PacketType type, Predicate<Packet> wanted)
      throws ConnectionFailure, InterruptedException {
    Packet answer =
        reader.await(
            packet -> packet.type() == type && wanted.test(packet), target.connectTimeout());
    if (answer == null) {
      throw reader.isEnded() ? reader.failure() : target.unanswered(type.toString());
    }
    return answer;
  }

  private synchronized int nextPacketId() {
    lastPacketId = lastPacketId % 0xFFFF + 1;
    return lastPacketId;
  }

  /** Sends packets in one write. */
  public void send(Packet first, Packet... others) throws ConnectionFailure {
    write(() -> writer.write(first, others));
  }

  /**
   * Sends bytes as they are.
   *
   * @param description for the trace
   */
  public void sendBytes(byte[] bytes, String description) throws ConnectionFailure {
    write(() -> writer.write(bytes, description));
  }

  private interface Action {
    void run() throws IOException;
  }

  private void write(Action action) throws ConnectionFailure {
    try {
      action.run();
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

  @Override
  public void pingIfDue() {
    long half = keepAlive * 500_000_000L;
    if (!silent && half > 0 && !reader.isEnded() && System.nanoTime() - lastSent() > half) {
      answer(Ping.REQUEST);
    }
  }

  @Override
  public long end(Effect effect) {
    silent = true;
    if (effect != Effect.FREEZE) {
      reader.endHere();
    }
    trace.end(name, effect);
    return run(() -> channel.inject(effect));
  }

  /** Closes TCP below TLS or WebSocket by FIN, without the closing message of these layers. */
  public long cutNetwork() {
    silent = true;
    reader.endHere();
    trace.event(name, "closes TCP (FIN) without close_notify");
    return run(channel::closeNetwork);
  }

  /** Runs an action, which may fail where the broker was faster. Returns the time before it. */
  private static long run(Action action) {
    long now = System.nanoTime();
    try {
      action.run();
    } catch (IOException e) {
      // The broker has closed the connection before: that was the end.
    }
    return now;
  }

  @Override
  public long disconnect(Disconnect packet) throws ConnectionFailure {
    long now = System.nanoTime();
    send(packet);
    silent = true;
    return now;
  }

  @Override
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

  @Override
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

  private void abort() {
    run(channel::abort);
  }

  @Override
  public void close() {
    silent = true;
    reader.endHere();
    run(channel::close);
  }
}
