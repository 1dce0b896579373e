package dev.midge.cli.exec;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.RawArguments;
import dev.midge.cli.parse.TopicArgument;
import dev.midge.client.StopSignal;
import dev.midge.client.job.Selection;
import dev.midge.client.job.ServeJob;
import dev.midge.format.Printer;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code --serve} and its companions: {@code rr} answers requests in place of making one. */
public final class ServeOptions implements OptionTable.Source {
  private static final String SHARE = "$share/";

  private final Compatibility compatibility;
  private final ExecOptions exec;
  private final List<String> topics = new ArrayList<>();
  private boolean given;
  private boolean echo;
  private byte @Nullable [] reply;
  private int count;
  private @Nullable ResponseTopics responses;
  private @Nullable Workers workers;

  /** Makes them, with a request to be made. */
  public ServeOptions(Compatibility compatibility) {
    this.compatibility = compatibility;
    this.exec =
        new ExecOptions(
            compatibility,
            "With --serve: run this line of shell for each request, and answer with its standard output. The payload (with --json the message as JSON) is its standard input; MQTT_TOPIC and more are in its environment.");
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.REQUEST)
        .add(
            Option.flag(
                    "Answer requests that come on the topics of -t, which may be repeated and have wildcards; -e is for"
                        + " requests that name no response topic.",
                    () -> given = true,
                    "--serve")
                .own())
        .add(
            Option.flag(
                    "With --serve: answer with the payload of the request.",
                    () -> echo = true,
                    "--echo")
                .own())
        .add(
            Option.value(
                    "TEXT",
                    "no text",
                    "With --serve: answer with this text.",
                    word -> reply = RawArguments.bytes(word),
                    "--reply")
                .own())
        .under(OptionGroup.END)
        .add(
            Option.value(
                    "N",
                    "no count",
                    "With --serve: end after N requests.",
                    word ->
                        count =
                            compatibility.number(
                                word,
                                1,
                                Integer.MAX_VALUE,
                                "Error: Invalid message count \"{}\".",
                                ""),
                    "-C",
                    "--count")
                .own());
    exec.addTo(table);
  }

  /** Tells whether requests are answered. */
  public boolean isGiven() {
    return given;
  }

  /** Takes a topic, which is checked when it is known what for. */
  public void topic(String word) {
    topics.add(word);
  }

  /** Checks that no option is there that is for {@link #isGiven} alone. */
  public void checkAbsent() {
    boolean answers = echo || reply != null || exec.isGiven() || count > 0;
    if (answers) {
      throw new UsageException(
          "Error: --exec, --echo, --reply and --count are for answers: they need --serve.");
    }
    exec.check(false);
  }

  /**
   * Checks that the options fit together.
   *
   * @param printing whether options say how messages are printed
   * @param message whether options give a message
   */
  public void check(boolean printing, boolean message, Properties publish) {
    int kinds = (echo ? 1 : 0) + (reply == null ? 0 : 1) + (exec.isGiven() ? 1 : 0);
    if (kinds > 1) {
      throw new UsageException("Error: --exec, --echo and --reply exclude each other: give one.");
    }
    if (topics.isEmpty() || kinds == 0) {
      throw new UsageException(
          "Error: --serve needs -t FILTER, and one of --exec CMD, --echo, --reply TEXT.");
    }
    if (message) {
      throw new UsageException(
          "Error: --serve answers requests: it cannot be combined with -m, -f, -n or -s.");
    }
    if (printing) {
      throw new UsageException(
          "Error: --serve cannot be combined with -v, -F, -N, -0, --frame, --time or --latency.");
    }
    if (publish.has(Property.RESPONSE_TOPIC) || publish.has(Property.CORRELATION_DATA)) {
      throw new UsageException(
          "Error: An answer has the correlation data of its request and no response topic;"
              + " -D publish cannot set them with --serve.");
    }
    exec.checkLimit();
  }

  /** Returns the topic filters of requests. */
  public List<String> filters() {
    List<String> filters = new ArrayList<>();
    for (String word : topics) {
      filters.add(TopicArgument.filter(word, "-t", "subscription"));
    }
    return filters;
  }

  /** Returns how many requests of QoS 1 and 2 the broker is to send ahead of answers, at least. */
  public int receiveMaximum(int usual) {
    return exec.receiveMaximum(usual);
  }

  /** Returns the selection of requests, after {@link #toAnswerer}: those that can be answered. */
  public Selection toSelection(boolean ignoreRetained) {
    ResponseTopics topics = responses;
    if (topics == null) {
      throw new IllegalStateException("no answerer");
    }
    return new Selection(
        count, false, ignoreRetained, false, List.of(), each -> topics.of(each) != null);
  }

  /**
   * Returns what answers.
   *
   * @param usual the topic for answers to requests that name none; null for none
   * @param properties those of answers; null before MQTT 5
   * @param tell takes the lines for the user
   * @param printer makes the standard input of a command; null where it is the payload
   */
  public ServeJob.Answerer toAnswerer(
      ProcessContext context,
      @Nullable String usual,
      @Nullable Properties properties,
      Consumer<String> tell,
      StopSignal stop,
      @Nullable Printer printer) {
    List<String> plain =
        filters().stream()
            .map(
                filter ->
                    filter.startsWith(SHARE)
                        ? filter.substring(filter.indexOf('/', SHARE.length()) + 1)
                        : filter)
            .toList();
    if (usual != null && ResponseTopics.matchesAny(plain, usual)) {
      throw new UsageException(
          "Error: Requests are taken from the response topic of -e, '" + usual + "', too.");
    }
    ResponseTopics topics = new ResponseTopics(plain, usual, tell);
    responses = topics;
    Answer.Maker maker;
    Workers working;
    byte[] text = reply;
    if (exec.isGiven()) {
      Commands commands = exec.toCommands(context, null, tell, stop);
      maker = new CommandAnswers(commands, printer, properties != null);
      working = commands.workers();
    } else {
      maker =
          text == null
              ? request -> Answer.echo(request.message())
              : request -> new Answer(text, Properties.NONE);
      working = new Workers(exec.jobs());
      working.endWith(stop);
    }
    workers = working;
    return new Responder(maker, topics, properties, working, tell);
  }

  /** Waits for the answers that are being made, and tells how commands ended. */
  public void end() throws InterruptedException {
    exec.end();
    if (workers != null) {
      workers.awaitRest();
    }
  }

  /** Returns the exit status once all has ended; otherwise that one. */
  public int status(int otherwise) throws InterruptedException {
    end();
    return exec.status(otherwise);
  }
}
