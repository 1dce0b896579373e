package dev.midge.broker.persist;

import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.SavedDelivery;
import dev.midge.broker.core.delivery.StateJournal;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import java.util.ArrayList;
import java.util.List;

/** A state in words, one line a call, with the times of the world. */
final class DescribedState implements StateJournal {
  final List<String> lines = new ArrayList<>();

  // As a broker holds them: the reader keeps no message that nobody else does.
  private final List<Publication> held = new ArrayList<>();
  private final WallClock clock;

  DescribedState(WallClock clock) {
    this.clock = clock;
  }

  private static String text(ClientIdentity client) {
    return client.clientId()
        + "/"
        + client.username()
        + "/"
        + (client.listener() == null ? null : client.listener().name());
  }

  private static String text(Message message) {
    String payload = new String(message.payload());
    return message
        + " "
        + payload.substring(Math.max(0, payload.length() - 5))
        + " "
        + message.properties();
  }

  private String text(Publication publication) {
    held.add(publication);
    return text(publication.message())
        + (publication.isWill() ? " will of " : " of ")
        + text(publication.publisher())
        + " until "
        + clock.toWall(publication.expiresAt());
  }

  private String text(SavedDelivery delivery) {
    return text(delivery.publication())
        + " as "
        + delivery.qos()
        + delivery.retain()
        + delivery.subscriptionId()
        + delivery.sharedFilter()
        + " id "
        + delivery.packetId()
        + delivery.released();
  }

  @Override
  public void session(long session, ClientIdentity client, boolean isV5, long expiry) {
    lines.add(session + " is " + text(client) + isV5 + expiry);
  }

  @Override
  public void away(long session, long expiry, long expiresAt) {
    lines.add(session + " away " + expiry + " until " + clock.toWall(expiresAt));
  }

  @Override
  public void lastPacketId(long session, int packetId) {
    lines.add(session + " last id " + packetId);
  }

  @Override
  public void subscribed(long session, Subscription options, int identifier) {
    lines.add(session + " subscribed " + options + identifier);
  }

  @Override
  public void queued(long session, SavedDelivery delivery) {
    lines.add(session + " queued " + text(delivery));
  }

  @Override
  public void sent(long session, SavedDelivery delivery) {
    lines.add(session + " sent " + text(delivery));
  }

  @Override
  public void received(long session, int packetId, Publication publication) {
    lines.add(session + " received " + packetId + " " + text(publication));
  }

  @Override
  public void retained(Publication publication) {
    lines.add("retained " + text(publication) + " number " + publication.retainedNumber());
  }

  @Override
  public void will(ClientIdentity client, Will will, long delay, long due) {
    lines.add(
        "will of "
            + text(client)
            + text(will.publication())
            + will.delay()
            + delay
            + " at "
            + clock.toWall(due));
  }

  @Override
  public void ended(long session) {
    lines.add(session + " ended");
  }

  @Override
  public void unsubscribed(long session, String filter) {
    lines.add(session + " unsubscribed " + filter);
  }

  @Override
  public void fetching(
      long session, String filter, long newest, String after, boolean includesNewer) {
    lines.add(
        session + " fetches " + filter + " up to " + newest + " after " + after + includesNewer);
  }

  @Override
  public void fetched(long session, String filter) {
    lines.add(session + " fetched " + filter);
  }

  @Override
  public void unqueued(long session, long delivery) {
    lines.add(session + " unqueued " + delivery);
  }

  @Override
  public void released(long session, int packetId) {
    lines.add(session + " released " + packetId);
  }

  @Override
  public void finished(long session, int packetId) {
    lines.add(session + " finished " + packetId);
  }

  @Override
  public void receiptEnded(long session, int packetId) {
    lines.add(session + " receipt ended " + packetId);
  }

  @Override
  public void cleared(String topic) {
    lines.add("cleared " + topic);
  }

  @Override
  public void willGone(String clientId) {
    lines.add("will gone of " + clientId);
  }
}
