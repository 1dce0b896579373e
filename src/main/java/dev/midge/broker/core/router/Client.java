package dev.midge.broker.core.router;

import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.Peer;
import dev.midge.broker.core.delivery.PublisherThrottle;
import dev.midge.broker.core.session.SessionConnection;
import dev.midge.broker.inspect.ConnectionSnapshot;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
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
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client, from the first byte to the end. The transport tells it what comes in;
 * after the end it ignores that. Router thread only.
 */
public final class Client implements SessionConnection {
  private final ClientContext context;
  private final Peer peer;
  private final KeepAlive keepAlive;
  private final PublisherThrottle throttle = new PublisherThrottle();
  private final Login login;
  private final MountedPackets mounted;
  private @Nullable ConnectedClient connected; // null before CONNECT is accepted
  private @Nullable LongFunction<ConnectionSnapshot> snapshots; // for the present time
  private @Nullable Connect asked; // until it is decided
  private boolean ended;

  Client(ClientContext context, Peer peer) {
    this.context = context;
    this.peer = peer;
    this.login = new Login(context.connectHandler(), context.sideWork(), peer);
    this.mounted = new MountedPackets(peer.listener().rules().mountPoint());
    this.keepAlive =
        new KeepAlive(
            context.timers(),
            peer::isUnread,
            time -> disconnect(ReasonCode.KEEP_ALIVE_TIMEOUT, time));
  }

  void start(long now) {
    keepAlive.start(now);
  }

  /** Returns the client identifier, or the address before there is one. */
  private String name() {
    return connected == null ? peer.address() : connected.clientId();
  }

  /**
   * Takes note of a part of a packet; one of CONNECT buys no time.
   *
   * @param missing bytes of it that are still to come
   */
  public void partArrived(int missing, long now) {
    if (connected != null) {
      keepAlive.partArrived(missing, now);
    }
  }

  /** Ends the connection, whose unfinished packet is one of many, if memory is short. */
  public void partsAreMany(long now) {
    if (!ended && context.memoryGuard().refuses(now)) {
      disconnect(ReasonCode.QUOTA_EXCEEDED, now);
    }
  }

  /** Handles a packet. */
  public void arrived(Packet packet, long now) {
    if (ended) {
      return;
    }
    if (login.isPending()) {
      login.keep(packet);
      return;
    }
    keepAlive.packetArrived(now);
    context.fanout().takeSlowSubscriber(); // for those of earlier packets this one need not wait
    if (connected != null) {
      try {
        handle(connected, mounted.in(packet), now);
      } catch (ProtocolViolation e) {
        context.observer().protocolError(name(), String.valueOf(e.getMessage()));
        disconnect(e.reasonCode(), now); // [MQTT-4.13.1-1]
      }
    } else if (packet instanceof Connect connect) {
      asked = connect;
      login.begin(connect, now, (result, then) -> loggedIn(connect.version(), result, then));
    } else {
      end(DisconnectCause.PROTOCOL_ERROR, now); // [MQTT-3.1.0-1]
    }
  }

  private void loggedIn(ProtocolVersion version, Login.Result result, long now) {
    try {
      if (ended) { // while the password was checked
        return;
      } else if (result.refusal() != 0) {
        refused(version, result.refusal(), now);
      } else {
        begin(Objects.requireNonNull(result.introduced()), now);
      }
      Packet next;
      while ((next = login.nextKept()) != null) {
        arrived(next, now);
      }
    } catch (RuntimeException e) {
      failed(e, now);
    }
  }

  private void refused(ProtocolVersion version, int refusal, long now) {
    if (refusal == ReasonCode.SERVER_BUSY || refusal == ConnectHandler.NO_ANSWER) {
      context.observer().tooMany(peer.host(), "global_max_clients");
    }
    if (refusal == ConnectHandler.NO_ANSWER) {
      end(DisconnectCause.of(ReasonCode.SERVER_BUSY), now);
    } else {
      refuse(version, refusal, now);
    }
  }

  private void begin(ConnectHandler.Introduced introduced, long now) {
    ConnectHandler handler = context.connectHandler();
    ConnectHandler.Accepted accepted = handler.accept(introduced, peer, this, now);
    if (accepted == null) {
      end(DisconnectCause.of(ReasonCode.PACKET_TOO_LARGE), now);
      return;
    }
    Connect connect = introduced.connect();
    connected = accepted.client();
    asked = null;
    snapshots = snapshots(connect, accepted.keepAlive(), now);
    keepAlive.interval(accepted.keepAlive(), now);
    handler.answer(accepted, introduced, peer, now);
  }

  /** Keeps no more of CONNECT than is told: its will may be large. */
  private LongFunction<ConnectionSnapshot> snapshots(Connect connect, int interval, long begin) {
    ProtocolVersion version = connect.version();
    boolean cleanStart = connect.cleanStart();
    String username = connect.username();
    return now ->
        new ConnectionSnapshot(
            peer.address(),
            peer.port(),
            version,
            interval,
            cleanStart,
            username,
            Duration.ofNanos(now - begin));
  }

  private void handle(ConnectedClient client, Packet packet, long now) throws ProtocolViolation {
    switch (packet.type()) {
      case PUBLISH -> context.publishHandler().publish(client, (Publish) packet, now);
      case PUBACK, PUBREC, PUBCOMP -> acknowledged(client, (Ack) packet, now);
      case PUBREL -> context.publishHandler().pubrel(client, (Ack) packet, now);
      case SUBSCRIBE -> context.subscribeHandler().subscribe(client, (Subscribe) packet, now);
      case UNSUBSCRIBE -> context.subscribeHandler().unsubscribe(client, (Unsubscribe) packet);
      case PINGREQ -> {
        context.observer().received(client.clientId(), packet);
        client.outgoing().send(Ping.RESPONSE); // [MQTT-3.12.4-1]
      }
      case DISCONNECT ->
          end(context.disconnectHandler().disconnect(client, (Disconnect) packet), now);
      case CONNECT -> {
        context.observer().forbidden(client.clientId(), packet);
        context.observer().secondConnect(peer); // [MQTT-3.1.0-2]
        end(DisconnectCause.PROTOCOL_ERROR, now);
      }
      default -> {
        context.observer().forbidden(client.clientId(), packet);
        throw new ProtocolViolation(
            ReasonCode.PROTOCOL_ERROR, packet.type() + " is not for a server");
      }
    }
  }

  private void acknowledged(ConnectedClient client, Ack ack, long now) throws ProtocolViolation {
    context.observer().received(client.clientId(), ack);
    if (!client.session().outbox().acknowledged(ack, now)) {
      throw new ProtocolViolation(
          ReasonCode.PROTOCOL_ERROR, ack.type() + " does not fit the message");
    }
  }

  /**
   * Tells whether the transport should read no more from this client for a moment: its password is
   * being checked, or a slow subscriber would soon lose messages, for which it ends by itself after
   * half a second and a little at most.
   *
   * @param now on the clock of the sockets: it waits for bytes, and not for the time of a rule
   */
  public boolean isThrottled(long now) {
    if (login.isPending()) {
      return !ended;
    }
    return throttle.isWaiting()
        ? throttle.isStillWaiting(now)
        : throttle.begin(context.fanout().takeSlowSubscriber(), now);
  }

  /** Tells whether it has packets to send as soon as the socket has room. */
  public boolean waitsForSocket() {
    return !ended && connected != null && connected.session().outbox().waitsForSocket();
  }

  /** Sends more, since the socket has taken all that was sent. */
  public void writable(long now) {
    if (!ended && connected != null && connected.session().outbox().waitsForSocket()) {
      connected.session().outbox().sendPending(now);
    }
  }

  /**
   * Ends the connection, since a packet is malformed or forbidden.
   *
   * @param named the version that CONNECT named, or in whose form to answer; null if there was no
   *     CONNECT
   */
  public void malformed(
      MalformedPacketException problem, @Nullable ProtocolVersion named, long now) {
    if (ended) {
      return;
    }
    int reasonCode = problem.reasonCode();
    MalformedPacketException.Answer answer = problem.answer();
    // Of all packets that are not answered, only a second CONNECT breaks the rules of the protocol
    // within a session; the rest is malformed.
    if (connected != null
        && answer == MalformedPacketException.Answer.CLOSE
        && reasonCode == ReasonCode.PROTOCOL_ERROR) {
      context.observer().secondConnect(peer); // [MQTT-3.1.0-2]
    } else {
      context.observer().protocolError(name(), String.valueOf(problem.getMessage()));
    }
    boolean v5 = named == ProtocolVersion.V5;
    int badVersion =
        named == null || connected != null
            ? 0
            : ConnectRules.refusalOfVersion(named, peer.listener());
    if (named != null && badVersion != 0) {
      refuse(named, badVersion, now);
    } else if (answer == MalformedPacketException.Answer.REASON_CODE && connected != null) {
      disconnect(reasonCode, now);
    } else if (named != null
        && (answer == MalformedPacketException.Answer.CONNACK
            || answer == MalformedPacketException.Answer.REASON_CODE && v5)) {
      refuse(named, reasonCode, now);
    } else {
      end(DisconnectCause.of(reasonCode), now);
    }
  }

  /** Ends the connection, since the broker itself failed at a packet; others are not affected. */
  public void failed(Throwable problem, long now) {
    if (!ended) {
      context.observer().internalError(name(), problem);
    }
    closed(DisconnectCause.INTERNAL_ERROR, now);
  }

  /** Takes note that the connection is over. */
  public void closed(DisconnectCause cause, long now) {
    if (!ended) {
      end(cause, now);
    }
  }

  /**
   * Takes note that a fault answers CONNECT, which is not handled any more; the end follows.
   *
   * @param answer null for none
   */
  public void notAccepted(Connect connect, @Nullable Connack answer) {
    asked = null;
    context.observer().notAccepted(peer, connect, answer);
  }

  /** Answers CONNECT with an error, and closes. */
  private void refuse(ProtocolVersion version, int reasonCode, long now) {
    Connack connack = new Connack(false, reasonCode, Properties.NONE); // [MQTT-3.2.2-6]
    if (asked != null) {
      notAccepted(asked, connack);
    }
    context.observer().sent(peer.address(), connack);
    peer.send(connack, version);
    end(DisconnectCause.ofRefusal(version, reasonCode), now); // [MQTT-3.2.2-7]
  }

  @Override
  public void recheck(long now) {
    login.recheck(
        now,
        (letIn, then) -> {
          if (!letIn && !ended) {
            disconnect(ReasonCode.ADMINISTRATIVE_ACTION, then);
          }
        });
  }

  @Override
  public @Nullable ConnectionSnapshot snapshot(long now) {
    return snapshots == null ? null : snapshots.apply(now);
  }

  @Override
  public void disconnect(int reasonCode, long now) {
    if (connected != null && connected.version().isV5()) {
      connected.outgoing().send(new Disconnect(reasonCode, Properties.NONE));
    }
    end(DisconnectCause.of(reasonCode), now);
  }

  private void end(DisconnectCause cause, long now) {
    ended = true;
    if (asked != null) {
      notAccepted(asked, null);
    }
    login.end();
    keepAlive.cancel();
    context.observer().ended(peer, connected == null ? null : connected.clientId(), cause);
    peer.close();
    if (connected != null) {
      context.sessions().disconnected(connected.session(), cause, now);
    }
  }
}
