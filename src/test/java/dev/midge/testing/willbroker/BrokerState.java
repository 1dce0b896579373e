package dev.midge.testing.willbroker;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import dev.midge.testing.willbroker.Behaviour.Denial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out the packets of all clients on their sessions. Its lock is the broker's {@link Clock}.
 */
final class BrokerState {
  private static final int ALL_AT_ONCE = 0xFFFF;
  private static final int REFUSED_IDENTIFIER_V3 = 2;
  private static final int REFUSED_SUBSCRIPTION_V3 = 0x80;

  private final Behaviour behaviour;
  private final Clock clock;
  private final Faults faults;
  private final Alterations alterations;
  private final Exchange exchange;
  private final Wills wills;
  private int madeUpIds;
  private boolean stopped;

  BrokerState(Behaviour behaviour, Clock clock) {
    this.behaviour = behaviour;
    this.clock = clock;
    faults = new Faults(behaviour);
    alterations = new Alterations(behaviour);
    exchange = new Exchange(behaviour, alterations);
    wills = new Wills(exchange, faults, clock);
  }

  /** Answers CONNECT. Returns null if it was refused. */
  Session connect(Peer peer, Connect connect) {
    int refusal = refusal(connect);
    if (refusal != 0) {
      peer.send(new Connack(false, refusal, Properties.NONE));
      peer.end();
      return null;
    }
    Peer before;
    synchronized (clock) {
      Session session = exchange.session(connect.clientId());
      before = session == null ? null : session.peer;
    }
    if (before != null) {
      before.awaitEndOnItsWay();
    }
    synchronized (clock) {
      return accept(peer, connect);
    }
  }

  private int refusal(Connect connect) {
    if (behaviour.refusal() != 0) {
      return behaviour.refusal();
    }
    if (connect.properties().has(Property.AUTHENTICATION_METHOD)) {
      return ReasonCode.BAD_AUTHENTICATION_METHOD; // [MQTT-4.12.0-1]
    }
    boolean v3 = !connect.version().isV5();
    return connect.clientId().isEmpty() && v3 && !connect.cleanStart()
        ? REFUSED_IDENTIFIER_V3 // 3.1.1 [MQTT-3.1.3-8]
        : 0;
  }

  private Session accept(Peer peer, Connect connect) {
    String clientId = connect.clientId().isEmpty() ? "auto-" + ++madeUpIds : connect.clientId();
    Session old = exchange.session(clientId);
    if (old != null && !old.isAway()) {
      takeOver(old, connect.cleanStart());
    }
    old = exchange.session(clientId);
    if (old != null) {
      if (old.end != null) {
        old.end.cancel(false);
      }
      if (connect.cleanStart()) {
        exchange.remove(old); // [MQTT-3.1.2-4]
      }
      wills.back(old, connect.cleanStart());
    }
    boolean resumed = old != null && !connect.cleanStart();
    Session session = resumed ? old : new Session(clientId);
    exchange.add(session);
    long held = exchange.sessions().stream().filter(s -> !s.isAway() && s.will != null).count();
    session.version = connect.version();
    session.expiry = expiry(connect);
    session.will = faults.kept(clientId, connect.will(), held);
    session.attach(peer, (int) connect.properties().number(Property.RECEIVE_MAXIMUM, ALL_AT_ONCE));
    boolean present = resumed && connect.version() != ProtocolVersion.V3_1;
    peer.send(new Connack(present, 0, connackProperties(connect, clientId)));
    session.resume();
    return session;
  }

  private long expiry(Connect connect) {
    if (!connect.version().isV5()) {
      return connect.cleanStart() ? 0 : Session.NEVER;
    }
    long asked = connect.properties().number(Property.SESSION_EXPIRY_INTERVAL, 0);
    return behaviour.announced().number(Property.SESSION_EXPIRY_INTERVAL, asked);
  }

  private Properties connackProperties(Connect connect, String clientId) {
    Properties.Builder properties = Properties.builder().addAll(behaviour.announced());
    if (!connect.clientId().equals(clientId)) {
      properties.add(Property.ASSIGNED_CLIENT_IDENTIFIER, clientId); // [MQTT-3.1.3-7]
    }
    int keepAlive = behaviour.keepAlive(connect.keepAlive());
    if (keepAlive != connect.keepAlive()) {
      properties.add(Property.SERVER_KEEP_ALIVE, keepAlive);
    }
    return connect.version().isV5() ? properties.build() : Properties.NONE;
  }

  private void takeOver(Session old, boolean cleanStart) {
    Peer peer = old.peer;
    old.peer = null;
    if (old.version.isV5()) {
      peer.send(new Disconnect(ReasonCode.SESSION_TAKEN_OVER, Properties.NONE)); // [MQTT-3.1.4-3]
    }
    peer.end();
    if (!old.isKept() || cleanStart) {
      exchange.remove(old);
    }
    wills.ended(old, ConnectionEnd.takenOver(cleanStart));
    passOnHeldBack(old);
  }

  /** Takes a message of a client and acknowledges it. */
  void publish(Session session, Peer peer, Publish publish) throws MalformedPacketException {
    Message message = publish.message();
    if (message.properties().has(Property.TOPIC_ALIAS)) {
      throw new MalformedPacketException(ReasonCode.TOPIC_ALIAS_INVALID, "no alias was offered");
    }
    synchronized (clock) {
      if (session.peer != peer) {
        return; // taken over in the meantime
      }
      boolean denied = behaviour.denies(Denial.PUBLISH, message.topic());
      boolean again =
          message.qos() == Qos.EXACTLY_ONCE
              && !session.received.add(publish.packetId()); // [MQTT-4.3.3-10]
      passOnHeldBack(session);
      if (!denied && !again) {
        session.published++;
        if (alterations.holdsBack(session, message)) {
          session.heldBack = message;
        } else {
          exchange.publish(session, message);
        }
      }
      boolean refused = denied && session.version.isV5();
      if (refused) {
        session.received.remove(publish.packetId());
      }
      if (message.qos() != Qos.AT_MOST_ONCE) {
        PacketType type = message.qos() == Qos.EXACTLY_ONCE ? PacketType.PUBREC : PacketType.PUBACK;
        peer.send(Ack.of(type, publish.packetId(), refused ? ReasonCode.NOT_AUTHORIZED : 0));
      }
    }
  }

  /** Passes on what {@link Breach#ORDER} has held back. */
  void passOnHeldBack(Session session) {
    synchronized (clock) {
      if (session.heldBack != null) {
        exchange.publish(session, session.heldBack);
        session.heldBack = null;
      }
    }
  }

  void acknowledged(Session session, Peer peer, Ack ack) {
    synchronized (clock) {
      if (session.peer == peer) {
        session.acknowledged(ack);
      }
    }
  }

  void subscribe(Session session, Peer peer, Subscribe subscribe) {
    long identifier = subscribe.properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0);
    List<Integer> codes = new ArrayList<>();
    List<Session.Held> wantRetained = new ArrayList<>();
    synchronized (clock) {
      for (Subscription subscription : subscribe.subscriptions()) {
        if (behaviour.denies(Denial.SUBSCRIBE, Receivers.plain(subscription.filter()))) {
          codes.add(session.version.isV5() ? ReasonCode.NOT_AUTHORIZED : REFUSED_SUBSCRIPTION_V3);
          continue;
        }
        Session.Held held = new Session.Held(subscription, identifier);
        boolean isNew = session.subscriptions.put(subscription.filter(), held) == null;
        codes.add(subscription.qos().level());
        int handling = subscription.retainHandling();
        if (!Receivers.isShared(subscription.filter())
            && (handling == 0 || handling == 1 && isNew)) { // [MQTT-3.3.1-9] [MQTT-3.3.1-10]
          wantRetained.add(held);
        }
      }
      peer.send(new Suback(subscribe.packetId(), codes, Properties.NONE));
      wantRetained.forEach(held -> exchange.sendRetained(session, held));
    }
  }

  void unsubscribe(Session session, Peer peer, Unsubscribe unsubscribe) {
    synchronized (clock) {
      List<Integer> codes =
          unsubscribe.filters().stream()
              .map(session.subscriptions::remove)
              .map(held -> held == null ? ReasonCode.NO_SUBSCRIPTION_EXISTED : 0)
              .toList();
      peer.send(new Unsuback(unsubscribe.packetId(), codes, Properties.NONE));
    }
  }

  /** The client has said DISCONNECT. */
  void disconnected(Session session, Peer peer, Disconnect disconnect) {
    synchronized (clock) {
      if (session.peer == peer) {
        session.expiry =
            disconnect.properties().number(Property.SESSION_EXPIRY_INTERVAL, session.expiry);
        passOnHeldBack(session);
        ended(
            session,
            peer,
            ConnectionEnd.disconnect(disconnect.reasonCode(), !disconnect.properties().isEmpty()));
      }
    }
  }

  /** The connection has ended, unless another one has taken the session over. */
  void ended(Session session, Peer peer, ConnectionEnd ending) {
    synchronized (clock) {
      if (session.peer != peer || stopped) {
        return;
      }
      session.peer = null;
      if (!session.isKept() || faults.forgets(session, session.will, ending)) {
        exchange.remove(session);
      } else if (session.expiry != Session.NEVER) {
        session.end = clock.after(Duration.ofSeconds(session.expiry), () -> expired(session));
      }
      wills.ended(session, ending);
      passOnHeldBack(session);
    }
  }

  private void expired(Session session) {
    if (session.isAway() && exchange.session(session.clientId) == session) {
      exchange.remove(session);
      wills.sessionEnded(session);
    }
  }

  /** No end of a connection means anything from now on. */
  void stop() {
    synchronized (clock) {
      stopped = true;
    }
  }

  /** After DISCONNECT the client has closed its side of the connection. */
  void drained(Session session, boolean reset, boolean oneWrite) {
    synchronized (clock) {
      wills.drained(session, reset, oneWrite);
    }
  }
}
