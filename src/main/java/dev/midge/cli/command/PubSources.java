package dev.midge.cli.command;

import dev.midge.cli.UsageException;
import dev.midge.cli.options.PayloadOptions;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.pipe.Overrides;
import dev.midge.cli.pipe.PipeOptions;
import dev.midge.client.job.MessageSource;
import dev.midge.client.job.PublishSpec;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Picks the source of the messages of {@code pub} where that is more than one payload or the lines
 * of standard input. It is made when a word of the command line may be one of its options.
 */
final class PubSources {
  private final PipeOptions pipe = new PipeOptions();

  /** Adds the options of all sources. */
  void addTo(OptionTable table) {
    table.later(pipe);
  }

  /** Tells whether one of the options was given, so that the messages come from here. */
  boolean isGiven() {
    return pipe.isGiven();
  }

  /**
   * Checks that the options fit together, and to the others.
   *
   * @throws UsageException when they contradict each other
   */
  void check(PayloadOptions payload, boolean topicGiven) {
    pipe.check(payload, topicGiven);
  }

  /** Tells whether the messages have no topic of their own. */
  boolean needsTopic() {
    return pipe.needsTopic();
  }

  /** Returns whether standard input ends before the client connects; null where it is not read. */
  @Nullable Boolean inputEnded(PayloadOptions payload) {
    return payload.fileName() == null ? Boolean.FALSE : null;
  }

  /**
   * Returns the messages.
   *
   * @param in standard input
   * @param publish what the command line says of each message, where that itself says nothing
   * @param overrides what it says of messages that say all themselves
   * @param warn takes lines for people
   */
  MessageSource toSource(
      InputStream in,
      PayloadOptions payload,
      PublishSpec publish,
      Overrides overrides,
      Consumer<String> warn) {
    return pipe.toSource(in, payload, publish, overrides, warn);
  }
}
