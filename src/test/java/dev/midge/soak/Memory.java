package dev.midge.soak;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Publish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A client's half of its session, exact to the packet: it outlives connections, as the standard
 * wants it [MQTT-4.1.0-1]. One thread.
 */
final class Memory {

  /** A message on its way out. */
  static final class Sent {
    final int packetId;
    final Message message;
    boolean released; // PUBREC has come

    Sent(int packetId, Message message) {
      this.packetId = packetId;
      this.message = message;
    }

    /** In MQTT 5 a released message counts against the broker's Receive Maximum as well. */
    Publish again() {
      return new Publish(message, true, packetId);
    }
  }

  private final Map<Integer, Sent> underWay = new LinkedHashMap<>();
  private final Set<Integer> unreleased = new HashSet<>(); // QoS 2 that came, until PUBREL
  private int lastPacketId;

  /** Notes a message before it is sent. */
  Publish send(Message message) {
    if (message.qos() == Qos.AT_MOST_ONCE) {
      return new Publish(message, false, 0);
    }
    int packetId = nextPacketId();
    underWay.put(packetId, new Sent(packetId, message));
    return new Publish(message, false, packetId);
  }

  int nextPacketId() {
    do {
      // Few numbers, so that they are soon used again.
      lastPacketId = lastPacketId == 200 ? 1 : lastPacketId + 1;
    } while (underWay.containsKey(lastPacketId));
    return lastPacketId;
  }

  int underWay() {
    return underWay.size();
  }

  List<Sent> toResend() {
    return new ArrayList<>(underWay.values());
  }

  /** PUBACK or PUBCOMP. */
  boolean done(int packetId) {
    return underWay.remove(packetId) != null;
  }

  /** PUBREC. */
  boolean received(int packetId) {
    Sent sent = underWay.get(packetId);
    if (sent == null) {
      return false;
    }
    sent.released = true;
    return true;
  }

  /** A QoS 2 message came; false if it came before. */
  boolean isNew(int packetId) {
    return unreleased.add(packetId);
  }

  /** PUBREL. */
  void released(int packetId) {
    unreleased.remove(packetId);
  }
}
