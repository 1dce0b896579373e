package dev.midge.client;

import dev.midge.fault.Fault;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.net.Endpoint;

/**
 * Everything that CONNECT needs, and how the connection is to end. Its values are valid: who builds
 * one has checked them.
 *
 * @param clientId may be empty: the broker makes one
 * @param keepAlive seconds, 1 to 65535
 * @param username null for none
 * @param password null for none
 * @param will null for none
 * @param properties those of CONNECT, in wire order; empty in MQTT 3
 * @param maxInflight outgoing QoS 1 and 2 messages in flight, at least 1
 * @param fault null for none
 */
public record ConnectSpec(
    Endpoint endpoint,
    ProtocolVersion version,
    String clientId,
    boolean cleanStart,
    int keepAlive,
    String username,
    byte[] password,
    Will will,
    Properties properties,
    int maxInflight,
    Fault fault) {

  /** CONNECT as it is to be sent. */
  Connect packet() {
    return new Connect(
        version, cleanStart, keepAlive, clientId, will, username, password, properties);
  }

  /**
   * The same for another connection, after that CONNACK.
   *
   * @param clientId the one that is in use
   */
  ConnectSpec again(Connack connack, String id) {
    boolean unavailable =
        will != null
            && will.message().retain()
            && connack.properties().number(Property.RETAIN_AVAILABLE, 1) == 0;
    return new ConnectSpec(
        endpoint,
        version,
        id,
        cleanStart,
        keepAlive,
        username,
        password,
        unavailable ? unretained(will) : will, // [MQTT-3.2.2-13]
        properties,
        maxInflight,
        fault);
  }

  private static Will unretained(Will will) {
    Message message = will.message();
    return new Will(
        new Message(
            message.topic(), message.payload(), message.qos(), false, message.properties()));
  }
}
