package dev.midge.client.job;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Topics;
import java.util.List;

/**
 * Says which of the received messages a subscriber takes, and how many.
 *
 * @param count ends after so many messages; 0 for no limit
 * @param retainedOnly ends at the first message without retain flag
 * @param ignoreRetained drops messages with retain flag
 * @param removeRetained publishes an empty retained message for each retained one
 * @param filterOut drops messages whose topic matches one of these filters
 */
public record Selection(
    int count,
    boolean retainedOnly,
    boolean ignoreRetained,
    boolean removeRetained,
    List<String> filterOut) {

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
    return false;
  }

  /**
   * Returns whether that message is to be removed from the broker. An empty one is no retained
   * message but the one that removes another, as published.
   */
  boolean removes(Message message) {
    return removeRetained && message.retain() && message.payload().length > 0;
  }
}
