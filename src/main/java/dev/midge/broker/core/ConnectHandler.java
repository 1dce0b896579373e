package dev.midge.broker.core;

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

/**
 * CONNECT: what a client must be refused for, what becomes of its session, and CONNACK. Router
 * thread only.
 */
final class ConnectHandler {
  private static final long SECOND = 1_000_000_000L;
  private static final long FOREVER = 0xFFFF_FFFFL;
  private static final int IDENTIFIER_REJECTED = 2; // of MQTT 3
  private static final int SERVER_UNAVAILABLE = 3; // of MQTT 3
  private static final int NOT_AUTHORISED = 5; // of MQTT 3

  private final Router router;
  private final Limits limits;

  ConnectHandler(Router router) {
    this.router = router;
    this.limits = router.limits;
  }

  void connect(Client client, Connect connect, long now) {
    ProtocolVersion version = connect.version();
    // A refused CONNECT neither disturbs a connection with the same identifier nor leaves a will.
    int refusal = refusal(connect);
    if (refusal == 0
        && !router.sessions.exists(connect.clientId())
        && router.memoryGuard.refuses(now)) {
      refusal = version.isV5() ? ReasonCode.QUOTA_EXCEEDED : SERVER_UNAVAILABLE;
    }
    if (refusal != 0) {
      client.refuse(version, refusal, now);
      return;
    }
    boolean assigned = connect.clientId().isEmpty();
    String clientId = assigned ? newClientId() : connect.clientId();
    int keepAlive = keepAlive(connect);

    Properties properties = connackProperties(connect, assigned ? clientId : null, keepAlive);
    long maximumPacketSize =
        connect.properties().number(Property.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE);
    Connack size = new Connack(false, ReasonCode.SUCCESS, properties);
    if (maximumPacketSize != Long.MAX_VALUE
        && PacketEncoder.size(size, version) > maximumPacketSize) {
      client.end(DisconnectCause.of(ReasonCode.PACKET_TOO_LARGE), now); // [MQTT-3.1.2-24]
      return;
    }

    Session kept = router.sessions.resume(clientId, connect.cleanStart(), now);
    Session session = kept != null ? kept : router.sessions.begin(clientId);
    session.client = client;
    session.isV5 = version.isV5();
    session.expiry = expiry(connect);
    OutgoingPackets outgoing =
        new OutgoingPackets(
            client.peer,
            clientId,
            version,
            maximumPacketSize,
            outgoingAliases(connect),
            router.observer);
    client.accepted(connect, session, outgoing, keepAlive, now);
    router.observer.connected(client.peer, clientId, connect);
    boolean sessionPresent = kept != null && version != ProtocolVersion.V3_1;
    outgoing.send(new Connack(sessionPresent, ReasonCode.SUCCESS, properties)); // [MQTT-3.2.2-2]
    session.qos2Receipts.connected();
    session.outbox.connected(outgoing, receiveMaximum(connect), now);
  }

  /** Why the client is refused, as a code of its version; 0 if it is welcome. */
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
    } while (router.sessions.exists(clientId)); // [MQTT-3.1.3-6]
    return clientId;
  }

  /** The interval in force: the client's, or the broker's if that is shorter. */
  private int keepAlive(Connect connect) {
    int asked = connect.keepAlive();
    int maximum = limits.maxKeepAlive();
    return maximum != 0 && (asked == 0 || asked > maximum) ? maximum : asked;
  }

  /** In mosquitto's order. */
  private Properties connackProperties(Connect connect, String assignedId, int keepAlive) {
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

  private long expiry(Connect connect) {
    if (connect.version().isV5()) {
      return expiry(connect.properties().number(Property.SESSION_EXPIRY_INTERVAL, 0));
    }
    return expiry(connect.cleanStart() ? 0 : FOREVER);
  }

  /** A Session Expiry Interval in nanoseconds, within the broker's own limit. */
  long expiry(long seconds) {
    long asked = seconds == FOREVER ? Timers.NEVER : seconds * SECOND; // [MQTT-3.1.2-23]
    return limits.persistentClientExpiration() == null
        ? asked
        : Math.min(asked, limits.persistentClientExpiration().toNanos());
  }
}
