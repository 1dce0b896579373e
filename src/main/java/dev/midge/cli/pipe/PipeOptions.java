package dev.midge.cli.pipe;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.options.PayloadOptions;
import dev.midge.cli.options.RepeatOptions;
import dev.midge.cli.parse.FrameArgument;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.TopicArgument;
import dev.midge.client.source.MessageSource;
import dev.midge.client.source.PayloadMessages;
import dev.midge.client.source.PayloadSource;
import dev.midge.client.source.PublishSpec;
import dev.midge.client.source.Ticker;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code pub} that say how the input is divided into messages, and what they are.
 */
public final class PipeOptions implements OptionTable.Source {
  private static final String STANDARD_INPUT = "the standard input";

  private boolean fromJson;
  private boolean replay;
  private @Nullable Double speed;
  private final List<String> filters = new ArrayList<>();
  private final List<TopicRewrite> rewrites = new ArrayList<>();
  private @Nullable String separator;
  private boolean nul;
  private boolean framed;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.RECORDING)
        .add(
            Option.flag(
                    "Send the messages that sub --json has recorded, or mosquitto_sub -F %%j, from standard input or -f FILE; -t, -q, -r and -D override the recording.",
                    () -> fromJson = true, "--from-json")
                .own())
        .add(
            Option.flag(
                    "Send the messages of --from-json at the intervals at which they were recorded.",
                    () -> replay = true,
                    "--replay")
                .own())
        .add(
            Option.value(
                    "X",
                    "no speed",
                    "Replay X times as fast as recorded; fractions are allowed (default: 1).",
                    this::speed,
                    "--speed")
                .own())
        .add(
            Option.value(
                    "FILTER",
                    "no topic filter",
                    "Send only messages whose topic in the input matches the filter, or one of several.",
                    this::filter,
                    "--filter")
                .own())
        .add(
            Option.value(
                    "s/REGEX/TO/",
                    "no substitution",
                    "Change topics as sed does: any delimiter, groups as \\1 or $1, s/REGEX/TO/g for all; may be repeated.",
                    word -> rewrites.add(TopicRewrite.parse(word)),
                    "--to-topic")
                .own())
        .add(
            Option.value(
                    "SEP",
                    "no separator",
                    "Each line holds a topic, SEP, and the payload; \\t is a tab.",
                    this::separator,
                    "--topic-from-line")
                .own())
        .add(
            Option.flag(
                    "One message for each part of standard input that ends with a NUL byte.",
                    () -> nul = true,
                    "-0",
                    "--null")
                .own())
        .add(
            Option.value(
                    "u32",
                    "no form",
                    "One message for each frame of standard input: its length in four bytes, most significant byte first, and the payload.",
                    this::frame,
                    "--frame")
                .own());
  }

  private void filter(String word) {
    refuse(
        word.startsWith("$share/"),
        "--filter chooses among the messages of the input, and has no $share/NAME/ in front");
    filters.add(TopicArgument.filter(word, "--filter", "filter"));
  }

  private void speed(String word) {
    double given = MidgeCompatibility.INSTANCE.decimal(word);
    if (!(given > 0 && given < Double.POSITIVE_INFINITY)) {
      throw new UsageException(
          "Error: Invalid --speed argument '"
              + word
              + "': it is a number above 0, such as 10 or 0.5.");
    }
    speed = given;
  }

  private void separator(String word) {
    if (word.isEmpty()) {
      throw new UsageException(
          "Error: --topic-from-line is empty: it separates topic and payload.");
    }
    separator = word;
  }

  private void frame(String word) {
    FrameArgument.check(word);
    framed = true;
  }

  /** Tells whether one of the options was given. */
  public boolean isGiven() {
    return fromJson
        || separator != null
        || nul
        || framed
        || replay
        || speed != null
        || !filters.isEmpty()
        || !rewrites.isEmpty();
  }

  /** Tells whether the messages have no topic of their own. */
  public boolean needsTopic() {
    return !fromJson && separator == null;
  }

  /**
   * Checks that the options fit together, and to the others.
   *
   * @throws UsageException when they contradict each other
   */
  public void check(PayloadOptions payload, RepeatOptions repeat, boolean topicGiven) {
    refuse(nul && framed, "-0 and --frame exclude each other: give one");
    refuse(
        fromJson && payload.isGiven() && payload.fileName() == null,
        "--from-json cannot be combined with -m, -s, -n or -l");
    refuse(
        fromJson && separator != null,
        "--from-json and --topic-from-line exclude each other: a recording tells the topics");
    // What lacks its option comes before what that option, which was not given, would exclude.
    refuse(replay && !fromJson, "--replay needs --from-json: only recordings have times");
    refuse(speed != null && !replay, "--speed needs --replay");
    boolean edits = !filters.isEmpty() || !rewrites.isEmpty();
    refuse(
        edits && needsTopic(),
        "--filter and --to-topic need messages with topics: --from-json or --topic-from-line");
    refuse(
        !fromJson && payload.isGiven() && !payload.isLines(),
        "--topic-from-line, -0 and --frame cannot be combined with -m, -f, -s or -n");
    refuse(
        separator != null && topicGiven, "-t and --topic-from-line exclude each other: give one");
    refuse(
        repeat.isGiven() || !repeat.delay().isZero(),
        "--repeat and --repeat-delay cannot be combined with --from-json, --topic-from-line, -0 or --frame");
    refuse(
        !rewrites.isEmpty() && topicGiven,
        "-t sends all messages to one topic, and excludes --to-topic");
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new UsageException("Error: " + why + ".");
    }
  }

  /**
   * Returns the messages of the input.
   *
   * @param in standard input
   * @param publish makes messages of payloads
   * @param overrides win over what the messages of the input have themselves
   * @param warn takes lines for people
   * @throws UsageException when the file cannot be opened
   */
  public MessageSource toSource(
      InputStream in,
      PayloadOptions payload,
      PublishSpec publish,
      Overrides overrides,
      Consumer<String> warn) {
    String file = payload.fileName();
    InputStream from = file == null ? in : payload.openFile();
    String name = file == null ? STANDARD_INPUT : file;
    if (needsTopic()) {
      return new PayloadMessages(parts(from, name), publish);
    }
    Editor editor = new Editor(filters, rewrites, overrides, warn);
    if (separator != null) {
      MessageReader reader = new TopicLineReader(separator);
      return new PipedMessages(numbered(from, name), reader, editor, null);
    }
    Parts objects = framed ? numbered(from, name) : new JsonObjects(from, name);
    return new PipedMessages(
        objects,
        new RecordReader(replay, warn),
        editor,
        replay ? new Replay(speed == null ? 1 : speed, Ticker.SYSTEM) : null);
  }

  private Parts numbered(InputStream in, String name) {
    return new NumberedParts(parts(in, name), framed ? "Frame" : nul ? "Message" : "Line", name);
  }

  private PayloadSource parts(InputStream in, String name) {
    return framed ? new FrameSource(in, name) : new LineSource(in, nul ? (byte) 0 : (byte) '\n');
  }
}
