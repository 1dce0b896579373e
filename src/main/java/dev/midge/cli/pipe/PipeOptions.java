package dev.midge.cli.pipe;

import dev.midge.cli.UsageException;
import dev.midge.cli.options.LineSource;
import dev.midge.cli.options.PayloadOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.job.MessageSource;
import dev.midge.client.job.PayloadMessages;
import dev.midge.client.job.PayloadSource;
import dev.midge.client.job.PublishSpec;
import java.io.InputStream;

/** The options of {@code pub} that say how the input is divided into messages. */
public final class PipeOptions implements OptionTable.Source {
  private static final String STANDARD_INPUT = "the standard input";

  private boolean nul;
  private boolean framed;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.MESSAGE)
        .add(
            Option.flag(
                    "One message for each part of standard input that a NUL byte ends.",
                    () -> nul = true,
                    "-0",
                    "--null")
                .own())
        .add(
            Option.value(
                    "u32",
                    "no form",
                    "One message for each frame of standard input: a length of four bytes, the highest first, and the payload.",
                    this::frame,
                    "--frame")
                .own());
  }

  private void frame(String word) {
    if (!word.equals("u32")) {
      throw new UsageException(
          "Error: Invalid --frame argument '"
              + word
              + "': it is u32, a length of four bytes, the highest first.");
    }
    framed = true;
  }

  /** Tells whether one of the options was given. */
  public boolean isGiven() {
    return nul || framed;
  }

  /** Tells whether the messages have no topic of their own. */
  public boolean needsTopic() {
    return true;
  }

  /**
   * Checks that the options fit together, and to the others.
   *
   * @throws UsageException when they contradict each other
   */
  public void check(PayloadOptions payload, boolean topicGiven) {
    if (nul && framed) {
      throw new UsageException(
          "Error: -0 and --frame exclude each other: messages end with a NUL byte, or have their length in front.");
    }
    if (payload.isGiven() && !payload.isLines()) {
      throw new UsageException(
          "Error: -0 and --frame divide standard input, and exclude -m, -f, -s and -n.");
    }
  }

  /** Returns the messages of the input. */
  public MessageSource toSource(InputStream in, PayloadOptions payload, PublishSpec publish) {
    return new PayloadMessages(parts(in), publish);
  }

  private PayloadSource parts(InputStream in) {
    return framed
        ? new FrameSource(in, STANDARD_INPUT)
        : new LineSource(in, nul ? (byte) 0 : (byte) '\n');
  }
}
