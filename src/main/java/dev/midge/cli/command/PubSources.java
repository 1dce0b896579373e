package dev.midge.cli.command;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.options.PayloadOptions;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.pipe.PipeOptions;
import dev.midge.client.job.MessageSource;
import dev.midge.client.job.PublishSpec;
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
    return payload.isFile() ? null : Boolean.FALSE;
  }

  /** Returns the messages. */
  MessageSource toSource(ProcessContext context, PayloadOptions payload, PublishSpec publish) {
    return pipe.toSource(context.in(), payload, publish);
  }
}
