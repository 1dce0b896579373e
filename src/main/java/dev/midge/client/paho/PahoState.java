package dev.midge.client.paho;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.Engine;
import dev.midge.client.io.KeepAlive;
import dev.midge.client.io.MessageReceiver;
import dev.midge.client.io.PacketReader;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.state.BrokerLimits;
import dev.midge.client.state.InflightWindow;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds what the engine and the stream of packets know of the connection. For several threads. */
final class PahoState {

  private static final long PATIENCE_MILLIS = 1000;

  private final ConnectSpec spec;
  private final ClientChannel channel;
  private final PacketWriter writer;
  private final PacketReader reader;
  private final MessageReceiver receiver;
  private final InflightWindow inflight;
  private final Engine.Events events;
  private final Map<Integer, Packet> replies = new ConcurrentHashMap<>();
  private volatile @Nullable Connack connack;
  private volatile @Nullable BrokerLimits limits;
  private volatile @Nullable KeepAlive keepAlive;
  private volatile int number;
  private volatile boolean over;

  PahoState(
      ConnectSpec spec,
      ClientChannel channel,
      PacketWriter writer,
      PacketReader reader,
      MessageReceiver receiver,
      InflightWindow inflight,
      Engine.Events events) {
    this.spec = spec;
    this.channel = channel;
    this.writer = writer;
    this.reader = reader;
    this.receiver = receiver;
    this.inflight = inflight;
    this.events = events;
  }

  InflightWindow inflight() {
    return inflight;
  }

  /** Returns the number of the connection in the session; 0 before CONNACK. */
  int number() {
    return number;
  }

  boolean isConnected() {
    return connack != null;
  }

  /** Returns CONNACK as the broker sent it. */
  Connack connack() {
    return Objects.requireNonNull(connack, "not connected");
  }

  /** Paho has read CONNACK, and takes messages and requests from now on, but not before. */
  void ready() {
    limits = BrokerLimits.of(connack());
  }

  boolean isReady() {
    return limits != null;
  }

  /**
   * Returns what the broker takes.
   *
   * @throws ConnectionFailure before Paho has read CONNACK
   */
  BrokerLimits limits() throws ConnectionFailure {
    BrokerLimits ofBroker = limits;
    if (ofBroker == null) {
      throw new ConnectionFailure(Kind.LOST, "not connected yet");
    }
    return ofBroker;
  }

  /** CONNACK has come and is a success; Paho has not read it yet. */
  void connected(Connack success) {
    receiver.connected(success.sessionPresent());
    int window = BrokerLimits.of(success).inflight(spec.maxInflight());
    number = inflight.attach(window, success.sessionPresent(), false);
    long seconds = spec.keepAliveAfter(success);
    if (seconds > 0) {
      keepAlive = new KeepAlive(seconds, writer, reader, channel);
    }
    connack = success;
  }

  /** Begins to watch over the connection. */
  void startKeepAlive() {
    KeepAlive ofConnection = keepAlive;
    if (ofConnection != null) {
      ofConnection.start();
    }
  }

  boolean isBusy() {
    return reader.isBusy();
  }

  void stopKeepAlive() {
    KeepAlive ofConnection = keepAlive;
    if (ofConnection != null) {
      ofConnection.stop();
    }
  }

  void pingAnswered() {
    KeepAlive ofConnection = keepAlive;
    if (ofConnection != null) {
      ofConnection.answered();
    }
  }

  /** Sends an acknowledgement that Paho does not know of. */
  void send(Ack ack) throws IOException {
    if (reader.hasMore()) {
      writer.sendSoon(ack);
    } else {
      writer.send(ack, false);
    }
  }

  /** Keeps the answer to a request, until Paho tells of it. */
  void keep(int packetId, Packet reply) {
    replies.put(packetId, reply);
  }

  /** Returns the answer to a request, of which Paho tells. */
  Packet reply(int packetId) {
    return Objects.requireNonNull(replies.remove(packetId), "no answer");
  }

  /** Ends the handling of packets. */
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /**
   * Paho has given the connection up; the thread that reads has a moment to tell why.
   *
   * @param cause as Paho tells it, if it does
   */
  void failUnlessExplained(PahoThreads threads, @Nullable Throwable cause) {
    if (isOutOfMemory(cause)) {
      fail(ConnectionFailures.memory());
    } else {
      threads.later(() -> fail(ConnectionFailures.lost(null)), PATIENCE_MILLIS);
    }
  }

  /** One of Paho's threads has died. */
  void died(Throwable cause) {
    fail(isOutOfMemory(cause) ? ConnectionFailures.memory() : ConnectionFailures.lost(null));
  }

  private static boolean isOutOfMemory(@Nullable Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }

  /** The connection fails; a broker that broke the rules is told. */
  void fail(ConnectionFailure failure) {
    KeepAlive ofConnection = keepAlive;
    if (ofConnection != null && ofConnection.hasCut()) {
      events.failed(KeepAlive.failure());
      return;
    }
    if (failure.isFaultOfBroker() && spec.version().isV5() && isConnected() && !over) {
      try {
        writer.send(new Disconnect(failure.code(), Properties.NONE), false); // [MQTT-4.13.1-1]
      } catch (IOException e) {
        // The broker is gone.
      }
    }
    events.failed(failure);
  }
}
