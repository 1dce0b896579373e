package dev.midge.cli.command;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.expect.RetryOptions;
import dev.midge.cli.fleet.FleetOptions;
import dev.midge.cli.make.MakeOptions;
import dev.midge.cli.make.PublishingClient;
import dev.midge.cli.options.ConnectTimeout;
import dev.midge.cli.options.PayloadOptions;
import dev.midge.cli.options.RepeatOptions;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.pipe.LineSource;
import dev.midge.cli.pipe.Overrides;
import dev.midge.cli.pipe.PipeOptions;
import dev.midge.cli.pipe.StandardInput;
import dev.midge.cli.view.GivenPayloads;
import dev.midge.client.ConnectSpec;
import dev.midge.client.source.MessageSource;
import dev.midge.client.source.PayloadMessages;
import dev.midge.client.source.PublishSpec;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Picks the source of the messages of {@code pub} where that is more than one payload or the lines
 * of standard input. It is made when a word of the command line may be one of its options. Messages
 * are read or repeated, then made and sent at a rate, in their form.
 */
final class PubSources {
  private final ProcessContext context;
  private final PipeOptions pipe = new PipeOptions();
  private final MakeOptions make;
  private final FleetOptions fleet = FleetOptions.ofPub();
  private final GivenPayloads views = new GivenPayloads();
  private final RetryOptions retry =
      new RetryOptions("with -l forever, once the broker was reached; else never");

  PubSources(ProcessContext context) {
    this.context = context;
    this.make = new MakeOptions(context);
  }

  /** Adds the options of all sources. */
  void addTo(OptionTable table) {
    table.later(pipe).later(make).later(views).later(retry).later(fleet);
  }

  /** Tells whether the input is divided into messages by one of these options. */
  boolean isStream() {
    return pipe.isGiven();
  }

  /**
   * Returns the one payload; empty where one is made for each message, null for a stream.
   *
   * @throws UsageException when options contradict each other, or the payload cannot be read
   */
  byte @Nullable [] payload(PayloadOptions payload) {
    if (pipe.isGiven()) {
      make.checkStream();
      return null;
    }
    byte[] single = make.payload(payload);
    return make.makesPayload() ? single : views.of(single);
  }

  /**
   * Returns the topic; empty where each message has one of its own.
   *
   * @param given that of -t or -L; null for none
   * @return null when there is none
   * @throws UsageException when options contradict each other
   */
  @Nullable String topic(@Nullable String given, PayloadOptions payload, RepeatOptions repeat) {
    if (pipe.isGiven()) {
      pipe.check(payload, repeat, given != null);
    }
    String topic = make.topic(given);
    return topic == null && pipe.isGiven() && !pipe.needsTopic() ? "" : topic;
  }

  /** Returns the options for many clients; null where there is one. */
  @Nullable FleetOptions fleet() {
    return fleet.isGiven() ? fleet : null;
  }

  /** Returns the connection with the tries that are wanted. */
  ConnectSpec toSpec(ConnectSpec given, ConnectTimeout timeout) {
    return retry.toSpec(given, timeout);
  }

  /** Returns whether standard input ends before the client connects; null where it is not read. */
  @Nullable Boolean inputEnded(PayloadOptions payload) {
    return !pipe.isGiven()
        ? payload.inputEnded()
        : payload.fileName() == null ? Boolean.FALSE : null;
  }

  /**
   * Returns the messages.
   *
   * @param single the one payload; null for a stream
   * @param publish what the command line says of each message, where that itself says nothing
   * @param overrides what it says of messages that say all themselves
   * @param client the one that publishes them
   * @param warn takes lines for people
   */
  MessageSource toSource(
      PayloadOptions payload,
      byte @Nullable [] single,
      PublishSpec publish,
      Overrides overrides,
      RepeatOptions repeat,
      PublishingClient client,
      Consumer<String> warn) {
    MessageSource given =
        pipe.isGiven()
            ? pipe.toSource(StandardInput.of(context.in()), payload, publish, overrides, warn)
            : single == null
                ? new PayloadMessages(new LineSource(StandardInput.of(context.in())), publish)
                : repeat.toSource(publish.message(single));
    MessageSource made = make.over(given, repeat, client);
    return single != null && !make.makesPayload()
        ? made // The payload is in its form already.
        : views.of(made, payload.isLines() ? "line" : "message");
  }
}
