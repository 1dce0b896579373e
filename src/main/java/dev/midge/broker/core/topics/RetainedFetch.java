package dev.midge.broker.core.topics;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.delivery.Delivery;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.RetainedSource;
import dev.midge.broker.core.delivery.SessionJournal;
import dev.midge.mqtt.Qos;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the retained messages for a new subscription from the store, topic by topic. The store may
 * change meanwhile: the message that it has when a topic is read is sent.
 */
public final class RetainedFetch implements RetainedSource {
  private final Retained store;
  private final Supplier<SessionSubscription> subscription;
  private final Limits limits;
  private final String filter;
  private final List<String> levels; // of the filter
  private final long newestAtStart;
  private final boolean checksSource;
  private @Nullable List<String> last; // the topic that was read last
  private boolean includesNewer;

  /**
   * @param subscription gives the subscription with its present options, as long as it lasts
   * @param checksSource whether a message is left out whose publisher may not write its topic now
   */
  public RetainedFetch(
      Retained store,
      Supplier<SessionSubscription> subscription,
      Limits limits,
      boolean checksSource) {
    this(store, subscription, limits, checksSource, store.newest(), null, false);
  }

  @Override
  public String filter() {
    return filter;
  }

  @Override
  public Qos qos() {
    return subscription.get().qos();
  }

  /**
   * Makes one that goes on where another broker has ended.
   *
   * @param last the topic that was read last; null for none
   */
  RetainedFetch(
      Retained store,
      Supplier<SessionSubscription> subscription,
      Limits limits,
      boolean checksSource,
      long newestAtStart,
      @Nullable String last,
      boolean includesNewer) {
    this.store = store;
    this.subscription = subscription;
    this.limits = limits;
    this.checksSource = checksSource;
    this.filter = subscription.get().filter();
    this.levels = TopicLevels.of(filter);
    this.newestAtStart = newestAtStart;
    this.last = last == null ? null : TopicLevels.of(last);
    this.includesNewer = includesNewer;
  }

  @Override
  public boolean includeNewer() {
    boolean isNew = !includesNewer;
    includesNewer = true;
    return isNew;
  }

  @Override
  public void describeTo(SessionJournal to) {
    String after = last == null ? null : String.join("/", last);
    to.journal().fetching(to.session(), filter, newestAtStart, after, includesNewer);
  }

  @Override
  public @Nullable Delivery next(long now) {
    SessionSubscription current = subscription.get();
    Publication publication;
    while ((publication = store.next(levels, last, now)) != null) {
      String topic = publication.message().topic();
      last = TopicLevels.of(topic);
      boolean isWanted =
          (includesNewer || publication.retainedNumber() <= newestAtStart)
              && (!checksSource || publication.publisher().mayWrite(topic));
      if (isWanted && !current.isOwn(publication)) { // [MQTT-3.8.3-3]
        return current.retained(publication, limits);
      }
    }
    return null;
  }
}
