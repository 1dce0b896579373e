package dev.midge.cli.pipe;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Topics;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Chooses the messages that are sent, and changes them as the command line says. */
final class Editor {
  private final List<String> filters;
  private final List<TopicRewrite> rewrites;
  private final Overrides overrides;
  private final Consumer<String> warn;
  private boolean warned;

  /**
   * @param filters for the topics of the input; empty for all
   * @param warn takes lines for people
   */
  Editor(
      List<String> filters,
      List<TopicRewrite> rewrites,
      Overrides overrides,
      Consumer<String> warn) {
    this.filters = filters;
    this.rewrites = rewrites;
    this.overrides = overrides;
    this.warn = warn;
  }

  /**
   * Returns the message to send; null for one that is not sent.
   *
   * @param parts has given the message last
   */
  @Nullable PipedMessage edit(PipedMessage read, Parts parts) throws IOException {
    Message message = read.message();
    if (!isWanted(message.topic())) {
      return null;
    }
    String topic = message.topic();
    for (TopicRewrite rewrite : rewrites) {
      topic = rewrite.apply(topic);
      String flaw = TopicCheck.flaw(topic);
      if (flaw != null) {
        throw parts.noMessage(0, "the topic that --to-topic '" + rewrite + "' makes of it " + flaw);
      }
    }
    Message moved =
        topic.equals(message.topic())
            ? message
            : new Message(
                topic, message.payload(), message.qos(), message.retain(), message.properties());
    return new PipedMessage(overrides.apply(moved, lossy -> warnOfLoss(parts)), read.time());
  }

  private boolean isWanted(String topic) {
    for (String filter : filters) {
      if (Topics.matches(filter, topic)) {
        return true;
      }
    }
    return filters.isEmpty();
  }

  private void warnOfLoss(Parts parts) {
    if (!warned) {
      warned = true;
      warn.accept(
          "Warning: "
              + parts.place(0)
              + " has properties, which need MQTT 5, but -V says otherwise: they are dropped, here"
              + " and below.");
    }
  }
}
