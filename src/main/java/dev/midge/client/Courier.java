package dev.midge.client;

import dev.midge.client.LinkFailure.Kind;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.MalformedPacketException;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketDecoder;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.wire.ClientWire;
import dev.midge.wire.Wires;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Carries one message to the broker and comes home: the quick way of {@link Publisher}, past Paho,
 * whose engine takes longer to start than all the rest. Reads and writes on the calling thread; a
 * second one watches the keep alive while an acknowledgement is waited for. What can be seen of it
 * is what {@link Link} would show.
 */
final class Courier {
  private static final int BUFFER_BYTES = 4 * 1024;
  private static final int PACKET_ID = 1;

  private final ConnectSpec spec;
  private final ClientEvents events;
  private final boolean watched;
  private final ClientWire wire;
  private final Outgoing outgoing;
  private final PacketDecoder decoder = new PacketDecoder(PacketDecoder.Side.CLIENT);
  private final ByteBuffer fromWire = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private InputStream in;
  private boolean connected;
  private Flight flight;
  private boolean landed;
  private volatile boolean pinged;
  private volatile boolean silent;

  Courier(ConnectSpec spec, ClientEvents events) {
    this.spec = spec;
    this.events = events;
    this.watched = events.wantsPackets();
    this.wire = Wires.to(spec.endpoint());
    this.outgoing = new Outgoing(spec.version(), events, 0, () -> {});
    decoder.version(spec.version());
  }

  /**
   * Connects, publishes, waits until the message is delivered, says goodbye.
   *
   * @param farewell the properties of DISCONNECT
   */
  Delivery carry(Message message, Properties farewell) throws LinkFailure {
    try {
      connect();
      Connack connack = greeting();
      connected = true;
      events.connected(connack, clientId(connack));
      Delivery delivery;
      try {
        delivery = publish(BrokerLimits.of(connack).admit(message, spec.version()), connack);
      } catch (LinkFailure failure) {
        if (BrokerLimits.isRefusal(failure)) {
          send(new Disconnect(ReasonCode.NORMAL_DISCONNECTION, farewell));
        }
        throw failure;
      }
      send(new Disconnect(ReasonCode.NORMAL_DISCONNECTION, farewell)); // [MQTT-3.14.4-1]
      return delivery;
    } catch (LinkFailure failure) {
      answer(failure);
      throw failure;
    } finally {
      close();
    }
  }

  private void connect() throws LinkFailure {
    try {
      wire.connect();
      in = wire.in();
      outgoing.attach(wire.out(), count -> {});
    } catch (IOException e) {
      throw LinkFailures.unreachable(e);
    }
    send(spec.packet());
  }

  private String clientId(Connack connack) {
    String assigned = connack.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
    return assigned == null ? spec.clientId() : assigned;
  }

  private Delivery publish(Message message, Connack connack) throws LinkFailure {
    flight = new Flight(PACKET_ID, message, null);
    send(new Publish(message, false, PACKET_ID));
    if (message.qos() == Qos.AT_MOST_ONCE) {
      return new Delivery(PACKET_ID, ReasonCode.SUCCESS, null);
    }
    Thread watch = watch(connack.properties().number(Property.SERVER_KEEP_ALIVE, spec.keepAlive()));
    try {
      while (!landed) {
        take();
      }
      return flight.delivery();
    } finally {
      watch.interrupt();
    }
  }

  private Connack greeting() throws LinkFailure {
    Packet packet;
    do {
      packet = take();
    } while (packet.type() != PacketType.CONNACK);
    return (Connack) packet;
  }

  /** Reads a packet and sees to it. */
  private Packet take() throws LinkFailure {
    Packet packet = read();
    if (watched) {
      events.received(packet);
    }
    if (connected ? packet.type() == PacketType.CONNACK : !Greeting.mayCome(packet.type())) {
      throw LinkFailures.protocol();
    }
    switch (packet.type()) {
      case CONNACK -> Greeting.check(spec, (Connack) packet);
      case PUBLISH -> acknowledge((Publish) packet);
      case PUBREL -> send(Ack.of(PacketType.PUBCOMP, ((Ack) packet).packetId()));
      case PUBACK, PUBREC, PUBCOMP -> answered((Ack) packet);
      case PINGRESP -> pinged = false;
      case DISCONNECT -> throw LinkFailures.disconnected((Disconnect) packet);
      case AUTH -> throw LinkFailures.authentication((Auth) packet);
      case SUBACK, UNSUBACK -> {}
      default -> throw LinkFailures.protocol();
    }
    return packet;
  }

  private void answered(Ack ack) throws LinkFailure {
    boolean ours = flight != null && ack.packetId() == PACKET_ID;
    if (ours) {
      flight.answered(ack);
      landed = flight.acknowledged() || ack.type() == PacketType.PUBCOMP; // As Link has it.
    } else if (ack.type() == PacketType.PUBREC) {
      events.unknown(ack);
    }
    if (ack.type() == PacketType.PUBREC && !landed) {
      send(Ack.of(PacketType.PUBREL, ack.packetId()));
    }
  }

  /** A session that is resumed may have messages for us; nobody wants them. */
  private void acknowledge(Publish publish) throws LinkFailure {
    switch (publish.message().qos()) {
      case AT_LEAST_ONCE -> send(Ack.of(PacketType.PUBACK, publish.packetId()));
      case EXACTLY_ONCE -> send(Ack.of(PacketType.PUBREC, publish.packetId()));
      default -> {}
    }
  }

  private Packet read() throws LinkFailure {
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
      throw LinkFailures.malformed(e, connected ? null : fromWire);
    } catch (OutOfMemoryError e) {
      throw LinkFailures.memory();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private void send(Packet packet) throws LinkFailure {
    try {
      outgoing.send(packet, false);
    } catch (IOException e) {
      if (packet.type() == PacketType.DISCONNECT) {
        return; // The broker was faster.
      }
      // What it said before it hung up tells more.
      while (true) {
        take();
      }
    }
  }

  private LinkFailure lost(IOException why) {
    return silent ? new LinkFailure(Kind.KEEPALIVE, null) : LinkFailures.lost(why);
  }

  /** Whoever breaks the protocol is told so [MQTT-4.13.1-1]. */
  private void answer(LinkFailure failure) throws LinkFailure {
    boolean fault = failure.kind() == Kind.MALFORMED || failure.kind() == Kind.PROTOCOL;
    if (fault && spec.version().isV5() && connected) {
      send(new Disconnect(failure.code(), Properties.NONE));
    }
  }

  private Thread watch(long keepAliveSeconds) {
    Thread thread = new Thread(() -> keepAlive(keepAliveSeconds * 1000), "midge keep alive");
    thread.setDaemon(true);
    if (keepAliveSeconds > 0) {
      thread.start();
    }
    return thread;
  }

  /** Asks after each interval whether the broker still lives; hangs up when it did not answer. */
  private void keepAlive(long millis) {
    try {
      while (!pinged) {
        Thread.sleep(millis);
        if (!pinged) {
          pinged = true;
          outgoing.send(Ping.REQUEST, false);
          Thread.sleep(millis);
        }
      }
      silent = true;
      wire.abort();
    } catch (InterruptedException done) {
      // It has answered.
    } catch (IOException e) {
      // The connection is gone; the thread that reads knows.
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
