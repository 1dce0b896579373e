package dev.midge.broker.core.session;

import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.SessionJournal;
import dev.midge.mqtt.Message;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The QoS 2 messages that one session's client has published and not released yet. Outlives
 * connections, so that a message that is sent again is not delivered twice [MQTT-4.3.3-10]. Router
 * thread only.
 */
public final class Qos2Receipts {

  /** The kinds of a PUBLISH of QoS 2. */
  public enum Arrival {
    NEW,
    /** The same message again, however often. */
    REPEATED,
    /** Another message under an identifier that is still in use; it replaces the first. */
    REPLACED
  }

  private static final class Stored {
    final int packetId;
    final Publication publication;
    int connection; // the last one that it came by
    boolean withheld;

    Stored(int packetId, Publication publication, int connection) {
      this.packetId = packetId;
      this.publication = publication;
      this.connection = connection;
    }
  }

  private final long maxInflightBytes; // 0 for no limit
  // Most clients never publish in QoS 2.
  private Map<Integer, Stored> messages = Collections.emptyMap();
  private Set<Stored> withheld = Collections.emptySet(); // in order of arrival
  private int connection;
  private int unacknowledged;
  private long bytes;
  private long withheldBytes;
  private @Nullable SessionJournal journal;

  Qos2Receipts(long maxInflightBytes) {
    this.maxInflightBytes = maxInflightBytes;
  }

  void journal(@Nullable SessionJournal newJournal) {
    journal = newJournal;
  }

  /** Tells a journal of all that is not released. */
  void describeTo(SessionJournal to) {
    messages.forEach(
        (packetId, stored) -> to.journal().received(to.session(), packetId, stored.publication));
  }

  /** Begins a connection, with the whole Receive Maximum. */
  public void connected() {
    connection++;
    unacknowledged = 0;
  }

  /** Returns how many came by the present connection and are not released. */
  public int unacknowledged() {
    return unacknowledged;
  }

  /** Returns how many are not released, whatever connection they came by. */
  public int size() {
    return messages.size();
  }

  /** Returns the payload bytes of all that was not released. */
  public long bytes() {
    return bytes;
  }

  /**
   * Tells whether PUBREC is withheld, because too many payload bytes are inflight: a message is
   * acknowledged while they are below the limit.
   */
  public boolean isWithheld(int packetId) {
    Stored stored = messages.get(packetId);
    return stored != null && stored.withheld;
  }

  /**
   * Returns the packet identifier of a withheld message that is to be acknowledged now; 0 for none.
   * To be called until there is none.
   */
  public int nextWithheld() {
    if (withheld.isEmpty() || !hasRoom()) {
      return 0;
    }
    Stored first = withheld.iterator().next();
    endWithholding(first);
    return first.packetId;
  }

  private boolean hasRoom() {
    return maxInflightBytes == 0 || bytes - withheldBytes < maxInflightBytes;
  }

  private void endWithholding(Stored stored) {
    if (withheld.remove(stored)) {
      stored.withheld = false;
      withheldBytes -= stored.publication.payloadLength();
    }
  }

  /** Tells whether no message has the packet identifier. */
  public boolean isNew(int packetId) {
    return !messages.containsKey(packetId);
  }

  /** Adds a message. */
  public Arrival arrived(int packetId, Publication publication) {
    Stored stored = messages.get(packetId);
    if (stored == null) {
      put(packetId, publication);
      return Arrival.NEW;
    }
    if (!isSame(stored.publication.message(), publication.message())) {
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

  /**
   * Removes a message, whose PUBREL has come, so that it is delivered.
   *
   * @return null if there is none, or if it was released before
   */
  public @Nullable Publication released(int packetId) {
    Stored stored = messages.remove(packetId);
    if (stored == null) {
      return null;
    }
    if (stored.connection == connection) {
      unacknowledged--;
    }
    endWithholding(stored);
    bytes -= stored.publication.payloadLength();
    if (journal != null) {
      journal.journal().receiptEnded(journal.session(), packetId);
    }
    return stored.publication;
  }

  private void put(int packetId, Publication publication) {
    Stored stored = new Stored(packetId, publication, connection);
    if (!hasRoom()) {
      stored.withheld = true;
      if (withheld == Collections.<Stored>emptySet()) {
        withheld = new LinkedHashSet<>();
      }
      withheld.add(stored);
      withheldBytes += publication.payloadLength();
    }
    if (messages == Collections.<Integer, Stored>emptyMap()) {
      messages = new HashMap<>();
    }
    messages.put(packetId, stored);
    bytes += publication.payloadLength();
    unacknowledged++;
    if (journal != null) {
      journal.journal().received(journal.session(), packetId, publication);
    }
  }

  private static boolean isSame(Message a, Message b) {
    return a.topic().equals(b.topic()) && Arrays.equals(a.payload(), b.payload());
  }
}
