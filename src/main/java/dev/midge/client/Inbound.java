package dev.midge.client;

import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Handles each packet that comes in and says what Paho should hear of it: answers to what it sends,
 * without what it would mistake or stumble over (properties, limits, refusals). Messages are
 * delivered here, at PUBLISH, and acknowledged when they are in safety. Only for the thread that
 * reads, except where noted.
 */
final class Inbound {

  private final Connection link;
  private final ConnectSpec spec;
  private final ClientEvents events;
  private final MessageListener listener;
  private final Qos2Receipts session;
  private final boolean watched;
  private final int aliasMaximum;
  private final Map<Integer, String> aliases = new HashMap<>();
  private final ReentrantLock taking = new ReentrantLock();
  private final Condition released = taking.newCondition();
  private final HeldAcks held;
  private boolean connected;

  Inbound(
      Connection link,
      ConnectSpec spec,
      ClientEvents events,
      MessageListener listener,
      Qos2Receipts session) {
    this.link = link;
    this.spec = spec;
    this.events = events;
    this.listener = listener;
    this.session = session;
    this.held = new HeldAcks(link, listener);
    this.watched = events.wantsPackets();
    this.aliasMaximum = (int) spec.properties().number(Property.TOPIC_ALIAS_MAXIMUM, 0);
  }

  /**
   * Handles a packet.
   *
   * @param more whether there are bytes of another packet already
   * @param forPaho takes what Paho should read, in MQTT 5
   * @throws ConnectionFailure when the connection is over by that packet
   */
  void handle(Packet packet, boolean more, Queue<Packet> forPaho)
      throws ConnectionFailure, IOException {
    if (watched) {
      events.received(packet);
    }
    if (!connected && !ConnackCheck.mayCome(packet.type())) {
      throw ConnectionFailures.protocol();
    }
    switch (packet.type()) {
      case CONNACK -> connack((Connack) packet, forPaho);
      case PUBLISH -> publish((Publish) packet);
      case PUBREL -> pubrel((Ack) packet, more);
      case PUBACK, PUBCOMP -> {
        Ack ack = (Ack) packet;
        InflightMessage flight = link.answered(ack);
        if (flight != null) {
          link.flows().answered(flight, ack, more, forPaho);
        }
      }
      case PUBREC -> pubrec((Ack) packet, more, forPaho);
      case SUBACK -> link.replied(((Suback) packet).packetId(), packet);
      case UNSUBACK -> link.replied(((Unsuback) packet).packetId(), packet);
      case PINGRESP -> forPaho.add(Ping.RESPONSE);
      case DISCONNECT -> throw ConnectionFailures.disconnected((Disconnect) packet);
      case AUTH -> throw ConnectionFailures.authentication((Auth) packet);
      default -> throw ConnectionFailures.protocol();
    }
  }

  private void connack(Connack connack, Queue<Packet> forPaho) throws ConnectionFailure {
    if (connected) {
      throw ConnectionFailures.protocol();
    }
    ConnackCheck.check(spec, connack);
    if (!connack.sessionPresent()) {
      session.clear(); // [MQTT-3.2.2-5]
    }
    connected = true;
    // Everything but the keep alive is applied by Connection: Paho reads the limits the wrong way
    // round,
    // and uses topic aliases unasked.
    long keepAlive = connack.properties().number(Property.SERVER_KEEP_ALIVE, -1);
    Properties shown =
        keepAlive < 0
            ? Properties.NONE
            : Properties.of(Property.SERVER_KEEP_ALIVE, keepAlive); // [MQTT-3.1.2-21]
    forPaho.add(new Connack(connack.sessionPresent(), ReasonCode.SUCCESS, shown));
    link.connected(connack);
  }

  private void publish(Publish arrived) throws ConnectionFailure, IOException {
    Publish publish = spec.version() == ProtocolVersion.V5 ? resolved(arrived) : arrived;
    int id = publish.packetId();
    taking.lock();
    try {
      boolean again = session.isWaiting(id);
      if (!again && !listener.takes()) {
        return;
      }
      switch (publish.message().qos()) {
        case AT_MOST_ONCE -> deliver(publish);
        case AT_LEAST_ONCE -> {
          held.hold(Ack.of(PacketType.PUBACK, id));
          deliver(publish);
        }
        case EXACTLY_ONCE -> {
          held.hold(Ack.of(PacketType.PUBREC, id));
          if (!again) { // [MQTT-4.3.3-10]
            session.take(id);
            deliver(publish);
          }
        }
      }
      if (!listener.takes()) { // The end is near, and no farewell may come before.
        release();
      }
    } finally {
      taking.unlock();
    }
  }

  /** With the topic in the place of its alias. */
  private Publish resolved(Publish publish) throws ConnectionFailure {
    Message message = publish.message();
    long alias = message.properties().number(Property.TOPIC_ALIAS, -1);
    if (alias < 0) {
      return publish;
    }
    if (alias == 0 || alias > aliasMaximum) { // [MQTT-3.3.2-10]
      throw new ConnectionFailure(Kind.PROTOCOL, null, ReasonCode.TOPIC_ALIAS_INVALID, null);
    }
    if (!message.topic().isEmpty()) {
      aliases.put((int) alias, message.topic());
      return publish;
    }
    String topic = aliases.get((int) alias);
    if (topic == null) {
      throw ConnectionFailures.protocol();
    }
    Message named =
        new Message(
            topic, message.payload(), message.qos(), message.retain(), message.properties());
    return new Publish(named, publish.dup(), publish.packetId());
  }

  private void pubrel(Ack pubrel, boolean more) throws IOException {
    // Also of one that is not known: the broker did not see the PUBCOMP before.
    link.send(Ack.of(PacketType.PUBCOMP, pubrel.packetId()), more);
    session.release(pubrel.packetId()); // Now the end may come.
  }

  /** No more has come yet: the messages that were delivered are flushed and acknowledged. */
  void rest() throws IOException {
    taking.lock();
    try {
      release();
    } finally {
      taking.unlock();
    }
  }

  private void release() throws IOException {
    try {
      held.release();
    } finally {
      released.signalAll();
    }
  }

  private void deliver(Publish publish) {
    listener.received(new ReceivedMessage(publish.message(), publish.packetId(), publish.dup()));
  }

  /** Waits until what was delivered is acknowledged, or the time is over. Any thread. */
  void settle(long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    if (!taking.tryLock(left, TimeUnit.NANOSECONDS)) {
      return;
    }
    try {
      while (!held.isEmpty() && left > 0) {
        left = released.awaitNanos(left);
      }
    } finally {
      taking.unlock();
    }
  }

  private void pubrec(Ack pubrec, boolean more, Queue<Packet> forPaho)
      throws ConnectionFailure, IOException {
    InflightMessage flight = link.answered(pubrec);
    if (flight == null) {
      // A message of a session before this one, perhaps: the broker waits for the end of its flow.
      events.unknown(pubrec);
      if (!ReasonCode.isFailure(pubrec.reasonCode())) {
        link.releasing(pubrec.packetId());
        link.send(Ack.of(PacketType.PUBREL, pubrec.packetId()), more);
      }
      return;
    }
    // It may be early, about what an earlier link has sent.
    if (flight.isWrittenBy(link)) { // Paho would not survive another.
      link.flows().answered(flight, pubrec, more, forPaho);
    }
  }
}
