package dev.midge.client;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.net.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything that CONNECT needs, how the connection is to end, and who is to speak MQTT. Its
 * values are valid: whoever builds one has checked them.
 *
 * @param clientId may be empty: the broker makes one
 * @param keepAlive seconds, 1 to 65535
 * @param properties those of CONNECT, in the order in which they are sent; empty in MQTT 3
 * @param maxInflight outgoing QoS 1 and 2 messages in flight, at least 1
 * @param faults null for none
 * @param disconnectReason the reason code of DISCONNECT, instead of the one that the job has for
 *     its end; null for that
 * @param engine null where each job uses the one that suits it
 * @param retry when a connection is tried again; null where each job does as it usually does
 */
public record ConnectSpec(
    Endpoint endpoint,
    ProtocolVersion version,
    String clientId,
    boolean cleanStart,
    int keepAlive,
    @Nullable String username,
    byte @Nullable [] password,
    @Nullable Will will,
    Properties properties,
    int maxInflight,
    @Nullable ClientFaults faults,
    @Nullable Integer disconnectReason,
    @Nullable EngineKind engine,
    @Nullable RetryPolicy retry) {

  /** Leaves the engine and the reason of DISCONNECT to each job. */
  public ConnectSpec(
      Endpoint endpoint,
      ProtocolVersion version,
      String clientId,
      boolean cleanStart,
      int keepAlive,
      @Nullable String username,
      byte @Nullable [] password,
      @Nullable Will will,
      Properties properties,
      int maxInflight,
      @Nullable ClientFaults faults) {
    this(
        endpoint,
        version,
        clientId,
        cleanStart,
        keepAlive,
        username,
        password,
        will,
        properties,
        maxInflight,
        faults,
        null,
        null,
        null);
  }

  /** Returns the same with that engine. */
  public ConnectSpec withEngine(@Nullable EngineKind kind) {
    return with(clientId, cleanStart, will, kind, retry);
  }

  /** Returns the same with that policy. */
  public ConnectSpec withRetry(RetryPolicy policy) {
    return with(clientId, cleanStart, will, engine, policy);
  }

  /** Returns CONNECT as it is to be sent. */
  public Connect packet() {
    return new Connect(
        version, cleanStart, keepAlive, clientId, will, username, password, properties);
  }

  /**
   * Returns the client id that is in use after that CONNACK: the given one, or the one that the
   * broker assigned.
   */
  public String clientIdAfter(Connack connack) {
    String assigned = connack.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
    return assigned == null ? clientId : assigned;
  }

  /** Returns the keep alive in force after that CONNACK, in seconds; 0 for none [MQTT-3.1.2-21]. */
  public long keepAliveAfter(Connack connack) {
    return connack.properties().number(Property.SERVER_KEEP_ALIVE, keepAlive);
  }

  /**
   * Returns the same for another connection, after that CONNACK: with the client id in use, with
   * the will not retained where the broker keeps no messages [MQTT-3.2.2-13].
   */
  public ConnectSpec again(Connack connack) {
    boolean unavailable =
        will != null
            && will.message().retain()
            && connack.properties().number(Property.RETAIN_AVAILABLE, 1) == 0;
    return with(
        clientIdAfter(connack),
        cleanStart,
        will != null && unavailable ? unretained(will) : will,
        engine,
        retry);
  }

  /**
   * Returns the same for a client that comes back: where the broker keeps a session, it goes on.
   */
  public ConnectSpec resumed() {
    boolean kept = properties.number(Property.SESSION_EXPIRY_INTERVAL, 0) > 0;
    return with(clientId, cleanStart && !kept, will, engine, retry);
  }

  /** Returns the same without a will, for a client that comes and goes. */
  ConnectSpec willess(String id) {
    return with(id, cleanStart, null, engine, retry);
  }

  /** Returns the reason code of DISCONNECT: the user's, or else the given one. */
  public int disconnectReason(int usual) {
    return disconnectReason == null ? usual : disconnectReason;
  }

  private ConnectSpec with(
      String id,
      boolean clean,
      @Nullable Will last,
      @Nullable EngineKind kind,
      @Nullable RetryPolicy policy) {
    return new ConnectSpec(
        endpoint,
        version,
        id,
        clean,
        keepAlive,
        username,
        password,
        last,
        properties,
        maxInflight,
        faults,
        disconnectReason,
        kind,
        policy);
  }

  private static Will unretained(Will will) {
    Message message = will.message();
    return new Will(
        new Message(
            message.topic(), message.payload(), message.qos(), false, message.properties()));
  }
}
