package dev.midge.client;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import java.time.Duration;
import java.util.List;

/**
 * What {@code sub} asks for and when it has enough. {@code conn} is a subscriber without
 * subscriptions.
 *
 * @param subscriptions may be empty: then no SUBSCRIBE is sent
 * @param count ends after so many messages; 0 for no limit
 * @param timeout ends after that time, counted from the TCP connection; null for no limit
 */
public record SubscribeSpec(
    List<Subscription> subscriptions,
    Properties subscribeProperties,
    Properties disconnectProperties,
    int count,
    Duration timeout) {}
