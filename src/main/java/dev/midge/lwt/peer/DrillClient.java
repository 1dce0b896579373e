package dev.midge.lwt.peer;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.fault.Effect;
import dev.midge.fault.FaultyChannel;
import dev.midge.lwt.peer.TracedPacket.Direction;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * One connection of the drill, which sends exactly what a row wants, packets or bytes, and takes
 * what comes. It is not the client of {@code midge pub}: that one, as any library, refuses to send
 * half a packet, a second CONNECT or a will topic with a wildcard. For several threads.
 */
public final class DrillClient implements AutoCloseable {
  private final Target target;
  private final PacketTrace trace;
  private final String name;
  private final FaultyChannel wire;
  private final DrillReader reader;
  private volatile long lastSent;
  private volatile long keepAlive; // seconds; 0 for none
  private volatile boolean silent;
  private Connack connack;
  private int lastPacketId;

  private DrillClient(Target target, PacketTrace trace, String name, DrillReader.Sink sink) {
    this.target = target;
    this.trace = trace;
    this.name = name;
    this.wire = new FaultyChannel(target.endpoint());
    this.reader = new DrillReader(target.version(), trace, name, sink);
  }

  /**
   * Opens the transport, without CONNECT.
   *
   * @param name for trace and story
   * @param sink takes the messages that come
   * @throws ConnectionFailure when the broker cannot be reached within the target's time
   */
  public static DrillClient open(
      Target target, Watchdog watchdog, PacketTrace trace, String name, DrillReader.Sink sink)
      throws ConnectionFailure {
    DrillClient client = new DrillClient(target, trace, name, sink);
    Watchdog.Ticket limit = watchdog.after(target.connectTimeout(), client::abort);
    try {
      client.wire.connect();
      client.reader.start(client.wire.in(), client::answer);
      return client;
    } catch (IOException e) {
      client.abort();
      throw limit.isSpent() ? client.late() : ConnectionFailures.unreachable(e);
    } finally {
      limit.cancel();
    }
  }

  private ConnectionFailure late() {
    return new ConnectionFailure(
        ConnectionFailure.Kind.SILENT,
        "Not connected within " + target.connectTimeout().toSeconds() + " s (--connect-timeout)");
  }

  /**
   * Sends CONNECT, and other packets in the same write, and waits for CONNACK.
   *
   * @throws ConnectionFailure when the broker refuses, hangs up or stays silent
   */
  public DrillClient connect(Connect connect, Packet... behind)
      throws ConnectionFailure, InterruptedException {
    try {
      write(connect, behind);
    } catch (IOException e) {
      throw ConnectionFailures.lost(e);
    }
    Packet answer = reader.await(Connack.class::isInstance, target.connectTimeout());
    if (answer == null) {
      throw reader.isEnded() ? reader.failure() : late();
    }
    connack = (Connack) answer;
    if (connack.reasonCode() != ReasonCode.SUCCESS) {
      throw ConnectionFailure.refused(
          target.version(),
          connack.reasonCode(),
          connack.properties().text(Property.REASON_STRING));
    }
    keepAlive =
        connack
            .properties()
            .number(Property.SERVER_KEEP_ALIVE, connect.keepAlive()); // [MQTT-3.1.2-21]
    return this;
  }

  /** Returns CONNACK, of a client that is connected. */
  public Connack connack() {
    return connack;
  }

  /** Returns the time of the last packet, by {@link System#nanoTime}. */
  public long lastSent() {
    return lastSent;
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
  public void send(Packet first, Packet... behind) throws ConnectionFailure {
    try {
      write(first, behind);
    } catch (IOException e) {
      throw reader.isEnded() ? reader.failure() : ConnectionFailures.lost(e);
    }
  }

  private void write(Packet first, Packet... behind) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    add(first, bytes);
    for (Packet packet : behind) {
      add(packet, bytes);
    }
    writeBytes(bytes.toByteArray());
  }

  private void add(Packet packet, ByteArrayOutputStream to) {
    ByteBuffer bytes = PacketEncoder.encode(packet, target.version());
    to.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    trace.add(name, Direction.SENT, PacketText.of(packet));
  }

  /**
   * Sends bytes as they are.
   *
   * @param what they are, for the trace
   */
  public void sendBytes(byte[] bytes, String what) throws ConnectionFailure {
    trace.add(name, Direction.SENT, what);
    try {
      writeBytes(bytes);
    } catch (IOException e) {
      throw reader.isEnded() ? reader.failure() : ConnectionFailures.lost(e);
    }
  }

  private synchronized void writeBytes(byte[] bytes) throws IOException {
    wire.out().write(bytes);
    wire.out().flush();
    lastSent = System.nanoTime();
  }

  /** Answers what MQTT wants answered; a failed write shows as the end of the connection. */
  private void answer(Packet packet) {
    try {
      if (!silent) {
        write(packet);
      }
    } catch (IOException e) {
      // The reader finds out.
    }
  }

  /** Waits for a packet that is no message and was not taken before; null when none comes. */
  public Packet await(Predicate<Packet> wanted, Duration limit) throws InterruptedException {
    return reader.await(wanted, limit);
  }

  /** Waits for an acknowledgement or another answer with this packet identifier. */
  public Packet await(PacketType type, Predicate<Packet> wanted, Duration limit)
      throws InterruptedException {
    return reader.await(packet -> packet.type() == type && wanted.test(packet), limit);
  }

  /** Sends PINGREQ when half of the keep alive has passed without another packet. */
  public void pingIfDue() {
    long half = keepAlive * 500_000_000L;
    if (!silent && half > 0 && !reader.isEnded() && System.nanoTime() - lastSent > half) {
      answer(Ping.REQUEST);
    }
  }

  /** Does that to the connection and stops to answer. Returns the time of the end. */
  public long end(Effect effect) {
    silent = true;
    if (effect != Effect.FREEZE) {
      reader.endHere();
    }
    trace.event(name, words(effect));
    long now = System.nanoTime();
    try {
      wire.inflict(effect);
    } catch (IOException e) {
      // The broker hung up before: then that was the end.
    }
    return now;
  }

  private static String words(Effect effect) {
    return switch (effect) {
      case CLOSE -> "closes the connection (TCP FIN) without DISCONNECT";
      case RESET -> "resets the connection (TCP RST)";
      case FREEZE -> "falls silent with an open socket";
      default -> effect.toString();
    };
  }

  /** Ends the network below TLS and WebSocket by FIN, without a word in these layers. */
  public long cutNetwork() {
    silent = true;
    reader.endHere();
    trace.event(name, "closes TCP (FIN) without close_notify");
    long now = System.nanoTime();
    try {
      wire.closeNetwork();
    } catch (IOException e) {
      // As above.
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
   * Says DISCONNECT 0x00 and waits until the broker has closed the connection: only then may
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

  /** Takes the will off the broker, if the client is still alive, and closes. Never fails. */
  public void leave() {
    try {
      if (!silent && !reader.isEnded()) {
        write(Disconnect.NORMAL);
      }
    } catch (IOException e) {
      // The broker was faster.
    } finally {
      close();
    }
  }

  public boolean isEnded() {
    return reader.isEnded();
  }

  /** Returns why the connection ended; of use once {@link #isEnded}. */
  public ConnectionFailure failure() {
    return reader.failure();
  }

  private void abort() {
    try {
      wire.abort();
    } catch (IOException e) {
      // There was nothing to abort.
    }
  }

  /** Closes the transport without DISCONNECT, if it is still open. */
  @Override
  public void close() {
    silent = true;
    reader.endHere();
    try {
      wire.close();
    } catch (IOException e) {
      // It is closed.
    }
  }
}
