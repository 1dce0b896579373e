package dev.midge.client.paho.cure;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;

/** Makes CONNACK as Paho is shown it. */
final class ConnackForPaho {
  private ConnackForPaho() {}

  /** Returns CONNACK without these properties, and any other packet as it is. */
  static Packet connackWithout(Packet packet, Property... hidden) {
    if (!(packet instanceof Connack connack)) {
      return packet;
    }
    Properties properties = connack.properties();
    for (Property property : hidden) {
      properties = properties.without(property);
    }
    return new Connack(connack.sessionPresent(), connack.reasonCode(), properties);
  }
}
