package dev.midge.broker.core.delivery;

/**
 * The messages of one session that have to survive the end of the broker: describes them to a
 * {@link StateJournal}, and takes them back. Router thread only.
 */
public final class SavedDeliveries {
  private final InflightDeliveries inflight;
  private final PendingQueue queue;
  private final RetainedFetches retained;

  SavedDeliveries(InflightDeliveries inflight, PendingQueue queue, RetainedFetches retained) {
    this.inflight = inflight;
    this.queue = queue;
    this.retained = retained;
  }

  /** Tells the journal of all messages there are. */
  public void describeTo(SessionJournal to) {
    inflight.all().forEach(each -> to.journal().sent(to.session(), each.saved()));
    to.journal().lastPacketId(to.session(), inflight.lastPacketId());
    queue.all().forEach(each -> to.journal().queued(to.session(), each.saved()));
    retained.describeTo(to);
  }

  /** Restores what {@link StateJournal#fetching} tells. */
  public void fetching(RetainedSource source) {
    retained.restore(source);
  }

  /** Restores what {@link StateJournal#fetched} tells. */
  public void fetched(String filter) {
    retained.remove(filter);
  }

  /** Restores what {@link StateJournal#lastPacketId} tells. */
  public void lastPacketId(int packetId) {
    inflight.lastPacketId(packetId);
  }

  /** Restores a message of the queue. */
  public void queued(Delivery delivery, SavedDelivery saved) {
    delivery.number = saved.number();
    queue.restore(delivery);
  }

  /** Restores what {@link StateJournal#unqueued} tells. */
  public void unqueued(long number) {
    queue.remove(number);
  }

  /** Restores a message that waits for its acknowledgement. */
  public void sent(Delivery delivery, SavedDelivery saved) {
    delivery.packetId = saved.packetId();
    delivery.released = saved.released();
    inflight.restore(delivery);
  }

  /** Restores what {@link StateJournal#released} tells. */
  public void released(int packetId) {
    Delivery delivery = inflight.find(packetId);
    if (delivery != null) {
      inflight.released(delivery);
    }
  }

  /** Restores what {@link StateJournal#finished} tells. */
  public void finished(int packetId) {
    Delivery delivery = inflight.find(packetId);
    if (delivery != null) {
      inflight.remove(delivery);
    }
  }
}
