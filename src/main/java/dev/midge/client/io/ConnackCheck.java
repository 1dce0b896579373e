package dev.midge.client.io;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.PacketType;

/** Decides whether CONNACK lets a client in, and which packets may come before. */
public final class ConnackCheck {
  private ConnackCheck() {}

  /**
   * Checks it.
   *
   * @throws ConnectionFailure when it refuses, or says what it must not
   */
  public static void check(ConnectSpec spec, Connack connack) throws ConnectionFailure {
    if (connack.reasonCode() != ReasonCode.SUCCESS) {
      throw ConnectionFailures.refused(spec.version(), connack);
    }
    boolean assigned = connack.properties().has(Property.ASSIGNED_CLIENT_IDENTIFIER);
    if ((connack.sessionPresent() && spec.cleanStart()) // [MQTT-3.2.2-2]
        || (assigned && !spec.clientId().isEmpty())) { // [MQTT-3.2.2-16]
      throw ConnectionFailures.protocol();
    }
  }

  /**
   * Checks that a packet may come at that point.
   *
   * @param connected whether CONNACK has let the client in
   * @throws ConnectionFailure when it may not
   */
  public static void checkOrder(PacketType type, boolean connected) throws ConnectionFailure {
    boolean allowed =
        connected
            ? type != PacketType.CONNACK
            : type == PacketType.CONNACK
                || type == PacketType.DISCONNECT
                || type == PacketType.AUTH;
    if (!allowed) {
      throw ConnectionFailures.protocol();
    }
  }
}
