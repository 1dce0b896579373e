package dev.midge.client.direct;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.Delivery;
import dev.midge.client.io.ConnackCheck;
import dev.midge.client.io.KeepAlive;
import dev.midge.client.io.PacketReader;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.state.BrokerLimits;
import dev.midge.client.state.InboundAliases;
import dev.midge.client.state.InflightMessage;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.net.ClientChannel;
import dev.midge.net.connect.Channels;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one message, on a connection of its own: the quick path of {@code pub}, without the threads
 * and the state that an {@link dev.midge.client.Engine} has. Reads and writes on the calling
 * thread; the keep alive runs only while an acknowledgement is waited for. The packets are those
 * that {@link DirectEngine} would send.
 */
public final class SingleMessage {
  private static final int BUFFER_BYTES = 4 * 1024;
  private static final int PACKET_ID = 1;

  /** So many bytes go into the system's buffers, whether the broker reads or not. */
  private static final int SMALL_BYTES = 8 * 1024;

  private final ConnectSpec spec;
  private final ClientEvents events;
  private final ClientChannel channel;
  private final PacketWriter writer;
  private final PacketReader reader;
  private boolean connected;
  private boolean acknowledged;
  private @Nullable InflightMessage inflight;
  private @Nullable KeepAlive keepAlive;
  private @Nullable InboundAliases aliases;

  /**
   * @param spec has no fault
   */
  public SingleMessage(ConnectSpec spec, ClientEvents events) {
    this.spec = spec;
    this.events = events;
    this.channel = Channels.to(spec.endpoint());
    this.writer = new PacketWriter(spec, events);
    this.reader = new PacketReader(spec.version(), events, BUFFER_BYTES);
  }

  /**
   * Connects, publishes, waits until the message is delivered, sends DISCONNECT. Call it once.
   *
   * @param ofDisconnect the properties of DISCONNECT
   * @throws ConnectionFailure when the broker cannot be reached, refuses, does not take the
   *     message, or the connection ends before the message is delivered
   */
  public Delivery send(Message message, Properties ofDisconnect) throws ConnectionFailure {
    try {
      connect();
      Connack connack = awaitConnack();
      connected = true;
      events.connected(connack, spec.clientIdAfter(connack));
      Delivery delivery;
      try {
        delivery = publish(BrokerLimits.of(connack).admit(message, spec.version()), connack);
      } catch (ConnectionFailure failure) {
        if (failure.isUnsendable()) {
          write(disconnect(ofDisconnect));
        }
        throw failure;
      }
      write(disconnect(ofDisconnect)); // [MQTT-3.14.4-1]
      return delivery;
    } catch (ConnectionFailure failure) {
      answer(failure);
      throw failure;
    } finally {
      if (keepAlive != null) {
        keepAlive.stop();
      }
      close();
    }
  }

  private Disconnect disconnect(Properties properties) {
    return new Disconnect(spec.disconnectReason(ReasonCode.NORMAL_DISCONNECTION), properties);
  }

  private void connect() throws ConnectionFailure {
    try {
      events.connecting(channel);
      channel.connect();
      reader.attach(channel.in());
      writer.attach(channel.out());
    } catch (IOException e) {
      throw ConnectionFailures.unreachable(e);
    }
    write(spec.packet());
  }

  private Connack awaitConnack() throws ConnectionFailure {
    while (true) {
      if (take() instanceof Connack connack) {
        return connack;
      }
    }
  }

  private Delivery publish(Message message, Connack connack) throws ConnectionFailure {
    InflightMessage sent = new InflightMessage(PACKET_ID, message);
    inflight = sent;
    boolean large = message.payload().length > SMALL_BYTES;
    if (large) {
      startKeepAlive(connack);
    }
    write(new Publish(message, false, PACKET_ID));
    if (message.qos() == Qos.AT_MOST_ONCE) {
      return new Delivery(PACKET_ID, ReasonCode.SUCCESS, null);
    }
    if (!large) {
      startKeepAlive(connack);
    }
    while (!acknowledged) {
      take();
    }
    return sent.delivery();
  }

  private void startKeepAlive(Connack connack) {
    long seconds = spec.keepAliveAfter(connack);
    if (seconds > 0) {
      keepAlive = new KeepAlive(seconds, writer, reader, channel);
      keepAlive.start();
    }
  }

  /** Reads a packet and handles it. */
  private Packet take() throws ConnectionFailure {
    Packet packet = read();
    ConnackCheck.checkOrder(packet.type(), connected);
    switch (packet.type()) {
      case CONNACK -> ConnackCheck.check(spec, (Connack) packet);
      case PUBLISH -> ignore((Publish) packet);
      case PUBREL -> write(Ack.of(PacketType.PUBCOMP, ((Ack) packet).packetId()));
      case PUBACK, PUBREC, PUBCOMP -> answered((Ack) packet);
      case PINGRESP -> {
        if (keepAlive != null) {
          keepAlive.answered();
        }
      }
      case DISCONNECT -> throw ConnectionFailures.disconnected((Disconnect) packet);
      case AUTH -> throw ConnectionFailures.authentication((Auth) packet);
      case SUBACK -> requestAnswered(((Suback) packet).packetId());
      case UNSUBACK -> requestAnswered(((Unsuback) packet).packetId());
      default -> throw ConnectionFailures.protocol();
    }
    return packet;
  }

  private Packet read() throws ConnectionFailure {
    try {
      return reader.next();
    } catch (ConnectionFailure failure) {
      throw isCut() ? KeepAlive.failure() : failure;
    }
  }

  private void answered(Ack ack) throws ConnectionFailure {
    if (inflight != null && ack.packetId() == PACKET_ID) {
      inflight.answered(ack);
      acknowledged = inflight.isAcknowledged();
    } else if (ack.type() == PacketType.PUBREC) {
      events.unknown(ack);
    }
    if (ack.type() == PacketType.PUBREC && !acknowledged) {
      write(Ack.of(PacketType.PUBREL, ack.packetId()));
    }
  }

  /** Acknowledges a message: a session that is resumed may have some, and nobody wants them. */
  private void ignore(Publish publish) throws ConnectionFailure {
    if (aliases == null) {
      aliases = new InboundAliases(spec.properties());
    }
    aliases.resolve(publish);
    switch (publish.message().qos()) {
      case AT_LEAST_ONCE -> write(Ack.of(PacketType.PUBACK, publish.packetId()));
      case EXACTLY_ONCE -> write(Ack.of(PacketType.PUBREC, publish.packetId()));
      default -> {}
    }
  }

  /** An answer to no request may be late, but it does not answer the message. */
  private void requestAnswered(int packetId) throws ConnectionFailure {
    if (inflight != null && packetId == PACKET_ID) {
      throw ConnectionFailures.protocol();
    }
  }

  private void write(Packet packet) throws ConnectionFailure {
    try {
      writer.send(packet, false);
    } catch (IOException e) {
      if (packet.type() == PacketType.DISCONNECT && !isCut()) {
        return; // The broker was faster.
      }
      // What it said before it closed the connection tells more.
      while (true) {
        take();
      }
    }
  }

  private boolean isCut() {
    return keepAlive != null && keepAlive.hasCut();
  }

  /** A broker that breaks the protocol is told so [MQTT-4.13.1-1]. */
  private void answer(ConnectionFailure failure) throws ConnectionFailure {
    if (failure.isFaultOfBroker() && spec.version().isV5() && connected) {
      write(new Disconnect(failure.code(), Properties.NONE));
    }
  }

  private void close() {
    writer.shut(
        null,
        () -> {
          try {
            channel.close();
          } catch (IOException e) {
            // Then it is closed already.
          }
        });
  }
}
