package dev.midge.cli.view;

import dev.midge.mqtt.ReceivedMessage;
import dev.midge.view.ViewException;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts the messages that could not be decoded, and tells of the first one of each topic. For one
 * thread.
 */
final class UndecodedMessages {
  /** So many topics are told of; a sender who makes up topics must not fill the memory. */
  private static final int MOST_TOPICS = 1000;

  private final Notes notes;
  private final Set<String> told = new HashSet<>();
  private long undecoded;
  private long all;

  UndecodedMessages(Notes notes) {
    this.notes = notes;
  }

  void decoded() {
    all++;
  }

  void undecoded(ReceivedMessage message, ViewException why) {
    all++;
    undecoded++;
    String topic = message.message().topic();
    if (told.size() < MOST_TOPICS && told.add(topic)) {
      notes.trouble(
          "Warning: ",
          "a message of the topic "
              + topic
              + " cannot be decoded and is printed as it came; "
              + why.getMessage()
              + ".");
    }
  }

  boolean isAny() {
    return undecoded > 0;
  }

  void tellCount() {
    if (undecoded > 0) {
      notes.line(
          undecoded
              + " of "
              + all
              + (all == 1 ? " message" : " messages")
              + " could not be decoded.",
          true);
    }
  }
}
