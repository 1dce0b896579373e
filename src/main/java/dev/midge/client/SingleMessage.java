package dev.midge.client;

import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.PacketDecoder;
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
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Carries one message to the broker and comes home: the quick way of {@link PublishJob}, past Paho,
 * whose engine takes longer to start than all the rest. Reads and writes on the calling thread; a
 * second one watches the keep alive while an acknowledgement is waited for. What can be seen of it
 * is what {@link Connection} would show.
 */
final class SingleMessage {
  private static final int BUFFER_BYTES = 4 * 1024;
  private static final int PACKET_ID = 1;

  /** Less than that goes into the system's buffers, whether the broker reads or not. */
  private static final int SMALL_BYTES = 8 * 1024;

  private final ConnectSpec spec;
  private final ClientEvents events;
  private final boolean watched;
  private final ClientChannel wire;
  private final Outgoing outgoing;
  private final PacketDecoder decoder = new PacketDecoder(PacketDecoder.Side.CLIENT);
  private final ByteBuffer fromWire = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private InputStream in;
  private boolean connected;
  private InflightMessage flight;
  private boolean landed;
  private Vigil vigil;

  SingleMessage(ConnectSpec spec, ClientEvents events) {
    this.spec = spec;
    this.events = events;
    this.watched = events.wantsPackets();
    this.wire = Channels.to(spec.endpoint());
    this.outgoing = new Outgoing(spec.version(), events, 0, () -> {});
    decoder.version(spec.version());
  }

  /**
   * Connects, publishes, waits until the message is delivered, says goodbye.
   *
   * @param farewell the properties of DISCONNECT
   */
  Delivery carry(Message message, Properties farewell) throws ConnectionFailure {
    try {
      connect();
      Connack connack = greeting();
      connected = true;
      events.connected(connack, clientId(connack));
      Delivery delivery;
      try {
        delivery = publish(BrokerLimits.of(connack).admit(message, spec.version()), connack);
      } catch (ConnectionFailure failure) {
        if (BrokerLimits.isRefusal(failure)) {
          send(new Disconnect(ReasonCode.NORMAL_DISCONNECTION, farewell));
        }
        throw failure;
      }
      send(new Disconnect(ReasonCode.NORMAL_DISCONNECTION, farewell)); // [MQTT-3.14.4-1]
      return delivery;
    } catch (ConnectionFailure failure) {
      answer(failure);
      throw failure;
    } finally {
      if (vigil != null) {
        vigil.interrupt();
      }
      close();
    }
  }

  private void connect() throws ConnectionFailure {
    try {
      events.connecting(wire);
      wire.connect();
      in = wire.in();
      outgoing.attach(wire.out(), count -> {});
    } catch (IOException e) {
      throw ConnectionFailures.unreachable(e);
    }
    send(spec.packet());
  }

  private String clientId(Connack connack) {
    String assigned = connack.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
    return assigned == null ? spec.clientId() : assigned;
  }

  private Delivery publish(Message message, Connack connack) throws ConnectionFailure {
    flight = new InflightMessage(PACKET_ID, message, null);
    boolean large = message.payload().length > SMALL_BYTES;
    if (large) {
      watch(connack);
    }
    send(new Publish(message, false, PACKET_ID));
    if (message.qos() == Qos.AT_MOST_ONCE) {
      return new Delivery(PACKET_ID, ReasonCode.SUCCESS, null);
    }
    if (!large) {
      watch(connack);
    }
    while (!landed) {
      take();
    }
    return flight.delivery();
  }

  private void watch(Connack connack) {
    long seconds = connack.properties().number(Property.SERVER_KEEP_ALIVE, spec.keepAlive());
    if (seconds > 0) {
      vigil = new Vigil(seconds * 1000, outgoing, wire);
      vigil.start();
    }
  }

  private Connack greeting() throws ConnectionFailure {
    Packet packet;
    do {
      packet = take();
    } while (packet.type() != PacketType.CONNACK);
    return (Connack) packet;
  }

  /** Reads a packet and sees to it. */
  private Packet take() throws ConnectionFailure {
    Packet packet = read();
    if (watched) {
      events.received(packet);
    }
    if (connected ? packet.type() == PacketType.CONNACK : !ConnackCheck.mayCome(packet.type())) {
      throw ConnectionFailures.protocol();
    }
    switch (packet.type()) {
      case CONNACK -> ConnackCheck.check(spec, (Connack) packet);
      case PUBLISH -> acknowledge((Publish) packet);
      case PUBREL -> release(((Ack) packet).packetId());
      case PUBACK, PUBREC, PUBCOMP -> answered((Ack) packet);
      case PINGRESP -> {
        if (vigil != null) {
          vigil.answered();
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

  private void answered(Ack ack) throws ConnectionFailure {
    boolean ours = flight != null && ack.packetId() == PACKET_ID;
    if (ours) {
      flight.answered(ack);
      landed = flight.acknowledged();
    } else if (ack.type() == PacketType.PUBREC) {
      events.unknown(ack);
    }
    if (ack.type() == PacketType.PUBREC && !landed) {
      send(Ack.of(PacketType.PUBREL, ack.packetId()));
    }
  }

  /** A session that is resumed may have messages for us; nobody wants them. */
  private void acknowledge(Publish publish) throws ConnectionFailure {
    switch (publish.message().qos()) {
      case AT_LEAST_ONCE -> send(Ack.of(PacketType.PUBACK, publish.packetId()));
      case EXACTLY_ONCE -> send(Ack.of(PacketType.PUBREC, publish.packetId()));
      default -> {}
    }
  }

  private void release(int packetId) throws ConnectionFailure {
    send(Ack.of(PacketType.PUBCOMP, packetId));
  }

  /** A packet that nothing was asked for: it may be late, but is no answer to the message. */
  private void requestAnswered(int packetId) throws ConnectionFailure {
    if (flight != null && packetId == PACKET_ID) {
      throw ConnectionFailures.protocol();
    }
  }

  private Packet read() throws ConnectionFailure {
    try {
      while (true) {
        Packet packet = decoder.decode(fromWire);
        if (packet != null) {
          return packet;
        }
        fromWire.clear();
        int count = in.read(fromWire.array(), 0, fromWire.capacity());
        fromWire.limit(Math.max(count, 0));
        if (count < 0) {
          throw lost(null);
        }
      }
    } catch (MalformedPacketException e) {
      throw ConnectionFailures.malformed(e, connected ? null : fromWire);
    } catch (OutOfMemoryError e) {
      throw ConnectionFailures.memory();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private void send(Packet packet) throws ConnectionFailure {
    try {
      outgoing.send(packet, false);
    } catch (IOException e) {
      if (packet.type() == PacketType.DISCONNECT && !isSilent()) {
        return; // The broker was faster.
      }
      // What it said before it hung up tells more.
      while (true) {
        take();
      }
    }
  }

  private boolean isSilent() {
    return vigil != null && vigil.hasCut();
  }

  private ConnectionFailure lost(IOException why) {
    return isSilent() ? new ConnectionFailure(Kind.KEEPALIVE, null) : ConnectionFailures.lost(why);
  }

  /** Whoever breaks the protocol is told so [MQTT-4.13.1-1]. */
  private void answer(ConnectionFailure failure) throws ConnectionFailure {
    boolean fault = failure.kind() == Kind.MALFORMED || failure.kind() == Kind.PROTOCOL;
    if (fault && spec.version().isV5() && connected) {
      send(new Disconnect(failure.code(), Properties.NONE));
    }
  }

  private void close() {
    outgoing.shut(
        () -> {
          try {
            wire.close();
          } catch (IOException e) {
            // Then it is closed already.
          }
        });
  }
}
