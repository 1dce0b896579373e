package dev.midge.client;

import dev.midge.client.LinkFailure.Kind;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Received;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Handles each packet that comes in and says what Paho should hear of it. Paho keeps the order of
 * acknowledgements; what it would lose, mistake or stumble over (topics, properties, payloads,
 * limits, refusals) stays here. Only for the thread that reads.
 */
final class Inbound {

  /** What Paho sees of a message: enough to acknowledge it. */
  private static final Message STUB = Message.empty("-");

  private static final int[] CONNACK_V3 = {
    ReasonCode.SUCCESS,
    ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
    ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
    ReasonCode.SERVER_UNAVAILABLE,
    ReasonCode.BAD_USER_NAME_OR_PASSWORD,
    ReasonCode.NOT_AUTHORIZED
  };

  private final Link link;
  private final ConnectSpec spec;
  private final ClientEvents events;
  private final LinkListener listener;
  private final InboundSession session;
  private final boolean watched;
  private final int aliasMaximum;
  private final Map<Integer, String> aliases = new HashMap<>();
  private boolean connected;

  Inbound(
      Link link,
      ConnectSpec spec,
      ClientEvents events,
      LinkListener listener,
      InboundSession session) {
    this.link = link;
    this.spec = spec;
    this.events = events;
    this.listener = listener;
    this.session = session;
    this.watched = events.wantsPackets();
    this.aliasMaximum = (int) spec.properties().number(Property.TOPIC_ALIAS_MAXIMUM, 0);
  }

  /**
   * Handles a packet.
   *
   * @param forPaho takes what Paho should read, in MQTT 5
   * @throws LinkFailure when the connection is over by that packet
   */
  void handle(Packet packet, Queue<Packet> forPaho) throws LinkFailure, IOException {
    if (watched) {
      events.received(packet);
    }
    if (!connected && packet.type() != PacketType.CONNACK) {
      throw protocolError();
    }
    switch (packet.type()) {
      case CONNACK -> connack((Connack) packet, forPaho);
      case PUBLISH -> publish((Publish) packet, forPaho);
      case PUBREL -> pubrel((Ack) packet, forPaho);
      case PUBACK, PUBCOMP -> {
        Ack ack = (Ack) packet;
        link.answered(ack);
        forPaho.add(Ack.of(ack.type(), ack.packetId()));
      }
      case PUBREC -> pubrec((Ack) packet, forPaho);
      case SUBACK -> suback((Suback) packet, forPaho);
      case UNSUBACK -> unsuback((Unsuback) packet, forPaho);
      case PINGRESP -> forPaho.add(Ping.RESPONSE);
      case DISCONNECT -> {
        Disconnect disconnect = (Disconnect) packet;
        throw new LinkFailure(
            Kind.DISCONNECTED,
            null,
            disconnect.reasonCode(),
            disconnect.properties().text(Property.REASON_STRING));
      }
      case AUTH -> {
        Auth auth = (Auth) packet;
        throw new LinkFailure(
            Kind.AUTHENTICATION,
            null,
            auth.reasonCode(),
            auth.properties().text(Property.REASON_STRING));
      }
      default -> throw protocolError();
    }
  }

  private void connack(Connack connack, Queue<Packet> forPaho) throws LinkFailure {
    if (connected) {
      throw protocolError();
    }
    if (connack.reasonCode() != ReasonCode.SUCCESS) {
      throw new LinkFailure(
          Kind.REFUSED,
          null,
          refusal(connack.reasonCode()),
          connack.properties().text(Property.REASON_STRING));
    }
    boolean assigned = connack.properties().has(Property.ASSIGNED_CLIENT_IDENTIFIER);
    if ((connack.sessionPresent() && spec.cleanStart()) // [MQTT-3.2.2-2]
        || (assigned && !spec.clientId().isEmpty())) { // [MQTT-3.2.2-16]
      throw protocolError();
    }
    if (!connack.sessionPresent()) {
      session.clear(); // [MQTT-3.2.2-5]
    }
    connected = true;
    // Everything but the keep alive is applied by Link: Paho reads the limits the wrong way round,
    // and
    // uses topic aliases unasked.
    long keepAlive = connack.properties().number(Property.SERVER_KEEP_ALIVE, -1);
    Properties shown =
        keepAlive < 0
            ? Properties.NONE
            : Properties.of(Property.SERVER_KEEP_ALIVE, keepAlive); // [MQTT-3.1.2-21]
    forPaho.add(new Connack(connack.sessionPresent(), ReasonCode.SUCCESS, shown));
    link.connected(connack);
  }

  /** A broker that knows no MQTT 5 refuses in the words of MQTT 3, whatever we speak. */
  private int refusal(int code) {
    return spec.version().isV5() && code < CONNACK_V3.length ? CONNACK_V3[code] : code;
  }

  private void publish(Publish arrived, Queue<Packet> forPaho) throws LinkFailure, IOException {
    Publish publish = spec.version() == ProtocolVersion.V5 ? resolved(arrived) : arrived;
    Qos qos = publish.message().qos();
    if (qos == Qos.AT_MOST_ONCE) {
      deliver(publish); // Paho has nothing to do.
      return;
    }
    link.owed().came();
    if (qos == Qos.AT_LEAST_ONCE) {
      deliver(publish);
    } else if (!session.keep(publish)) {
      link.send(Ack.of(PacketType.PUBREC, publish.packetId())); // Paho would deliver it again.
      link.owed().answered();
      return;
    }
    Message stub = new Message(STUB.topic(), STUB.payload(), qos, false, Properties.NONE);
    forPaho.add(new Publish(stub, false, publish.packetId()));
  }

  /** With the topic in the place of its alias. */
  private Publish resolved(Publish publish) throws LinkFailure {
    Message message = publish.message();
    long alias = message.properties().number(Property.TOPIC_ALIAS, -1);
    if (alias < 0) {
      return publish;
    }
    if (alias == 0 || alias > aliasMaximum) { // [MQTT-3.3.2-10]
      throw new LinkFailure(Kind.PROTOCOL, null, ReasonCode.TOPIC_ALIAS_INVALID, null);
    }
    if (!message.topic().isEmpty()) {
      aliases.put((int) alias, message.topic());
      return publish;
    }
    String topic = aliases.get((int) alias);
    if (topic == null) {
      throw protocolError();
    }
    Message named =
        new Message(
            topic, message.payload(), message.qos(), message.retain(), message.properties());
    return new Publish(named, publish.dup(), publish.packetId());
  }

  private void pubrel(Ack pubrel, Queue<Packet> forPaho) {
    link.owed().came();
    Publish publish = session.release(pubrel.packetId());
    if (publish != null) {
      deliver(publish);
    }
    forPaho.add(Ack.of(PacketType.PUBREL, pubrel.packetId()));
  }

  private void deliver(Publish publish) {
    listener.received(new Received(publish.message(), publish.packetId(), publish.dup()));
  }

  private void pubrec(Ack pubrec, Queue<Packet> forPaho) throws IOException {
    if (!link.received(pubrec)) {
      return; // Paho would not survive it.
    }
    boolean refused = ReasonCode.isFailure(pubrec.reasonCode());
    if (refused) {
      link.refused(pubrec.packetId());
    }
    forPaho.add(Ack.of(PacketType.PUBREC, pubrec.packetId()));
    if (refused) {
      // The message is done with; Paho, which would tear the connection down, hears of a success.
      forPaho.add(Ack.of(PacketType.PUBCOMP, pubrec.packetId()));
    }
  }

  private void suback(Suback suback, Queue<Packet> forPaho) {
    List<Integer> codes = new ArrayList<>(suback.reasonCodes());
    codes.replaceAll(code -> ReasonCode.isFailure(code) ? ReasonCode.UNSPECIFIED_ERROR : code);
    forPaho.add(new Suback(suback.packetId(), codes, Properties.NONE));
    link.replied(suback.packetId(), suback);
  }

  private void unsuback(Unsuback unsuback, Queue<Packet> forPaho) {
    List<Integer> codes =
        Collections.nCopies(Math.max(1, unsuback.reasonCodes().size()), ReasonCode.SUCCESS);
    forPaho.add(new Unsuback(unsuback.packetId(), codes, Properties.NONE));
    link.replied(unsuback.packetId(), unsuback);
  }

  private static LinkFailure protocolError() {
    return new LinkFailure(Kind.PROTOCOL, null, ReasonCode.PROTOCOL_ERROR, null);
  }
}
