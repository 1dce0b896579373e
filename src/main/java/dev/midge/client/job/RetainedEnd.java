package dev.midge.client.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says how a subscriber finds out that all retained messages have come.
 *
 * @param topic a topic name that it publishes messages to and subscribes to: what it has published
 *     there comes behind the retained messages; null where it must publish nothing
 * @param idle the end also comes when nothing has come for so long
 */
public record RetainedEnd(@Nullable String topic, Duration idle) {}
