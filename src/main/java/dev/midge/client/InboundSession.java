package dev.midge.client;

import dev.midge.mqtt.packet.Publish;
import java.util.HashMap;
import java.util.Map;

/**
 * The half of the session state that the client keeps for messages that come in: QoS 2 messages
 * waiting for PUBREL. It outlives a connection when the broker's half does. Only for the thread
 * that reads.
 */
final class InboundSession {

  private final Map<Integer, Publish> waiting = new HashMap<>();

  /**
   * Keeps a message until its PUBREL. It may be here already, for the broker may send it again
   * until it has seen PUBREC.
   */
  void keep(Publish publish) {
    waiting.putIfAbsent(publish.packetId(), publish);
  }

  /** The message that PUBREL sets free, or null when there is none. */
  Publish release(int packetId) {
    return waiting.remove(packetId);
  }

  /** The broker has forgotten the session. */
  void clear() {
    waiting.clear();
  }
}
