package dev.midge.rules;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;

/** A CONNECT in the making, for the rule tests. */
record Hello(
    ProtocolVersion version,
    String clientId,
    boolean cleanStart,
    int keepAlive,
    Will will,
    String user,
    byte[] password,
    Properties properties) {

  /** With Clean Start and 60 s of keep alive. */
  static Hello of(ProtocolVersion version, String clientId) {
    return new Hello(version, clientId, true, 60, null, null, null, Properties.NONE);
  }

  /** Clean Start 0, or Clean Session 0. */
  Hello resume() {
    return new Hello(version, clientId, false, keepAlive, will, user, password, properties);
  }

  Hello keepAlive(int seconds) {
    return new Hello(version, clientId, cleanStart, seconds, will, user, password, properties);
  }

  Hello with(Property property, long value) {
    return with(properties.plus(property, value));
  }

  Hello with(Properties others) {
    return new Hello(version, clientId, cleanStart, keepAlive, will, user, password, others);
  }

  Hello expiry(long seconds) {
    return with(Property.SESSION_EXPIRY_INTERVAL, seconds);
  }

  /** A kept session, whatever the version: Clean Session 0, or an expiry that never comes. */
  Hello kept() {
    return version.isV5() ? resume().expiry(1000) : resume();
  }

  Hello will(Message message) {
    return new Hello(
        version, clientId, cleanStart, keepAlive, new Will(message), user, password, properties);
  }

  /** A will of QoS 1 that says "gone". */
  Hello will(String topic) {
    return will(Message.of(topic, "gone".getBytes(), Qos.AT_LEAST_ONCE, false));
  }

  /** The same after a delay. */
  Hello will(String topic, long delay) {
    Properties delayed = Properties.of(Property.WILL_DELAY_INTERVAL, delay);
    return will(new Message(topic, "gone".getBytes(), Qos.AT_LEAST_ONCE, false, delayed));
  }

  Hello password(String user, String password) {
    return new Hello(
        version, clientId, cleanStart, keepAlive, will, user, password.getBytes(), properties);
  }

  Connect packet() {
    return new Connect(version, cleanStart, keepAlive, clientId, will, user, password, properties);
  }
}
