package dev.midge.cli.make;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.options.PayloadOptions;
import dev.midge.cli.options.RepeatOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.source.MessageSource;
import org.jspecify.annotations.Nullable;

/** The options by which {@code pub} makes payloads and topics, and sends at a rate. */
public final class MakeOptions implements OptionTable.Source {
  private static final String TEMPLATE = "--template";
  private static final String TOPIC_TEMPLATE = "--topic-template";

  private final ProcessContext context;
  private @Nullable Template payload;
  private @Nullable Template topic;
  private @Nullable Rate rate;
  private @Nullable Long seed;
  private int size = -1;

  /** Makes them, with none given. */
  public MakeOptions(ProcessContext context) {
    this.context = context;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.MESSAGE)
        .add(
            Option.value(
                    "TEXT",
                    "no template",
                    "Make each payload of TEXT, in which {count}, {time}, {unix-ms}, {uuid}, {random 1 6}, the {line} of -l and other words of midge-pub(1) are replaced by values.",
                    word -> payload = parse(TEMPLATE, word),
                    TEMPLATE)
                .own())
        .add(
            Option.value(
                    "TEXT",
                    "no template",
                    "Make each topic of TEXT in the same way, in place of -t.",
                    word -> topic = parse(TOPIC_TEMPLATE, word),
                    TOPIC_TEMPLATE)
                .own())
        .add(
            Option.value(
                    "BYTES",
                    "no size",
                    "Make payloads of that many random bytes, such as 100, 10k or 1M; with --template, pad the payload with blanks to that size.",
                    word -> size = ByteSize.parse(word),
                    "--size")
                .own())
        .add(
            Option.value(
                    "N",
                    "no seed",
                    "Seed for the random parts of --template, --topic-template and --size: the same seed gives the same messages.",
                    this::seed,
                    "--seed")
                .own())
        .add(
            Option.value(
                    "N[/s|/m|/h]",
                    "no rate",
                    "Send the messages of -l or --repeat evenly, N per second, minute or hour, without waiting for acknowledgements.",
                    word -> rate = Rate.parse(word),
                    "--rate")
                .own());
  }

  private Template parse(String option, String text) {
    return TemplateParser.parse(option, text, context.environment());
  }

  private void seed(String word) {
    if (!word.matches("-?[0-9]{1,18}")) {
      throw new UsageException("Error: --seed takes a whole number, not '" + word + "'.");
    }
    seed = Long.valueOf(word);
  }

  /**
   * Returns the topic; empty where each message gets one of its own.
   *
   * @param given that of -t or -L; null for none
   * @throws UsageException when there are both
   */
  public @Nullable String topic(@Nullable String given) {
    if (topic == null) {
      return given;
    }
    if (given != null) {
      throw new UsageException(
          "Error: --topic-template makes the topic; leave out -t, or the topic in -L.");
    }
    return "";
  }

  /** Tells whether each message gets a payload of its own. */
  public boolean makesPayload() {
    return payload != null || size >= 0;
  }

  /**
   * Returns the one payload; empty where one is made for each message.
   *
   * @return null when there is none, or more than one by -l
   * @throws UsageException when there are two payloads, or the one cannot be read
   */
  public byte @Nullable [] payload(PayloadOptions others) {
    checkSeed();
    if (payload == null && size < 0) {
      return others.toPayload(context.in());
    }
    String option = payload == null ? "--size" : TEMPLATE;
    if (others.isGiven() && !(others.isLines() && payload != null)) {
      throw new UsageException(
          "Error: "
              + option
              + " makes the payload: "
              + (payload == null
                  ? "leave out -m, -f, -s, -n and -l."
                  : "leave out -m, -f, -s and -n; only -l gives lines for it."));
    }
    return others.toPayload(context.in()) == null && !others.isLines() ? new byte[0] : null;
  }

  private void checkSeed() {
    if (payload == null && size < 0 && topic == null && seed != null) {
      throw new UsageException("Error: --seed needs a --template, a --topic-template or a --size.");
    }
  }

  /**
   * Checks the options for messages whose payloads come from a recording or from parts of the
   * input.
   *
   * @throws UsageException when another payload is to be made in their place
   */
  public void checkStream() {
    checkSeed();
    if (size >= 0 && payload == null) {
      throw new UsageException(
          "Error: --size makes the payload: leave out --from-json, --topic-from-line, -0 and --frame.");
    }
  }

  /**
   * Returns the messages as they are to be sent, at their times.
   *
   * @param given the messages to make them of; those of {@code --repeat} unless they are a stream
   * @throws UsageException for what cannot be made of these
   */
  public MessageSource over(MessageSource given, RepeatOptions repeat, PublishingClient client) {
    require(TemplateWord.LINE, given.isStream(), "needs the lines of -l");
    require(
        TemplateWord.ID,
        !client.id().isEmpty(),
        "needs a client id (-i or -I), for the broker's own choice is not known yet");
    MessageSource source = rate == null ? given : rated(given, rate, repeat);
    return payload == null && topic == null && size < 0
        ? source
        : new MadeMessages(
            source,
            new MadeMessages.Recipe(payload, topic, size),
            client,
            new Chance(seed, client.number()),
            context.clock().get());
  }

  private void require(TemplateWord word, boolean possible, String need) {
    boolean inPayload = payload != null && payload.has(word);
    if (!possible && (inPayload || topic != null && topic.has(word))) {
      throw new UsageException(
          "Error: "
              + (inPayload ? TEMPLATE : TOPIC_TEMPLATE)
              + ": {"
              + word.word()
              + "} "
              + need
              + ".");
    }
  }

  private static MessageSource rated(MessageSource given, Rate rate, RepeatOptions repeat) {
    if (!given.isStream() && !repeat.isGiven()) {
      throw new UsageException(
          "Error: --rate needs more than one message: give --repeat N, --repeat forever or -l.");
    }
    if (!repeat.delay().isZero()) {
      throw new UsageException(
          "Error: --rate and --repeat-delay cannot be used together: the rate says when.");
    }
    return new RatedMessages(given, rate);
  }
}
