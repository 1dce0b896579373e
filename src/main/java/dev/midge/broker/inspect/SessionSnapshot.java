package dev.midge.broker.inspect;

import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The session of a client at one moment.
 *
 * @param connection null while the client is away
 * @param kept time for which the session is kept after the connection; null for ever
 * @param endsIn time until an absent client's session ends; null if that is not planned
 * @param subscriptions as granted, by their filters
 * @param unreleased QoS 2 messages that the client has published and not released yet
 * @param will of the present connection
 * @param delayedWill of the last connection, while its delay runs
 * @param delayedWillIn time until that is published
 */
public record SessionSnapshot(
    String clientId,
    @Nullable ConnectionSnapshot connection,
    @Nullable Duration kept,
    @Nullable Duration endsIn,
    List<SubscriptionSnapshot> subscriptions,
    Waiting waiting,
    int unreleased,
    @Nullable Will will,
    @Nullable Will delayedWill,
    @Nullable Duration delayedWillIn) {

  public SessionSnapshot {
    subscriptions = List.copyOf(subscriptions);
  }

  /**
   * A subscription.
   *
   * @param identifier Subscription Identifier; 0 for none
   */
  public record SubscriptionSnapshot(Subscription options, int identifier) {}

  /**
   * Messages that the client has not taken yet: sent and not acknowledged, or not sent yet.
   *
   * @param inflightBytes of their payloads
   * @param queuedBytes of their payloads
   */
  public record Waiting(int inflight, long inflightBytes, int queued, long queuedBytes) {}
}
