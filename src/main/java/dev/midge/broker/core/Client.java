package dev.midge.broker.core;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.codec.MalformedPacketException;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsubscribe;

/**
 * One connection as the router knows it, from the first byte to the end. The transport tells it
 * what comes in; after the end it is deaf. Router thread only.
 */
public final class Client {
  final Peer peer;
  private final Router router;
  private final PublishHandler publishing;
  private final SubscribeHandler subscribing;
  private final DisconnectHandler leaving;

  // Known once CONNECT is accepted.
  private ProtocolVersion version;
  private Session session;
  private OutgoingPackets outgoing;
  private boolean bridge;

  /** What is published if the client vanishes; null for none. */
  Will will;

  private final KeepAlive keepAlive;
  private boolean ended;

  private final PublisherThrottle throttle = new PublisherThrottle();

  Client(Router router, Peer peer, long now) {
    this.router = router;
    this.peer = peer;
    this.publishing = new PublishHandler(router, this);
    this.subscribing = new SubscribeHandler(router, this);
    this.leaving = new DisconnectHandler(router, this);
    this.keepAlive =
        new KeepAlive(router.timers, time -> disconnect(ReasonCode.KEEP_ALIVE_TIMEOUT, time), now);
  }

  /** The version in use; null before CONNECT. */
  public ProtocolVersion version() {
    return version;
  }

  Session session() {
    return session;
  }

  OutgoingPackets outgoing() {
    return outgoing;
  }

  /** Says whether it is another broker, which wants no message back that it has sent. */
  boolean isBridge() {
    return bridge;
  }

  String clientId() {
    return session.clientId;
  }

  private String name() {
    return session == null ? peer.address() : session.clientId;
  }

  /**
   * The handshake has succeeded.
   *
   * @param seconds of the keep alive in force
   */
  void accepted(Connect connect, Session session, OutgoingPackets outgoing, int seconds, long now) {
    this.version = connect.version();
    this.bridge = connect.bridge();
    this.will = connect.will();
    this.session = session;
    this.outgoing = outgoing;
    keepAlive.seconds(seconds, now);
  }

  /**
   * A part of a packet has come; one of CONNECT buys no time.
   *
   * @param missing how many bytes of it are still to come
   */
  public void partArrived(int missing, long now) {
    if (session != null) {
      keepAlive.partArrived(missing, now);
    }
  }

  /**
   * There is much of unfinished packets, this client's among them: it has to go if memory is short.
   */
  public void partsAreMany(long now) {
    if (!ended && router.memoryGuard.refuses(now)) {
      disconnect(ReasonCode.QUOTA_EXCEEDED, now);
    }
  }

  /** A packet has come. */
  public void arrived(Packet packet, long now) {
    if (ended) {
      return;
    }
    keepAlive.packetArrived(now);
    router.fanout.takeSlowSubscriber(); // what fell behind before was not this client's doing
    if (session == null) {
      if (packet instanceof Connect connect) {
        router.connectHandler.connect(this, connect, now);
      } else {
        end(DisconnectCause.PROTOCOL_ERROR, now); // [MQTT-3.1.0-1]
      }
      return;
    }
    switch (packet.type()) {
      case PUBLISH -> publishing.publish((Publish) packet, now);
      case PUBACK -> acknowledged((Ack) packet, now);
      case PUBREC -> acknowledged((Ack) packet, now);
      case PUBREL -> publishing.pubrel((Ack) packet, now);
      case PUBCOMP -> acknowledged((Ack) packet, now);
      case SUBSCRIBE -> subscribing.subscribe((Subscribe) packet, now);
      case UNSUBSCRIBE -> subscribing.unsubscribe((Unsubscribe) packet);
      case PINGREQ -> {
        router.observer.received(clientId(), packet);
        outgoing.send(Ping.RESPONSE); // [MQTT-3.12.4-1]
      }
      case DISCONNECT -> leaving.disconnect((Disconnect) packet, now);
      case CONNECT -> {
        router.observer.secondConnect(peer); // [MQTT-3.1.0-2]
        end(DisconnectCause.PROTOCOL_ERROR, now);
      }
      default -> fail(ReasonCode.PROTOCOL_ERROR, packet.type() + " is not for a server", now);
    }
  }

  /**
   * Whether the transport should read no more from this client for a moment: a subscriber, who does
   * read, falls behind, and would soon lose messages. Ends by itself, after a tenth of a second at
   * most.
   */
  public boolean isThrottled(long now) {
    return throttle.isWaiting()
        ? throttle.isStillWaiting(now)
        : throttle.begin(router.fanout.takeSlowSubscriber(), now);
  }

  /** Says whether it has something to send as soon as the socket has room. */
  public boolean waitsForSocket() {
    return !ended && session != null && session.outbox.waitsForSocket();
  }

  /** The socket has taken all that was sent. */
  public void writable(long now) {
    if (waitsForSocket()) {
      session.outbox.sendWhatMayGo(now);
    }
  }

  private void acknowledged(Ack ack, long now) {
    router.observer.received(clientId(), ack);
    Outbox outbox = session.outbox;
    boolean fits =
        switch (ack.type()) {
          case PUBACK -> outbox.puback(ack.packetId(), now);
          case PUBREC -> outbox.pubrec(ack.packetId(), ack.reasonCode(), now);
          default -> outbox.pubcomp(ack.packetId(), now);
        };
    if (!fits) {
      fail(ReasonCode.PROTOCOL_ERROR, ack.type() + " does not fit the message", now);
    }
  }

  /**
   * What came in is no packet, or one that is forbidden.
   *
   * @param named the version that CONNECT named, or in whose shape to answer; null if there was no
   *     CONNECT
   */
  public void malformed(MalformedPacketException problem, ProtocolVersion named, long now) {
    if (ended) {
      return;
    }
    int reasonCode = problem.reasonCode();
    MalformedPacketException.Answer answer = problem.answer();
    // Of all that is closed without a word, only a second CONNECT breaks the rules of the protocol
    // in the midst of a session; the rest is malformed.
    if (session != null
        && answer == MalformedPacketException.Answer.CLOSE
        && reasonCode == ReasonCode.PROTOCOL_ERROR) {
      router.observer.secondConnect(peer); // [MQTT-3.1.0-2]
    } else {
      router.observer.protocolError(name(), problem.getMessage());
    }
    switch (answer) {
      case CLOSE -> end(DisconnectCause.of(reasonCode), now);
      case CONNACK -> refuse(named, reasonCode, now);
      case REASON_CODE -> {
        if (session != null) {
          disconnect(reasonCode, now);
        } else if (named == ProtocolVersion.V5) {
          refuse(ProtocolVersion.V5, reasonCode, now);
        } else {
          end(DisconnectCause.of(reasonCode), now);
        }
      }
    }
  }

  /** The broker itself failed at what this client sent: nobody else shall notice. */
  public void failed(Throwable problem, long now) {
    if (!ended) {
      router.observer.internalError(name(), problem);
    }
    closed(DisconnectCause.INTERNAL_ERROR, now);
  }

  /** The transport has found that the connection is over. */
  public void closed(DisconnectCause cause, long now) {
    if (!ended) {
      end(cause, now);
    }
  }

  /** Answers CONNECT with a reason, and closes. */
  void refuse(ProtocolVersion version, int reasonCode, long now) {
    Connack connack = new Connack(false, reasonCode, Properties.NONE); // [MQTT-3.2.2-6]
    router.observer.sent(peer.address(), connack);
    peer.send(connack, version);
    end(DisconnectCause.ofRefusal(version, reasonCode), now); // [MQTT-3.2.2-7]
  }

  /** The client broke the rules: says so, in MQTT 5 with the reason [MQTT-4.13.1-1]. */
  void fail(int reasonCode, String what, long now) {
    router.observer.protocolError(name(), what);
    disconnect(reasonCode, now);
  }

  /** Sends the client away, in MQTT 5 with a reason. */
  void disconnect(int reasonCode, long now) {
    sendReason(reasonCode);
    end(DisconnectCause.of(reasonCode), now);
  }

  private void sendReason(int reasonCode) {
    if (session != null && version.isV5()) {
      outgoing.send(new Disconnect(reasonCode, Properties.NONE));
    }
  }

  /**
   * Another connection has come with the same client identifier.
   *
   * @return the will, which is for the caller to release; null for none
   */
  Will takenOver(long now) {
    sendReason(ReasonCode.SESSION_TAKEN_OVER);
    Will last = will;
    will = null;
    end(DisconnectCause.TAKEN_OVER, now);
    return last;
  }

  void stopped(long now) {
    disconnect(ReasonCode.SERVER_SHUTTING_DOWN, now);
  }

  /** The one end of every connection. */
  void end(DisconnectCause cause, long now) {
    ended = true;
    keepAlive.cancel();
    router.observer.ended(peer, session == null ? null : session.clientId, cause);
    peer.close();
    if (session != null) {
      router.sessions.disconnected(session, now);
      router.wills.release(session, will, cause, now);
    }
  }
}
