package dev.midge.client.direct;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.Engine;
import dev.midge.client.io.ConnackCheck;
import dev.midge.client.io.KeepAlive;
import dev.midge.client.io.MessageReceiver;
import dev.midge.client.io.PacketReader;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.state.InflightMessage;
import dev.midge.client.state.InflightWindow;
import dev.midge.client.state.PendingRequests;
import dev.midge.mqtt.Properties;
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
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Connects, reads and handles what it reads: the work of the one thread of a connection. */
final class Reading implements Runnable {

  private final ConnectSpec spec;
  private final ClientChannel channel;
  private final ClientEvents clientEvents;
  private final Engine.Events events;
  private final PacketWriter writer;
  private final PacketReader reader;
  private final MessageReceiver receiver;
  private final Sender sender;
  private final InflightWindow inflight;
  private final PendingRequests requests;
  private volatile @Nullable KeepAlive keepAlive;

  /** The one of the connection in the inflight window; 0 before CONNACK. */
  private int number;

  /** Is true while a PUBREL may be held back. */
  private boolean holding;

  Reading(
      ConnectSpec spec,
      ClientChannel channel,
      ClientEvents clientEvents,
      Engine.Events events,
      PacketWriter writer,
      PacketReader reader,
      MessageReceiver receiver,
      Sender sender,
      InflightWindow inflight,
      PendingRequests requests) {
    this.spec = spec;
    this.channel = channel;
    this.clientEvents = clientEvents;
    this.events = events;
    this.writer = writer;
    this.reader = reader;
    this.receiver = receiver;
    this.sender = sender;
    this.inflight = inflight;
    this.requests = requests;
  }

  @Override
  public void run() {
    try {
      connect();
      while (!reader.isEnded()) {
        Packet packet = reader.poll();
        if (packet != null) {
          handle(packet);
        } else if (!reader.isEnded()) {
          receiver.idle();
          sender.sendFreed();
          writer.flushIfIdle(); // Packets that are held back for others to share their write.
          holding = false;
          reader.await();
        }
      }
    } catch (ConnectionFailure failure) {
      fail(failure);
    } catch (IOException e) {
      fail(ConnectionFailures.lost(e));
    } catch (OutOfMemoryError e) {
      fail(ConnectionFailures.memory());
    } catch (RuntimeException | Error e) {
      fail(new ConnectionFailure(Kind.LOST, null)); // A connection that nobody reads is none.
    } finally {
      rest();
    }
  }

  private void connect() throws ConnectionFailure {
    try {
      clientEvents.connecting(channel);
      channel.connect();
      reader.attach(channel.in());
      writer.attach(channel.out());
    } catch (IOException e) {
      throw ConnectionFailures.unreachable(e);
    }
    events.reached();
    try {
      writer.send(spec.packet(), false);
    } catch (IOException e) {
      // What the broker said before it closed the connection tells more.
    }
  }

  private void fail(ConnectionFailure failure) {
    KeepAlive ofConnection = keepAlive;
    if (ofConnection != null && ofConnection.hasCut()) {
      events.failed(KeepAlive.failure());
      return;
    }
    if (failure.isFaultOfBroker() && spec.version().isV5() && number != 0 && !reader.isEnded()) {
      try {
        writer.send(new Disconnect(failure.code(), Properties.NONE), false); // [MQTT-4.13.1-1]
      } catch (IOException e) {
        // The broker is gone.
      }
    }
    events.failed(failure);
  }

  /** Goes on to read, but handles nothing more: to notice when the broker closes the channel. */
  private void rest() {
    try {
      receiver.idle();
    } catch (IOException e) {
      events.failed(ConnectionFailures.lost(e));
    } finally {
      reader.strike();
      events.quiet();
    }
    reader.drain();
  }

  private void handle(Packet packet) throws ConnectionFailure, IOException {
    ConnackCheck.checkOrder(packet.type(), number != 0);
    switch (packet.type()) {
      case CONNACK -> connack((Connack) packet);
      case PUBLISH -> {
        flushHeld();
        receiver.received((Publish) packet);
      }
      case PUBREL -> receiver.released((Ack) packet, reader.hasMore());
      case PUBACK, PUBREC, PUBCOMP -> acknowledged((Ack) packet);
      case SUBACK -> replied(((Suback) packet).packetId(), packet);
      case UNSUBACK -> replied(((Unsuback) packet).packetId(), packet);
      case PINGRESP -> {
        KeepAlive ofConnection = keepAlive;
        if (ofConnection != null) {
          ofConnection.answered();
        }
      }
      case DISCONNECT -> throw ConnectionFailures.disconnected((Disconnect) packet);
      case AUTH -> throw ConnectionFailures.authentication((Auth) packet);
      default -> throw ConnectionFailures.protocol();
    }
  }

  private void connack(Connack connack) throws ConnectionFailure {
    ConnackCheck.check(spec, connack);
    receiver.connected(connack.sessionPresent());
    number = sender.connected(connack);
    long seconds = spec.keepAliveAfter(connack);
    if (seconds > 0) {
      KeepAlive ofConnection = new KeepAlive(seconds, writer, reader, channel);
      keepAlive = ofConnection;
      ofConnection.start();
    }
    events.connected(connack);
    if (inflight.hasQueued(number)) {
      Thread resending = new Thread(() -> sender.resend(number), "midge resend");
      resending.setDaemon(true); // Its writes must not keep this thread from reading.
      resending.start();
    }
  }

  private void acknowledged(Ack ack) throws ConnectionFailure, IOException {
    if (requests.isOpen(ack.packetId())) {
      throw ConnectionFailures.protocol();
    }
    InflightMessage message = inflight.answered(number, ack);
    if (message == null) {
      if (ack.type() == PacketType.PUBREC) {
        answerUnknown(ack);
      }
    } else if (ack.type() == PacketType.PUBREC && !message.isAcknowledged()) {
      if (message.isSentBy(number)) { // Else the flow begins anew, and sends PUBREL.
        sendPubrel(ack.packetId()); // [MQTT-4.3.3-4]
      }
    } else if (message.isAcknowledged() || message.isSentBy(number)) {
      inflight.complete(message);
    }
  }

  /** A message of a session before this one, perhaps: the broker waits for the end of its flow. */
  private void answerUnknown(Ack pubrec) throws IOException {
    clientEvents.unknown(pubrec);
    if (!ReasonCode.isFailure(pubrec.reasonCode())) {
      inflight.releasing(number, pubrec.packetId());
      sendPubrel(pubrec.packetId());
    }
  }

  /** Sends PUBREL in one write with others and with the messages that the answers let go. */
  private void sendPubrel(int packetId) throws IOException {
    writer.send(Ack.of(PacketType.PUBREL, packetId), true);
    holding = true;
  }

  /** The listener may block this thread for long. */
  private void flushHeld() throws IOException {
    if (holding) {
      writer.flush();
      holding = false;
    }
  }

  private void replied(int packetId, Packet reply) throws ConnectionFailure {
    if (inflight.holds(packetId)) {
      throw ConnectionFailures.protocol();
    }
    requests.replied(packetId, reply);
  }

  /** Ends the keep alive. Any thread. */
  void stop() {
    KeepAlive ofConnection = keepAlive;
    if (ofConnection != null) {
      ofConnection.stop();
    }
  }
}
