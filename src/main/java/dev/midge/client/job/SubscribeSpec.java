package dev.midge.client.job;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what {@code sub} asks for and when it has enough.
 *
 * @param subscriptions may be empty: then no SUBSCRIBE is sent
 * @param unsubscriptions filters to unsubscribe from, each in an UNSUBSCRIBE of its own, after
 *     SUBSCRIBE
 * @param selection which messages are taken
 * @param endAfterSuback whether SUBACK is the end ({@code -E})
 * @param timeout ends after that time, counted from the TCP connection; null for no limit
 */
public record SubscribeSpec(
    List<Subscription> subscriptions,
    List<String> unsubscriptions,
    Properties subscribeProperties,
    Properties unsubscribeProperties,
    Properties disconnectProperties,
    Selection selection,
    boolean endAfterSuback,
    @Nullable Duration timeout) {}
