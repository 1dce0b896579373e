package dev.midge.cli.view;

import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.job.MessageSink;
import dev.midge.view.json.JsonSchema;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The options for looking at received payloads: {@code --decode} and, for {@code sub}, {@code
 * --diff} and {@code --schema}.
 */
public final class ReceivedViews implements OptionTable.Source {
  private final boolean many;
  private @Nullable ViewList decode;
  private boolean diff;
  private @Nullable JsonSchema schema;
  private @Nullable UndecodedMessages undecoded;
  private @Nullable MisfitMessages misfits;

  private ReceivedViews(boolean many) {
    this.many = many;
  }

  /** Makes those of a command that receives one message. */
  public static ReceivedViews ofOne() {
    return new ReceivedViews(false);
  }

  /** Makes those of a command that receives any number of messages. */
  public static ReceivedViews ofMany() {
    return new ReceivedViews(true);
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.OUTPUT)
        .add(
            Option.value(
                    "FORM",
                    "no form",
                    "Print what the payload stands for in this form: "
                        + ViewWords.NAMES
                        + "; may be repeated.",
                    this::decode,
                    "--decode")
                .own());
    if (many) {
      table
          .add(
              Option.flag(
                      "Print what has changed in the JSON of a topic since its last message.",
                      () -> diff = true,
                      "--diff")
                  .own())
          .add(
              Option.value(
                      "FILE",
                      "no file",
                      "Report payloads that do not fit this JSON Schema, and count them.",
                      file -> schema = SchemaFile.read(file),
                      "--schema")
                  .own());
    }
  }

  private void decode(String word) {
    if (decode == null) {
      decode = ViewList.decoding();
    }
    decode.add(word);
  }

  /** Tells whether any of the options is given. */
  public boolean isAny() {
    return decode != null || diff || schema != null;
  }

  /** Tells whether changes are printed instead of messages. */
  public boolean isDiff() {
    return diff;
  }

  /**
   * Checks that the options fit to those for printing.
   *
   * @param plain whether these leave the form of what is printed open
   */
  public void check(boolean plain) {
    if (diff && !plain) {
      throw new UsageException(
          "Error: --diff cannot be combined with --json, -F, -N, -0, --frame, --time, -w, --message-rate or --exec.");
    }
  }

  /**
   * Returns the sink that messages go to.
   *
   * @param printing prints them
   * @param out where changes are printed instead
   * @param shown standard output, coloured or not
   * @param person whether a person's terminal shows what is printed
   */
  public MessageSink toSink(
      MessageSink printing,
      OutputStream out,
      ProcessContext context,
      Terminal shown,
      boolean person,
      boolean quiet) {
    MessageSink sink = diff ? new DiffSink(out, shown, person) : printing;
    Notes notes = new Notes(context, Terminal.ofErr(context), quiet);
    if (schema != null) {
      misfits = new MisfitMessages(notes);
      sink = new SchemaSink(schema, misfits, sink);
    }
    if (decode != null) {
      undecoded = new UndecodedMessages(notes);
      sink = new DecodingSink(decode, undecoded, sink);
    }
    return sink;
  }

  /** Tells how many messages were not as they should be; no message comes any more. */
  public void end() {
    if (undecoded != null) {
      undecoded.tellCount();
    }
    if (misfits != null) {
      misfits.tellCount();
    }
  }

  /**
   * Returns the exit status.
   *
   * @param status that of the command without these options
   * @param strict whether messages that were not as they should be decide it
   */
  public int status(int status, boolean strict) {
    boolean any = undecoded != null && undecoded.isAny() || misfits != null && misfits.isAny();
    boolean orderly = status == ExitCode.OK || status == ExitCode.TIMED_OUT;
    return strict && any && orderly ? ExitCode.MISFIT : status;
  }
}
