package dev.midge.client.job;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Subscription;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says what {@code rr} asks and where it waits for the answer.
 *
 * @param request the whole request; its properties hold the response topic in MQTT 5
 * @param answers the subscription to the response topic
 * @param ignoreRetained whether a retained message is no answer
 * @param timeout null where it waits without a limit
 * @param fromConnection whether the time-out counts from the TCP connection, not from the start
 * @param correlated whether an answer is known by the correlation data of the request
 */
public record RequestSpec(
    Message request,
    Subscription answers,
    Properties subscribeProperties,
    Properties disconnectProperties,
    boolean ignoreRetained,
    @Nullable Duration timeout,
    boolean fromConnection,
    boolean correlated) {

  /**
   * Returns whether a message may be the answer: not with another request's correlation data. One
   * without any may be, since not all who answer return it, or can.
   */
  boolean isAnsweredBy(Message message) {
    byte[] asked = request.properties().bytes(Property.CORRELATION_DATA);
    byte[] returned = message.properties().bytes(Property.CORRELATION_DATA);
    return !correlated || asked == null || returned == null || Arrays.equals(asked, returned);
  }
}
