package dev.midge.client.job;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Topics;
import java.util.List;
import java.util.function.Predicate;

/**
 * Says which of the received messages a subscriber takes, and how many.
 *
 * @param count ends after so many messages; 0 for no limit
 * @param retainedOnly ends at the first message without retain flag
 * @param ignoreRetained drops messages with retain flag
 * @param removeRetained publishes an empty retained message for each retained one
 * @param filterOut drops messages whose topic matches one of these filters
 * @param only drops messages that are not of these
 */
public record Selection(
    int count,
    boolean retainedOnly,
    boolean ignoreRetained,
    boolean removeRetained,
    List<String> filterOut,
    Predicate<Message> only) {

  /** Makes one of all messages that nothing else drops. */
  public Selection(
      int count,
      boolean retainedOnly,
      boolean ignoreRetained,
      boolean removeRetained,
      List<String> filterOut) {
    this(count, retainedOnly, ignoreRetained, removeRetained, filterOut, message -> true);
  }

  /** Returns the selection of everything, up to a count. */
  public static Selection of(int count) {
    return new Selection(count, false, false, false, List.of());
  }

  /** Returns whether that message is the end. */
  boolean endsAt(Message message) {
    return retainedOnly && !message.retain();
  }

  /** Returns whether that message is dropped and not counted. */
  boolean drops(Message message) {
    if (ignoreRetained && message.retain()) {
      return true;
    }
    for (String filter : filterOut) {
      if (Topics.matches(filter, message.topic())) {
        return true;
      }
    }
    return !only.test(message);
  }

  /** Returns whether that message is to be removed from the broker. */
  boolean removes(Message message) {
    return removeRetained && isRemovable(message);
  }

  /**
   * Returns whether that message is retained at the broker, and can be removed. An empty one is no
   * retained message but the one that removes another, as published.
   */
  public static boolean isRemovable(Message message) {
    return message.retain() && message.payload().length > 0;
  }
}
