package dev.midge.client;

import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.PacketType;

/** Whether CONNACK lets a client in. */
final class ConnackCheck {
  private ConnackCheck() {}

  /**
   * Checks it.
   *
   * @throws ConnectionFailure when it refuses, or says what it must not
   */
  static void check(ConnectSpec spec, Connack connack) throws ConnectionFailure {
    if (connack.reasonCode() != ReasonCode.SUCCESS) {
      throw ConnectionFailure.refused(
              spec.version(),
              connack.reasonCode(),
              connack.properties().text(Property.REASON_STRING))
          .referringTo(connack.properties().text(Property.SERVER_REFERENCE));
    }
    boolean assigned = connack.properties().has(Property.ASSIGNED_CLIENT_IDENTIFIER);
    if ((connack.sessionPresent() && spec.cleanStart()) // [MQTT-3.2.2-2]
        || (assigned && !spec.clientId().isEmpty())) { // [MQTT-3.2.2-16]
      throw ConnectionFailures.protocol();
    }
  }

  /** Whether a packet may come before CONNACK has let the client in. */
  static boolean mayCome(PacketType type) {
    return type == PacketType.CONNACK || type == PacketType.DISCONNECT || type == PacketType.AUTH;
  }
}
