package dev.midge.testing.willbroker;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;

/** Holds what the broker knows of one client. Guarded by the lock of {@link BrokerState}. */
final class Session {
  /** The session expiry interval of a session that never ends. */
  static final long NEVER = 0xFFFFFFFFL;

  /**
   * A subscription with its identifier.
   *
   * @param identifier 0 for none
   */
  record Held(Subscription subscription, long identifier) {}

  final String clientId;
  final Map<String, Held> subscriptions = new LinkedHashMap<>();

  /** QoS 2 messages from the client that were delivered and not released yet. */
  final Set<Integer> received = new HashSet<>();

  ProtocolVersion version;
  long expiry;
  Peer peer; // null while the client is away
  Will will;
  long connectedAt;
  int published;

  /** Thrown away by the DISCONNECT of the connection that is being closed. */
  Will thrownAway;

  /** Waits to be published. */
  Will delayed;

  Future<?> delay;
  Future<?> end;

  /** Acknowledged and not passed on yet, by a broker that breaks {@link Breach#ORDER}. */
  Message heldBack;

  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private final Map<Integer, Delivery> inFlight = new LinkedHashMap<>();
  private final Set<Integer> released = new HashSet<>();
  private int window;
  private int lastPacketId;

  Session(String clientId) {
    this.clientId = clientId;
  }

  boolean isAway() {
    return peer == null;
  }

  boolean isKept() {
    return expiry > 0;
  }

  /** Tells whether the session subscribes to a topic, not counting shared subscriptions. */
  boolean subscribesTo(String topic) {
    return subscriptions.keySet().stream().anyMatch(filter -> Topics.matches(filter, topic));
  }

  void attach(Peer client, int receiveMaximum) {
    peer = client;
    window = receiveMaximum;
    published = 0;
    thrownAway = null;
    connectedAt = System.nanoTime();
  }

  /** Sends again what the client has not acknowledged, then what has waited. */
  void resume() {
    inFlight.forEach(
        (packetId, delivery) -> { // [MQTT-4.4.0-1]
          if (released.contains(packetId)) {
            peer.send(Ack.of(PacketType.PUBREL, packetId));
          } else {
            peer.send(delivery.packet(packetId, true));
          }
        });
    drain();
  }

  /** Sends a message, as soon as the client takes it. */
  void deliver(Delivery delivery) {
    if (delivery.message().qos() != Qos.AT_MOST_ONCE) {
      waiting.add(delivery);
      drain();
    } else if (peer != null) {
      peer.send(delivery.packet(0, false));
    }
  }

  void acknowledged(Ack ack) {
    Delivery delivery = inFlight.get(ack.packetId());
    switch (ack.type()) {
      case PUBREC -> {
        if (delivery != null && ack.reasonCode() >= 0x80) {
          finished(ack.packetId());
        } else {
          if (delivery != null) {
            released.add(ack.packetId());
          }
          peer.send(Ack.of(PacketType.PUBREL, ack.packetId()));
        }
      }
      case PUBREL -> {
        received.remove(ack.packetId());
        peer.send(Ack.of(PacketType.PUBCOMP, ack.packetId()));
      }
      default -> finished(ack.packetId());
    }
  }

  private void finished(int packetId) {
    inFlight.remove(packetId);
    released.remove(packetId);
    drain();
  }

  private void drain() {
    while (peer != null && inFlight.size() < window && !waiting.isEmpty()) {
      Delivery next = waiting.remove();
      if (!next.isExpired()) {
        int packetId = freePacketId();
        inFlight.put(packetId, next);
        peer.send(next.packet(packetId, false));
      }
    }
  }

  private int freePacketId() {
    do {
      lastPacketId = lastPacketId % 0xFFFF + 1;
    } while (inFlight.containsKey(lastPacketId));
    return lastPacketId;
  }
}
