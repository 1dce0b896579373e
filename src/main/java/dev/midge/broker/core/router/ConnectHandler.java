package dev.midge.broker.core.router;

import dev.midge.broker.config.Limits;
import dev.midge.broker.config.ListenerRules;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.ListenerSettings;
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
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Handles CONNECT: refuses it or begins or resumes a session, and makes CONNACK. Router thread
 * only.
 */
record ConnectHandler(BrokerObserver observer, MemoryGuard memoryGuard, Sessions sessions) {
  /** In place of a reason code, for a connection that is closed without CONNACK. */
  static final int NO_ANSWER = -1;

  private static final int SERVER_UNAVAILABLE = 3; // of MQTT 3

  /**
   * A CONNECT whose client is let in.
   *
   * @param connect with the names that the broker knows the client by
   * @param assigned whether the client has given no identifier
   */
  record Introduced(Connect connect, boolean assigned) {}

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
  @Nullable Accepted accept(
      Introduced introduced, Peer peer, SessionConnection connection, long now) {
    Connect connect = introduced.connect();
    ProtocolVersion version = connect.version();
    String clientId = connect.clientId();
    Limits limits = peer.listener().limits();
    int keepAlive = keepAlive(connect, limits);
    Properties properties =
        connackProperties(connect, introduced.assigned() ? clientId : null, keepAlive, limits);
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
    sessions.begun(session, version.isV5());
    OutgoingPackets outgoing =
        new OutgoingPackets(
            peer,
            clientId,
            version,
            maximumPacketSize,
            outgoingAliases(connect, limits),
            peer.listener().rules().mountPoint(),
            observer);
    IncomingAliases aliases = new IncomingAliases(limits.maxTopicAlias());
    boolean sessionPresent = kept != null && version != ProtocolVersion.V3_1;
    return new Accepted(
        new ConnectedClient(version, session, peer.listener(), outgoing, aliases, connect.bridge()),
        new Connack(sessionPresent, ReasonCode.SUCCESS, properties),
        keepAlive);
  }

  /** Sends CONNACK, and then the messages that were kept for the client. */
  void answer(Accepted accepted, Introduced introduced, Peer peer, long now) {
    Connect connect = introduced.connect();
    ConnectedClient client = accepted.client();
    observer.connected(peer, client.clientId(), connect);
    peer.named(client.clientId());
    client.outgoing().send(accepted.connack()); // [MQTT-3.2.2-2]
    client.session().qos2Receipts().connected();
    client.session().outbox().connected(client.outgoing(), receiveMaximum(connect), now);
  }

  /**
   * Returns the CONNECT of a client that {@link ConnectRules} do not refuse, with an identifier,
   * and with the names that its listener has it go by.
   */
  Introduced introduce(Connect connect, Credentials credentials, ListenerSettings listener) {
    ListenerRules rules = listener.rules();
    String username = credentials.username();
    boolean assigned = connect.clientId().isEmpty();
    String clientId =
        rules.usernameAsClientId() && username != null
            ? username
            : assigned ? newClientId(listener.limits().autoIdPrefix()) : connect.clientId();
    return new Introduced(
        new Connect(
            connect.version(),
            connect.cleanStart(),
            connect.keepAlive(),
            clientId,
            new MountedPackets(rules.mountPoint()).in(connect.will()),
            username,
            null,
            connect.properties(),
            connect.bridge()),
        assigned);
  }

  /**
   * Returns the reason code, or {@link #NO_ANSWER}, for which a client that may log in is refused a
   * session; 0 if it is not.
   */
  int refusal(Connect connect, long now) {
    if (sessions.exists(connect.clientId())) {
      return 0;
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

  private String newClientId(String prefix) {
    String clientId;
    do {
      clientId = prefix + UUID.randomUUID();
    } while (sessions.exists(clientId)); // [MQTT-3.1.3-6]
    return clientId;
  }

  /** Returns the interval in force: the client's, or the broker's if that is shorter. */
  private static int keepAlive(Connect connect, Limits limits) {
    int asked = connect.keepAlive();
    int maximum = limits.maxKeepAlive();
    return maximum != 0 && (asked == 0 || asked > maximum) ? maximum : asked;
  }

  /** Returns the properties of CONNACK, in mosquitto's order. */
  private static Properties connackProperties(
      Connect connect, @Nullable String assignedId, int keepAlive, Limits limits) {
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

  private static int outgoingAliases(Connect connect, Limits limits) {
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
