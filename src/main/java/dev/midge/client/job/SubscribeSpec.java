package dev.midge.client.job;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Says what {@code sub} asks for and when it has enough.
 *
 * @param subscriptions may be empty: then no SUBSCRIBE is sent
 * @param unsubscriptions filters to unsubscribe from, each in an UNSUBSCRIBE of its own, after
 *     SUBSCRIBE
 * @param selection which messages are taken
 * @param endAfterSuback whether SUBACK is the end ({@code -E})
 * @param timeout ends after that time, counted from the TCP connection, or from the start where the
 *     first connection is tried again; null for no limit
 * @param retainedEnd ends when all retained messages have come; null where that is no end
 * @param enough ends when that completes
 */
public record SubscribeSpec(
    List<Subscription> subscriptions,
    List<String> unsubscriptions,
    Properties subscribeProperties,
    Properties unsubscribeProperties,
    Properties disconnectProperties,
    Selection selection,
    boolean endAfterSuback,
    @Nullable Duration timeout,
    @Nullable RetainedEnd retainedEnd,
    CompletableFuture<?> enough) {

  /** Makes one with no other end. */
  public SubscribeSpec(
      List<Subscription> subscriptions,
      List<String> unsubscriptions,
      Properties subscribeProperties,
      Properties unsubscribeProperties,
      Properties disconnectProperties,
      Selection selection,
      boolean endAfterSuback,
      @Nullable Duration timeout) {
    this(
        subscriptions,
        unsubscriptions,
        subscribeProperties,
        unsubscribeProperties,
        disconnectProperties,
        selection,
        endAfterSuback,
        timeout,
        null,
        new CompletableFuture<>());
  }

  /** Returns the same with these ends. */
  public SubscribeSpec with(
      @Nullable Duration time, @Nullable RetainedEnd through, CompletableFuture<?> end) {
    return new SubscribeSpec(
        subscriptions,
        unsubscriptions,
        subscribeProperties,
        unsubscribeProperties,
        disconnectProperties,
        selection,
        endAfterSuback,
        time,
        through,
        end);
  }

  /** Returns the highest QoS of the subscriptions. */
  Qos mostQos() {
    return subscriptions.stream()
        .map(Subscription::qos)
        .max(Comparator.naturalOrder())
        .orElse(Qos.AT_MOST_ONCE);
  }
}
