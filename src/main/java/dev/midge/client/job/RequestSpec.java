package dev.midge.client.job;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says what {@code rr} asks and where it waits for the answer.
 *
 * @param request the whole request; its properties hold the response topic in MQTT 5
 * @param answers the subscription to the response topic
 * @param ignoreRetained whether a retained message is no answer
 * @param timeout null where it waits without a limit
 * @param fromConnection whether the time-out counts from the TCP connection, not from the start
 */
public record RequestSpec(
    Message request,
    Subscription answers,
    Properties subscribeProperties,
    Properties disconnectProperties,
    boolean ignoreRetained,
    @Nullable Duration timeout,
    boolean fromConnection) {}
