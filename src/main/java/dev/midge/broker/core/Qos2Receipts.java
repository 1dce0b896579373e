package dev.midge.broker.core;

import dev.midge.mqtt.Message;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The QoS 2 messages that one session's client has sent and not released yet. Outlives connections,
 * so that a message that is sent again is not delivered twice [MQTT-4.3.3-10]. Router thread only.
 */
final class Qos2Receipts {

  /** What a PUBLISH of QoS 2 turned out to be. */
  enum Arrival {
    NEW,
    /** The same message again, however often. */
    REPEATED,
    /** Another message under an identifier that is still in use: it takes its place. */
    REPLACED
  }

  private static final class Stored {
    final int packetId;
    final Publication publication;
    int connection; // that it came by last
    boolean withheld;

    Stored(int packetId, Publication publication, int connection) {
      this.packetId = packetId;
      this.publication = publication;
      this.connection = connection;
    }
  }

  private final long maxInflightBytes; // 0 for no limit
  private final Map<Integer, Stored> messages = new HashMap<>();
  private final Set<Stored> withheld = new LinkedHashSet<>(); // in order of arrival
  private int connection;
  private int unacknowledged;
  private long bytes;
  private long withheldBytes;

  Qos2Receipts(long maxInflightBytes) {
    this.maxInflightBytes = maxInflightBytes;
  }

  /** A new connection of the client begins: it starts with its whole allowance. */
  void connected() {
    connection++;
    unacknowledged = 0;
  }

  /** How many came by the present connection and wait for PUBREL. */
  int unacknowledged() {
    return unacknowledged;
  }

  /** Payload bytes of all that was not released. */
  long bytes() {
    return bytes;
  }

  /**
   * Whether PUBREC has to wait, because there are too many payload bytes in flight: a message
   * starts while they are below the limit.
   */
  boolean isWithheld(int packetId) {
    Stored stored = messages.get(packetId);
    return stored != null && stored.withheld;
  }

  /** The packet identifier of a message that may start now; 0 for none. Ask until there is none. */
  int nextWithheld() {
    if (withheld.isEmpty() || !hasRoom()) {
      return 0;
    }
    Stored first = withheld.iterator().next();
    start(first);
    return first.packetId;
  }

  private boolean hasRoom() {
    return maxInflightBytes == 0 || bytes - withheldBytes < maxInflightBytes;
  }

  private void start(Stored stored) {
    if (withheld.remove(stored)) {
      stored.withheld = false;
      withheldBytes -= stored.publication.payloadLength();
    }
  }

  /** Says whether nothing is stored under the identifier. */
  boolean isNew(int packetId) {
    return !messages.containsKey(packetId);
  }

  Arrival arrived(int packetId, Publication publication) {
    Stored stored = messages.get(packetId);
    if (stored == null) {
      put(packetId, publication);
      return Arrival.NEW;
    }
    if (!isSame(stored.publication.message, publication.message)) {
      released(packetId);
      put(packetId, publication);
      return Arrival.REPLACED;
    }
    if (stored.connection != connection) {
      stored.connection = connection;
      unacknowledged++;
    }
    return Arrival.REPEATED;
  }

  /** PUBREL: the message may go on now; null if there is none, or if it went on before. */
  Publication released(int packetId) {
    Stored stored = messages.remove(packetId);
    if (stored == null) {
      return null;
    }
    if (stored.connection == connection) {
      unacknowledged--;
    }
    start(stored);
    bytes -= stored.publication.payloadLength();
    return stored.publication;
  }

  private void put(int packetId, Publication publication) {
    Stored stored = new Stored(packetId, publication, connection);
    if (!hasRoom()) {
      stored.withheld = true;
      withheld.add(stored);
      withheldBytes += publication.payloadLength();
    }
    messages.put(packetId, stored);
    bytes += publication.payloadLength();
    unacknowledged++;
  }

  private static boolean isSame(Message a, Message b) {
    return a.topic().equals(b.topic()) && Arrays.equals(a.payload(), b.payload());
  }
}
