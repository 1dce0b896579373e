package dev.midge.broker.core.delivery;

import dev.midge.broker.core.ClientIdentity;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each change to the state that has to survive the end of the broker, in the order in
 * which it happens. The same calls, made for all that there is, describe a whole state; made on a
 * new broker, they restore it. Broker thread only.
 *
 * <p>Sessions go by a number, which is never used again. Times are nanoseconds of the broker's own
 * clock, as everywhere in the core.
 */
public interface StateJournal {

  /**
   * The client of a kept session has connected, for the first time or again.
   *
   * @param expiry nanoseconds for which the session is kept after the connection
   */
  default void session(long session, ClientIdentity client, boolean isV5, long expiry) {}

  /** The connection of a kept session's client has ended. */
  default void away(long session, long expiry, long expiresAt) {}

  /** A kept session has ended. */
  default void ended(long session) {}

  /** The packet identifiers of a session go on after this one. */
  default void lastPacketId(long session, int packetId) {}

  default void subscribed(long session, Subscription options, int identifier) {}

  default void unsubscribed(long session, String filter) {}

  /** A message is the last of a session's queue now. */
  default void queued(long session, SavedDelivery delivery) {}

  /** A message has left the queue, whatever became of it. */
  default void unqueued(long session, long delivery) {}

  /** A message was sent for the first time, and waits for its acknowledgement. */
  default void sent(long session, SavedDelivery delivery) {}

  /** PUBREC has come for a message that was sent. */
  default void released(long session, int packetId) {}

  /** A message that was sent needs no acknowledgement any more. */
  default void finished(long session, int packetId) {}

  /**
   * A session is still to get the retained messages for a filter, from a topic on.
   *
   * @param newest number of the newest message that is due
   * @param after the last topic that it has got; null before the first one
   * @param includesNewer true if newer messages are due, too
   */
  default void fetching(
      long session, String filter, long newest, @Nullable String after, boolean includesNewer) {}

  /** A session gets no more retained messages for a filter. */
  default void fetched(long session, String filter) {}

  /** A message of QoS 2 has come from the session's client, and waits for PUBREL. */
  default void received(long session, int packetId, Publication publication) {}

  /** A message of QoS 2 waits for PUBREL no longer. */
  default void receiptEnded(long session, int packetId) {}

  /** A message is retained, in place of an earlier one of the same topic. */
  default void retained(Publication publication) {}

  /** No message is retained for the topic any more. */
  default void cleared(String topic) {}

  /**
   * A client has a will, in place of an earlier one.
   *
   * @param delay nanoseconds between the end of the connection and the will
   * @param due time when it is published; {@link dev.midge.broker.core.Timers#NEVER} while the
   *     client is connected
   */
  default void will(ClientIdentity client, Will will, long delay, long due) {}

  /** The will of a client was published or discarded. */
  default void willGone(String clientId) {}
}
