package dev.midge.broker.core.session;

import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.SavedDelivery;
import dev.midge.broker.core.delivery.StateJournal;
import dev.midge.broker.core.topics.Dispatcher;
import dev.midge.broker.core.topics.RestoredDeliveries;
import dev.midge.broker.core.topics.SessionSubscription;
import dev.midge.broker.core.topics.Subscriptions;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Restores the state of a broker that has just been made from what another one has told its {@link
 * StateJournal}: as the state was, no message is sent and no will is published meanwhile. Router
 * thread only.
 */
public final class Restorer implements StateJournal {

  private static final class Restored {
    final Session session;
    boolean away;
    long expiresAt;

    Restored(Session session) {
      this.session = session;
    }
  }

  private record LeftWill(ClientIdentity client, Will will, long delay, long due) {}

  private final Sessions sessions;
  private final Wills wills;
  private final Subscriptions subscriptions;
  private final RestoredDeliveries deliveries;
  private final Dispatcher dispatcher;
  private final long now;
  private final Map<Long, Restored> bySession = new LinkedHashMap<>();
  private final Map<String, LeftWill> willsLeft = new LinkedHashMap<>();

  /**
   * Makes one.
   *
   * @param now the time of the restart
   */
  public Restorer(
      Sessions sessions,
      Wills wills,
      Subscriptions subscriptions,
      RestoredDeliveries deliveries,
      Dispatcher dispatcher,
      long now) {
    this.sessions = sessions;
    this.wills = wills;
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.dispatcher = dispatcher;
    this.now = now;
  }

  @Override
  public void session(long number, ClientIdentity client, boolean isV5, long expiry) {
    Restored restored =
        bySession.computeIfAbsent(
            number, key -> new Restored(sessions.restored(number, client.clientId())));
    restored.away = false;
    restored.session.identity(client);
    restored.session.outbox().isV5(isV5);
    restored.session.expiry = expiry;
  }

  private Restored find(long number) {
    Restored restored = bySession.get(number);
    if (restored == null) {
      throw new IllegalStateException("session " + number + " was never told of");
    }
    return restored;
  }

  private Session get(long number) {
    return find(number).session;
  }

  @Override
  public void away(long number, long expiry, long expiresAt) {
    Restored restored = find(number);
    restored.away = true;
    restored.session.expiry = expiry;
    restored.expiresAt = expiresAt;
  }

  @Override
  public void ended(long number) {
    sessions.removeRestored(get(number));
    bySession.remove(number);
  }

  @Override
  public void subscribed(long number, Subscription options, int identifier) {
    Session session = get(number);
    SessionSubscription subscription =
        new SessionSubscription(session.outbox(), options, identifier);
    session.subscriptions().put(options.filter(), subscription);
    subscriptions.add(subscription);
  }

  @Override
  public void unsubscribed(long number, String filter) {
    Session session = get(number);
    session.subscriptions().remove(filter);
    subscriptions.remove(session.outbox(), filter);
  }

  @Override
  public void lastPacketId(long number, int packetId) {
    get(number).outbox().saved().lastPacketId(packetId);
  }

  @Override
  public void queued(long number, SavedDelivery saved) {
    Session session = get(number);
    session.outbox().saved().queued(deliveries.of(saved, session.outbox()), saved);
  }

  @Override
  public void unqueued(long number, long delivery) {
    get(number).outbox().saved().unqueued(delivery);
  }

  @Override
  public void sent(long number, SavedDelivery saved) {
    Session session = get(number);
    session.outbox().saved().sent(deliveries.of(saved, session.outbox()), saved);
  }

  @Override
  public void released(long number, int packetId) {
    get(number).outbox().saved().released(packetId);
  }

  @Override
  public void finished(long number, int packetId) {
    get(number).outbox().saved().finished(packetId);
  }

  @Override
  public void fetching(
      long number, String filter, long newest, @Nullable String after, boolean includesNewer) {
    Session session = get(number);
    Map<String, SessionSubscription> all = session.subscriptions();
    if (all.containsKey(filter)) {
      session
          .outbox()
          .saved()
          .fetching(
              deliveries.fetch(
                  () -> Objects.requireNonNull(all.get(filter)), newest, after, includesNewer));
    }
  }

  @Override
  public void fetched(long number, String filter) {
    get(number).outbox().saved().fetched(filter);
  }

  @Override
  public void received(long number, int packetId, Publication publication) {
    get(number).qos2Receipts().arrived(packetId, publication);
  }

  @Override
  public void receiptEnded(long number, int packetId) {
    get(number).qos2Receipts().released(packetId);
  }

  @Override
  public void retained(Publication publication) {
    dispatcher.restore(publication, now);
  }

  @Override
  public void cleared(String topic) {
    dispatcher.restoreCleared(topic);
  }

  @Override
  public void will(ClientIdentity client, Will will, long delay, long due) {
    willsLeft.put(client.clientId(), new LeftWill(client, will, delay, due));
  }

  @Override
  public void willGone(String clientId) {
    willsLeft.remove(clientId);
  }

  /** Lets time run for the sessions: for clients that were connected, from now on. */
  public void startExpiry() {
    for (Restored restored : bySession.values()) {
      restored.session.outbox().disconnected();
      long expiry = restored.session.expiry;
      long fromNow = expiry == Timers.NEVER ? Timers.NEVER : now + expiry;
      sessions.expireAt(restored.session, restored.away ? restored.expiresAt : fromNow);
    }
  }

  /**
   * Publishes the wills that are left, now that a journal is told of it. The delay of one whose
   * client was connected counts from now on: the client could not come back before.
   *
   * @return how many clients with a will were connected
   */
  public int releaseWills() {
    Map<String, Session> byClient = new HashMap<>();
    bySession.values().forEach(each -> byClient.put(each.session.clientId(), each.session));
    int killed = 0;
    for (LeftWill left : willsLeft.values()) {
      killed += left.due == Timers.NEVER ? 1 : 0;
      @Nullable Session session = byClient.get(left.client.clientId());
      long due = left.due == Timers.NEVER ? now + left.delay : left.due;
      wills.restored(session, left.client, left.will, due, now);
    }
    return killed;
  }
}
