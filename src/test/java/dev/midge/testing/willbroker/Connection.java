package dev.midge.testing.willbroker;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.codec.MalformedPacketException.Answer;
import dev.midge.mqtt.codec.PacketDecoder;
import dev.midge.mqtt.codec.Side;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsubscribe;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One client's connection: its own thread reads and judges, the {@link Outlet}'s writes. */
final class Connection implements Peer, Runnable {
  private static final int CHUNK = 256 * 1024;
  private static final int MOST_ZEROS = 1024 * 1024;
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final int ON_ITS_WAY_MILLIS = 100;

  private final Socket socket;
  private final Door door;
  private final BrokerState state;
  private final Behaviour behaviour;
  private final Clock clock;
  private final Runnable death;
  private final Outlet outlet = new Outlet();
  private final CountDownLatch ended = new CountDownLatch(1);
  private PacketDecoder decoder = new PacketDecoder(Side.BROKER);
  private Session session; // null before CONNECT was accepted
  private KeepAlive keepAlive;
  private volatile boolean partial;
  private volatile boolean closing;
  private int chunk;
  private int publishChunk;
  private int dispublishChunk;

  Connection(
      Socket socket,
      Door door,
      BrokerState state,
      Behaviour behaviour,
      Clock clock,
      Runnable death) {
    this.socket = socket;
    this.door = door;
    this.state = state;
    this.behaviour = behaviour;
    this.clock = clock;
    this.death = death;
  }

  @Override
  public void run() {
    try (socket) {
      Pipe pipe = door.open(socket);
      outlet.start(pipe);
      ConnectionEnd.Kind end = read(pipe);
      if (closing) {
        outlet.awaitEmpty();
        drained(end == ConnectionEnd.Kind.RESET || pipe.ending() == ConnectionEnd.Kind.RESET);
      } else {
        closing = true;
        outlet.end();
        outlet.awaitEmpty();
        over(end == ConnectionEnd.Kind.RESET ? end : pipe.ending());
      }
    } catch (IOException noHandshake) {
      // There was no client of MQTT.
    } finally {
      ended.countDown();
    }
  }

  /** Reads to the end of what the client sends, also when it is of no interest any more. */
  private ConnectionEnd.Kind read(Pipe pipe) {
    byte[] bytes = new byte[CHUNK];
    try {
      for (int count = pipe.read(bytes); count >= 0; count = pipe.read(bytes)) {
        chunk++;
        if (!closing) {
          take(ByteBuffer.wrap(bytes, 0, count));
        }
      }
      return pipe.ending();
    } catch (IOException reset) {
      return ConnectionEnd.Kind.RESET;
    }
  }

  private void take(ByteBuffer input) {
    while (!closing && input.hasRemaining()) {
      int type = (input.get(input.position()) & 0xFF) >> 4;
      if (!partial && session != null && type == PacketType.CONNECT.ordinal()) {
        secondConnect(); // [MQTT-3.1.0-2]
        continue;
      }
      try {
        Packet packet = decoder.decode(input);
        partial = packet == null;
        if (packet != null) {
          handle(packet);
        }
      } catch (MalformedPacketException e) {
        partial = false;
        malformed(e, input);
      }
    }
  }

  private void handle(Packet packet) throws MalformedPacketException {
    if (keepAlive != null) {
      keepAlive.packetRead();
    }
    if (packet instanceof Connect connect) {
      connect(connect);
    } else if (packet instanceof Publish publish) {
      publishChunk = chunk;
      state.publish(session, this, publish);
    } else {
      state.passOnHeldBack(session);
      if (packet instanceof Ack ack) {
        state.acknowledged(session, this, ack);
      } else if (packet instanceof Subscribe subscribe) {
        state.subscribe(session, this, subscribe);
      } else if (packet instanceof Unsubscribe unsubscribe) {
        state.unsubscribe(session, this, unsubscribe);
      } else if (packet instanceof Disconnect disconnect) {
        dispublishChunk = chunk;
        keepAlive.stop();
        state.disconnected(session, this, disconnect);
        end();
      } else if (packet.type() == PacketType.PINGREQ) {
        send(Ping.RESPONSE);
      }
    }
    if (behaviour.diesAfter(packet)) {
      death.run();
    }
  }

  private void connect(Connect connect) {
    if (session != null) {
      return; // the second one, passed over
    }
    outlet.version(connect.version());
    int asked = connect.keepAlive();
    int announced = connect.version().isV5() ? behaviour.keepAlive(asked) : asked;
    keepAlive = new KeepAlive(clock, behaviour, asked, announced, () -> partial, this::silence);
    outlet.onMessage(keepAlive::messageSent);
    session = state.connect(this, connect);
    if (session != null) {
      keepAlive.start();
    }
  }

  private void silence() {
    if (!closing) {
      byBroker(ConnectionEnd.Kind.SILENCE, ReasonCode.KEEP_ALIVE_TIMEOUT);
    }
  }

  private void secondConnect() {
    if (behaviour.breaks(Breach.SECOND_CONNECT_KEPT_OPEN)) {
      newDecoder();
      partial = true; // so that this CONNECT is read, and passed over
    } else {
      byBroker(ConnectionEnd.Kind.SECOND_CONNECT, ReasonCode.PROTOCOL_ERROR);
    }
  }

  private void malformed(MalformedPacketException e, ByteBuffer input) {
    if (session == null && behaviour.breaks(Breach.WILDCARD_TOPIC) && WildcardTopics.hide(input)) {
      newDecoder();
      take(input.rewind());
    } else if (session == null) {
      outlet.version(decoder.version());
      boolean v5 = decoder.version() != null && decoder.version().isV5();
      if (e.answer() == Answer.CONNACK || v5 && e.answer() == Answer.REASON_CODE) {
        send(new Connack(false, e.reasonCode(), Properties.NONE));
      }
      end();
    } else if (behaviour.breaks(Breach.MALFORMED_KEPT_OPEN)) {
      newDecoder();
      input.position(input.limit());
    } else {
      byBroker(ConnectionEnd.Kind.MALFORMED, e.reasonCode()); // [MQTT-4.13.1-1]
    }
  }

  private void newDecoder() {
    PacketDecoder next = new PacketDecoder(Side.BROKER);
    next.version(decoder.version());
    decoder = next;
  }

  /** The broker ends the connection for a fault of the client. */
  private void byBroker(ConnectionEnd.Kind kind, int reasonCode) {
    keepAlive.stop();
    state.ended(session, this, ConnectionEnd.byBroker(kind));
    if (decoder.version().isV5()) {
      send(new Disconnect(reasonCode, Properties.NONE)); // [MQTT-4.13.1-1]
    }
    end();
  }

  /** The client has gone, without DISCONNECT. */
  private void over(ConnectionEnd.Kind kind) {
    if (session != null) {
      keepAlive.stop();
      if (partial && kind != ConnectionEnd.Kind.RESET && behaviour.breaks(Breach.HALF_PACKET)) {
        completeWithZeros();
      }
      state.ended(session, this, ConnectionEnd.cut(kind, partial));
    }
  }

  private void completeWithZeros() {
    try {
      if (decoder.decode(ByteBuffer.allocate(MOST_ZEROS)) instanceof Publish publish) {
        state.publish(session, this, publish);
      }
    } catch (MalformedPacketException e) {
      state.ended(
          session, this, ConnectionEnd.disconnect(0, false)); // not even a topic: no will then
    }
  }

  private void drained(boolean reset) {
    if (session != null) {
      state.drained(session, reset, publishChunk == dispublishChunk);
    }
  }

  @Override
  public void send(Packet packet) {
    outlet.send(packet);
  }

  @Override
  public void end() {
    closing = true;
    if (keepAlive != null) {
      keepAlive.stop();
    }
    outlet.end();
    clock.after(LINGER, this::close);
  }

  @Override
  public void awaitEndOnItsWay() {
    try {
      ended.await(ON_ITS_WAY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Cuts the connection, without a word. */
  void close() {
    try {
      socket.close();
    } catch (IOException closed) {
      // Gone all the same.
    }
  }
}
