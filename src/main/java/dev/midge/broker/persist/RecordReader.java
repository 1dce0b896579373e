package dev.midge.broker.persist;

import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.SavedDelivery;
import dev.midge.broker.core.delivery.StateJournal;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells a journal what is in records, frame by frame. */
final class RecordReader {
  private static final int MAX_PACKET_ID = 65535;
  private static final int MAX_SUBSCRIPTION_ID = 268_435_455;
  private static final int MAX_OPTIONS = 0x3F;

  private final StateJournal to;
  private final WallClock clock;
  private final Function<String, @Nullable ListenerSettings> listeners;

  // A message is mentioned as long as the state holds it, or within the frame that brings it: the
  // ones that were delivered long ago need not fill the heap.
  private final Map<Long, WeakReference<Publication>> messages = new HashMap<>();
  private final List<Publication> ofFrame = new ArrayList<>();
  private boolean ended;

  RecordReader(
      StateJournal to, WallClock clock, Function<String, @Nullable ListenerSettings> listeners) {
    this.to = to;
    this.clock = clock;
    this.listeners = listeners;
  }

  /** Tells whether the end of a snapshot was read. */
  boolean hasEnded() {
    return ended;
  }

  /** Reads the records of one frame. */
  void read(ByteBuffer frame) throws BadRecordException {
    FieldSource from = new FieldSource(frame, listeners);
    try {
      while (from.hasMore()) {
        read(from);
      }
    } catch (RuntimeException e) {
      throw new BadRecordException(String.valueOf(e.getMessage()));
    }
    ofFrame.clear();
  }

  private void read(FieldSource from) throws BadRecordException {
    switch (from.type()) {
      case END -> ended = true;
      case MESSAGE -> message(from);
      case SESSION -> to.session(from.number(), from.identity(), from.flag(), from.time());
      case AWAY -> to.away(from.number(), from.time(), clock.fromWall(from.time()));
      case ENDED -> to.ended(from.number());
      case LAST_PACKET_ID -> to.lastPacketId(from.number(), packetId(from));
      case SUBSCRIBED -> subscribed(from);
      case UNSUBSCRIBED -> to.unsubscribed(from.number(), from.text());
      case QUEUED -> to.queued(from.number(), delivery(from));
      case UNQUEUED -> to.unqueued(from.number(), from.number());
      case SENT -> to.sent(from.number(), delivery(from));
      case RELEASED -> to.released(from.number(), packetId(from));
      case FINISHED -> to.finished(from.number(), packetId(from));
      case FETCHING ->
          to.fetching(from.number(), from.text(), from.number(), from.optionalText(), from.flag());
      case FETCHED -> to.fetched(from.number(), from.text());
      case RECEIVED -> to.received(from.number(), packetId(from), publication(from));
      case RECEIPT_ENDED -> to.receiptEnded(from.number(), packetId(from));
      case RETAINED -> retained(from);
      case CLEARED -> to.cleared(from.text());
      case WILL -> will(from);
      case WILL_GONE -> to.willGone(from.text());
    }
  }

  private static int packetId(FieldSource from) throws BadRecordException {
    return from.smallNumber(MAX_PACKET_ID);
  }

  private void message(FieldSource from) throws BadRecordException {
    long number = from.number();
    boolean isWill = from.flag();
    long expiresAt = clock.fromWall(from.time());
    ClientIdentity publisher = from.identity();
    Publication publication = Publication.restored(from.message(), expiresAt, publisher, isWill);
    messages.put(number, new WeakReference<>(publication));
    ofFrame.add(publication);
  }

  private Publication publication(FieldSource from) throws BadRecordException {
    long number = from.number();
    WeakReference<Publication> known = messages.get(number);
    Publication publication = known == null ? null : known.get();
    if (publication == null) {
      throw new BadRecordException("message " + number + " is mentioned and not there");
    }
    return publication;
  }

  private void subscribed(FieldSource from) throws BadRecordException {
    long session = from.number();
    String filter = from.text();
    int options = from.smallNumber(MAX_OPTIONS);
    if ((options & 0x03) == 3) {
      throw new BadRecordException("subscription of QoS 3");
    }
    Subscription subscription =
        new Subscription(
            filter,
            Qos.values()[options & 0x03],
            (options & 0x04) != 0,
            (options & 0x08) != 0,
            options >> 4);
    to.subscribed(session, subscription, from.smallNumber(MAX_SUBSCRIPTION_ID));
  }

  private SavedDelivery delivery(FieldSource from) throws BadRecordException {
    return new SavedDelivery(
        publication(from),
        from.qos(),
        from.flag(),
        from.smallNumber(MAX_SUBSCRIPTION_ID),
        from.optionalText(),
        from.number(),
        packetId(from),
        from.flag());
  }

  private void retained(FieldSource from) throws BadRecordException {
    Publication publication = publication(from);
    publication.retainedNumber(from.number());
    to.retained(publication);
  }

  private void will(FieldSource from) throws BadRecordException {
    ClientIdentity client = from.identity();
    long interval = from.number();
    long delay = from.time();
    long due = clock.fromWall(from.time());
    Message message = from.message();
    Will will =
        new Will(
            interval == 0
                ? message
                : message.withProperties(
                    message.properties().plus(Property.WILL_DELAY_INTERVAL, interval)));
    to.will(client, will, delay, due);
  }
}
