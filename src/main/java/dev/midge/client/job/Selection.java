package dev.midge.client.job;

import java.util.List;

/**
 * Which of the received messages a subscriber takes, and how many.
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

  /** Everything, up to a count. */
  public static Selection of(int count) {
    return new Selection(count, false, false, false, List.of());
  }
}
