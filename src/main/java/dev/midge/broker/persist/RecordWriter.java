package dev.midge.broker.persist;

import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.SavedDelivery;
import dev.midge.broker.core.delivery.StateJournal;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import org.jspecify.annotations.Nullable;

/** Makes records of changes. The body of a message is written once, before its first mention. */
final class RecordWriter implements StateJournal {
  private final Fields fields;
  private final WallClock clock;
  private final MessageNumbers numbers;

  RecordWriter(Fields fields, WallClock clock, MessageNumbers numbers) {
    this.fields = fields;
    this.clock = clock;
    this.numbers = numbers;
  }

  /** Ends a snapshot. */
  void end() {
    fields.type(RecordType.END);
  }

  private void begin(RecordType type, long session) {
    fields.type(type);
    fields.number(session);
  }

  /** Writes the body of a message that the files do not have. */
  private void know(Publication publication) {
    if (!numbers.add(publication)) {
      return;
    }
    fields.type(RecordType.MESSAGE);
    fields.number(publication.savedNumber());
    fields.flag(publication.isWill());
    fields.time(clock.toWall(publication.expiresAt()));
    fields.identity(publication.publisher());
    fields.message(publication.message());
  }

  @Override
  public void session(long session, ClientIdentity client, boolean isV5, long expiry) {
    begin(RecordType.SESSION, session);
    fields.identity(client);
    fields.flag(isV5);
    fields.time(expiry);
  }

  @Override
  public void away(long session, long expiry, long expiresAt) {
    begin(RecordType.AWAY, session);
    fields.time(expiry);
    fields.time(clock.toWall(expiresAt));
  }

  @Override
  public void ended(long session) {
    begin(RecordType.ENDED, session);
  }

  @Override
  public void lastPacketId(long session, int packetId) {
    begin(RecordType.LAST_PACKET_ID, session);
    fields.number(packetId);
  }

  @Override
  public void subscribed(long session, Subscription options, int identifier) {
    begin(RecordType.SUBSCRIBED, session);
    fields.text(options.filter());
    fields.number(options.options());
    fields.number(identifier);
  }

  @Override
  public void unsubscribed(long session, String filter) {
    begin(RecordType.UNSUBSCRIBED, session);
    fields.text(filter);
  }

  @Override
  public void queued(long session, SavedDelivery delivery) {
    delivery(RecordType.QUEUED, session, delivery);
  }

  @Override
  public void unqueued(long session, long delivery) {
    begin(RecordType.UNQUEUED, session);
    fields.number(delivery);
  }

  @Override
  public void sent(long session, SavedDelivery delivery) {
    delivery(RecordType.SENT, session, delivery);
  }

  private void delivery(RecordType type, long session, SavedDelivery delivery) {
    know(delivery.publication());
    begin(type, session);
    fields.number(delivery.publication().savedNumber());
    fields.number(delivery.qos().level());
    fields.flag(delivery.retain());
    fields.number(delivery.subscriptionId());
    fields.optionalText(delivery.sharedFilter());
    fields.number(delivery.number());
    fields.number(delivery.packetId());
    fields.flag(delivery.released());
  }

  @Override
  public void released(long session, int packetId) {
    begin(RecordType.RELEASED, session);
    fields.number(packetId);
  }

  @Override
  public void finished(long session, int packetId) {
    begin(RecordType.FINISHED, session);
    fields.number(packetId);
  }

  @Override
  public void fetching(
      long session, String filter, long newest, @Nullable String after, boolean includesNewer) {
    begin(RecordType.FETCHING, session);
    fields.text(filter);
    fields.number(newest);
    fields.optionalText(after);
    fields.flag(includesNewer);
  }

  @Override
  public void fetched(long session, String filter) {
    begin(RecordType.FETCHED, session);
    fields.text(filter);
  }

  @Override
  public void received(long session, int packetId, Publication publication) {
    know(publication);
    begin(RecordType.RECEIVED, session);
    fields.number(packetId);
    fields.number(publication.savedNumber());
  }

  @Override
  public void receiptEnded(long session, int packetId) {
    begin(RecordType.RECEIPT_ENDED, session);
    fields.number(packetId);
  }

  @Override
  public void retained(Publication publication) {
    know(publication);
    fields.type(RecordType.RETAINED);
    fields.number(publication.savedNumber());
    fields.number(publication.retainedNumber());
  }

  @Override
  public void cleared(String topic) {
    fields.type(RecordType.CLEARED);
    fields.text(topic);
  }

  @Override
  public void will(ClientIdentity client, Will will, long delay, long due) {
    fields.type(RecordType.WILL);
    fields.identity(client);
    fields.number(will.delay().toSeconds());
    fields.time(delay);
    fields.time(clock.toWall(due));
    fields.message(will.publication());
  }

  @Override
  public void willGone(String clientId) {
    fields.type(RecordType.WILL_GONE);
    fields.text(clientId);
  }
}
