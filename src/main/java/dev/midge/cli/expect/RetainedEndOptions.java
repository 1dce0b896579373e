package dev.midge.cli.expect;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.TopicArgument;
import dev.midge.client.job.RetainedEnd;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * {@code --retained} and its companions: {@code sub} ends when the retained messages are through.
 */
final class RetainedEndOptions implements OptionTable.Source {
  private static final Duration USUAL_IDLE = Duration.ofSeconds(2);
  private static final String OWN_TOPICS = "midge/retained/";

  private boolean retained;
  private @Nullable String topic;
  private @Nullable Duration idle;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.RETAINED)
        .add(
            Option.flag(
                    "Print the retained messages and end, even if there are none. To know when all have come, midge publishes messages of its own, not retained, to "
                        + OWN_TOPICS
                        + "ID; where the broker does not allow that, it ends after 2 s without a message.",
                    () -> retained = true,
                    "--retained")
                .own())
        .add(
            Option.value(
                    "TOPIC",
                    "no topic",
                    "With --retained: publish midge's own messages to that topic; you must be allowed to publish and subscribe to it.",
                    word -> topic = TopicArgument.name(word, "--barrier-topic", "barrier"),
                    "--barrier-topic")
                .own())
        .add(
            Option.value(
                    "TIME",
                    "no time",
                    "With --retained: publish nothing, and end when no retained message has come for that"
                        + " long, such as 1s.",
                    word -> idle = Times.parse(word, "--retained-idle"),
                    "--retained-idle")
                .own());
  }

  /**
   * Returns how the end of retained messages is found; null where it is not asked for.
   *
   * @param contradiction the option, as given, with which none would come, or an end; null for none
   */
  @Nullable RetainedEnd toEnd(@Nullable String contradiction) {
    if (!retained) {
      if (topic != null || idle != null) {
        throw new UsageException(
            "Error: "
                + (topic != null ? "--barrier-topic" : "--retained-idle")
                + " needs --retained.");
      }
      return null;
    }
    if (contradiction != null) {
      throw new UsageException("Error: --retained cannot be combined with " + contradiction + ".");
    }
    if (idle != null) {
      if (topic != null) {
        throw new UsageException(
            "Error: --retained-idle publishes nothing: it cannot be combined with --barrier-topic.");
      }
      return new RetainedEnd(null, idle);
    }
    String own = OWN_TOPICS + Long.toHexString(ThreadLocalRandom.current().nextLong());
    return new RetainedEnd(topic == null ? own : topic, USUAL_IDLE);
  }
}
