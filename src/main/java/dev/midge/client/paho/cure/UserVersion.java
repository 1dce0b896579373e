package dev.midge.client.paho.cure;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;

/**
 * Cures that Paho speaks MQTT 5 only: CONNECT says the user's version. What an older version lacks
 * (properties, most reason codes) is left out when packets are encoded.
 */
public final class UserVersion implements SendCure {

  private final ProtocolVersion version;

  public UserVersion(ProtocolVersion version) {
    this.version = version;
  }

  @Override
  public Packet cureSent(Packet packet, Original original) {
    return packet instanceof Connect connect
        ? new Connect(
            version,
            connect.cleanStart(),
            connect.keepAlive(),
            connect.clientId(),
            connect.will(),
            connect.username(),
            connect.password(),
            connect.properties())
        : packet;
  }
}
