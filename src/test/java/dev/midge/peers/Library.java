package dev.midge.peers;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connect;

/** The client libraries, and what they cannot do, whatever the broker. */
enum Library {
  PAHO_5(ProtocolVersion.V5),
  PAHO_3_1_1(ProtocolVersion.V3_1_1),
  PAHO_3_1(ProtocolVersion.V3_1),
  HIVEMQ_5(ProtocolVersion.V5),
  HIVEMQ_3(ProtocolVersion.V3_1_1);

  final ProtocolVersion version;

  Library(ProtocolVersion version) {
    this.version = version;
  }

  /** Connected; fails if the broker says no. */
  Peer open(int port, Connect connect) throws Exception {
    Peer peer =
        switch (this) {
          case PAHO_5 -> new Paho5(port, connect);
          case PAHO_3_1_1, PAHO_3_1 -> new Paho3(port, connect);
          case HIVEMQ_5 -> new HiveMq5(port, connect);
          case HIVEMQ_3 -> new HiveMq3(port, connect);
        };
    try {
      peer.reconnect(connect.cleanStart());
      return peer;
    } catch (Exception e) {
      peer.close();
      throw e;
    }
  }

  /** Paho's mqttv3 takes the two halves of a character beyond the first plane for nonsense. */
  boolean knowsEmoji() {
    return this != PAHO_3_1_1 && this != PAHO_3_1;
  }

  /** HiveMQ's uses subscription identifiers for itself and does not show them. */
  boolean showsSubscriptionIdentifiers() {
    return this == PAHO_5;
  }

  /** Paho's mqttv5 finds no topic for an alias that it gets. */
  boolean understandsAliases() {
    return this == HIVEMQ_5;
  }
}
