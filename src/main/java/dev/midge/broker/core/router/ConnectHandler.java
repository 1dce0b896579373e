package dev.midge.broker.core.router;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.MemoryGuard;
import dev.midge.broker.core.Peer;
import dev.midge.broker.core.delivery.OutgoingPackets;
import dev.midge.broker.core.session.Session;
import dev.midge.broker.core.session.SessionConnection;
import dev.midge.broker.core.session.Sessions;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Handles CONNECT: refuses it or begins or resumes a session, and makes CONNACK. Router thread
 * only.
 */
record ConnectHandler(
    Limits limits, BrokerObserver observer, MemoryGuard memoryGuard, Sessions sessions) {
  /** In place of a reason code. */
  static final int NO_ANSWER = -1;

  private static final int IDENTIFIER_REJECTED = 2; // of MQTT 3
  private static final int SERVER_UNAVAILABLE = 3; // of MQTT 3
  private static final int NOT_AUTHORISED = 5; // of MQTT 3

  /**
   * A CONNECT that was accepted and not answered yet.
   *
   * @param keepAlive seconds of the interval in force; 0 for no limit
   */
  record Accepted(ConnectedClient client, Connack connack, int keepAlive) {}

  /**
   * Accepts a CONNECT that is not refused: begins or resumes the session.
   *
   * @return null if the client's Maximum Packet Size is too small for CONNACK [MQTT-3.1.2-24]
   */
  @Nullable Accepted accept(Connect connect, Peer peer, SessionConnection connection, long now) {
    ProtocolVersion version = connect.version();
    boolean assigned = connect.clientId().isEmpty();
    String clientId = assigned ? newClientId() : connect.clientId();
    int keepAlive = keepAlive(connect);
    Properties properties = connackProperties(connect, assigned ? clientId : null, keepAlive);
    long maximumPacketSize =
        connect.properties().number(Property.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE);
    Connack size = new Connack(false, ReasonCode.SUCCESS, properties);
    if (maximumPacketSize != Long.MAX_VALUE
        && PacketEncoder.size(size, version) > maximumPacketSize) {
      return null;
    }

    Session kept = sessions.resume(clientId, connect.cleanStart(), now);
    Session session = kept != null ? kept : sessions.begin(clientId);
    ClientIdentity identity = new ClientIdentity(clientId, connect.username(), peer.listener());
    session.connected(connection, identity, connect.will());
    sessions.expiry(session, expiry(connect));
    OutgoingPackets outgoing =
        new OutgoingPackets(
            peer, clientId, version, maximumPacketSize, outgoingAliases(connect), observer);
    IncomingAliases aliases = new IncomingAliases(limits.maxTopicAlias());
    boolean sessionPresent = kept != null && version != ProtocolVersion.V3_1;
    return new Accepted(
        new ConnectedClient(version, session, outgoing, aliases, connect.bridge()),
        new Connack(sessionPresent, ReasonCode.SUCCESS, properties),
        keepAlive);
  }

  /** Sends CONNACK, and then the messages that were kept for the client. */
  void answer(Accepted accepted, Connect connect, Peer peer, long now) {
    ConnectedClient client = accepted.client();
    observer.connected(peer, client.clientId(), connect);
    peer.named(client.clientId());
    client.outgoing().send(accepted.connack()); // [MQTT-3.2.2-2]
    client.session().qos2Receipts().connected();
    client.session().outbox().connected(client.outgoing(), receiveMaximum(connect), now);
  }

  /**
   * Returns the reason code, of the client's version, for which CONNECT is refused; 0 if it is not.
   * For {@link #NO_ANSWER} the connection is closed without CONNACK. A refused CONNECT neither
   * disturbs a connection with the same identifier nor leaves a will.
   */
  int refusal(Connect connect, long now) {
    int refusal = refusal(connect);
    if (refusal != 0 || sessions.exists(connect.clientId())) {
      return refusal;
    }
    boolean v5 = connect.version().isV5();
    if (sessions.isFull()) {
      return v5 ? ReasonCode.SERVER_BUSY : NO_ANSWER;
    }
    if (memoryGuard.refuses(now)) {
      return v5 ? ReasonCode.QUOTA_EXCEEDED : SERVER_UNAVAILABLE;
    }
    return 0;
  }

  private int refusal(Connect connect) {
    boolean v5 = connect.version().isV5();
    Properties properties = connect.properties();
    if (properties.has(Property.AUTHENTICATION_METHOD)) {
      return ReasonCode.BAD_AUTHENTICATION_METHOD; // [MQTT-4.12.0-1]
    }
    if (properties.has(Property.AUTHENTICATION_DATA)) {
      return ReasonCode.PROTOCOL_ERROR;
    }
    int badOptions = connect.will() == null ? 0 : refusalOfOptions(connect.will(), v5);
    if (badOptions != 0) {
      return badOptions;
    }
    if (connect.clientId().isEmpty()) {
      boolean mayBeAssigned =
          limits.allowZeroLengthClientId()
              && connect.version() != ProtocolVersion.V3_1
              && (v5 || connect.cleanStart()); // 3.1.1 [MQTT-3.1.3-8]
      if (!mayBeAssigned) {
        return v5 ? ReasonCode.UNSPECIFIED_ERROR : IDENTIFIER_REJECTED;
      }
    }
    int sizeLimit = limits.messageSizeLimit();
    if (connect.will() != null
        && sizeLimit != 0
        && connect.will().message().payload().length > sizeLimit) {
      return v5 ? ReasonCode.PACKET_TOO_LARGE : NOT_AUTHORISED;
    }
    boolean tooLong =
        limits.maxKeepAlive() != 0
            && (connect.keepAlive() == 0 || connect.keepAlive() > limits.maxKeepAlive());
    return tooLong && !v5 ? IDENTIFIER_REJECTED : 0;
  }

  private int refusalOfOptions(Will will, boolean v5) {
    if (will.message().qos().compareTo(limits.maxQos()) > 0) {
      return v5 ? ReasonCode.QOS_NOT_SUPPORTED : NOT_AUTHORISED; // [MQTT-3.2.2-12]
    }
    if (will.message().retain() && !limits.retainAvailable()) {
      return v5 ? ReasonCode.RETAIN_NOT_SUPPORTED : NOT_AUTHORISED; // [MQTT-3.2.2-13]
    }
    return 0;
  }

  private String newClientId() {
    String clientId;
    do {
      clientId = limits.autoIdPrefix() + UUID.randomUUID();
    } while (sessions.exists(clientId)); // [MQTT-3.1.3-6]
    return clientId;
  }

  /** Returns the interval in force: the client's, or the broker's if that is shorter. */
  private int keepAlive(Connect connect) {
    int asked = connect.keepAlive();
    int maximum = limits.maxKeepAlive();
    return maximum != 0 && (asked == 0 || asked > maximum) ? maximum : asked;
  }

  /** Returns the properties of CONNACK, in mosquitto's order. */
  private Properties connackProperties(
      Connect connect, @Nullable String assignedId, int keepAlive) {
    if (!connect.version().isV5()) {
      return Properties.NONE;
    }
    Properties.Builder properties = Properties.builder();
    if (keepAlive != connect.keepAlive()) {
      properties.add(Property.SERVER_KEEP_ALIVE, keepAlive); // [MQTT-3.2.2-21]
    }
    if (limits.maxTopicAlias() != 0) {
      properties.add(Property.TOPIC_ALIAS_MAXIMUM, limits.maxTopicAlias());
    }
    if (assignedId != null) {
      properties.add(Property.ASSIGNED_CLIENT_IDENTIFIER, assignedId); // [MQTT-3.1.3-7]
    }
    if (!limits.retainAvailable()) {
      properties.add(Property.RETAIN_AVAILABLE, 0);
    }
    properties.add(Property.MAXIMUM_PACKET_SIZE, limits.maxPacketSize());
    if (limits.maxInflightMessages() != 0) {
      properties.add(Property.RECEIVE_MAXIMUM, limits.maxInflightMessages());
    }
    if (limits.maxQos() != Qos.EXACTLY_ONCE) {
      properties.add(Property.MAXIMUM_QOS, limits.maxQos().level()); // [MQTT-3.2.2-9]
    }
    return properties.build();
  }

  private static int receiveMaximum(Connect connect) {
    return (int) connect.properties().number(Property.RECEIVE_MAXIMUM, 65535);
  }

  private int outgoingAliases(Connect connect) {
    long offered = connect.properties().number(Property.TOPIC_ALIAS_MAXIMUM, 0);
    return (int) Math.min(offered, limits.maxTopicAliasBroker());
  }

  private static long expiry(Connect connect) {
    if (connect.version().isV5()) {
      return connect.properties().number(Property.SESSION_EXPIRY_INTERVAL, 0);
    }
    return connect.cleanStart() ? 0 : Sessions.FOREVER;
  }
}
