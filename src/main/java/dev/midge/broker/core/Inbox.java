package dev.midge.broker.core;

import dev.midge.mqtt.Message;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The QoS 2 messages that one session's client has sent and not released yet. Outlives connections,
 * so that a message that is sent again is not delivered twice [MQTT-4.3.3-10]. Router thread only.
 */
final class Inbox {

  /** What a PUBLISH of QoS 2 turned out to be. */
  enum Arrival {
    NEW,
    /** The same message again. */
    REPEATED,
    /** Another message under an identifier that is still in use: it takes its place. */
    REPLACED,
    /** The same message a third time in one connection. */
    TOO_OFTEN
  }

  private static final class Stored {
    final Publication publication;
    int connection; // that it came by last
    boolean repeated;

    Stored(Publication publication, int connection) {
      this.publication = publication;
      this.connection = connection;
    }
  }

  private final Map<Integer, Stored> messages = new HashMap<>();
  private int connection;
  private int unacknowledged;

  /** A new connection of the client begins: it starts with its whole allowance. */
  void connected() {
    connection++;
    unacknowledged = 0;
  }

  /** How many came by the present connection and wait for PUBREL. */
  int unacknowledged() {
    return unacknowledged;
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
      stored.repeated = false;
      unacknowledged++;
      return Arrival.REPEATED;
    }
    if (stored.repeated) {
      return Arrival.TOO_OFTEN;
    }
    stored.repeated = true;
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
    return stored.publication;
  }

  private void put(int packetId, Publication publication) {
    messages.put(packetId, new Stored(publication, connection));
    unacknowledged++;
  }

  private static boolean isSame(Message a, Message b) {
    return a.topic().equals(b.topic()) && Arrays.equals(a.payload(), b.payload());
  }
}
