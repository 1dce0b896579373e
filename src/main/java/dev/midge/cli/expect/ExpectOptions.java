package dev.midge.cli.expect;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.job.MessageSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code --expect}, {@code --none} and {@code --within}: the message that {@code sub} waits for.
 */
final class ExpectOptions implements OptionTable.Source {
  private final List<Expectation> expectations = new ArrayList<>();
  private boolean none;
  private @Nullable Duration within;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.END)
        .add(
            Option.value(
                    "EXPR",
                    "no expression",
                    "Wait for a message that matches, print it and no other, and end. Status 0: it came; 27: no message came in time; 51: only others came. EXPR is a regular expression that the payload is searched for, or a JSON path, alone or with ==, !=, <, <=, >, >= and a value of JSON, or with ~ and a regular expression: '$.state == \"on\"'. If repeated, all must come, in any order.",
                    word -> expectations.add(ExpectationParser.parse(word)),
                    "--expect")
                .own())
        .add(
            Option.flag(
                    "With --expect: end with 51 if such a message comes, and with 0 if none has come in time.",
                    () -> none = true,
                    "--none")
                .own())
        .add(
            Option.value(
                    "TIME",
                    "no time",
                    "With --expect: wait that long at most, such as 5s or 200ms; the time counts from the same moment as that of -W.",
                    word -> within = Times.parse(word, "--within"),
                    "--within")
                .own());
  }

  /** Tells whether a message is expected. */
  private boolean isGiven() {
    return !expectations.isEmpty();
  }

  /**
   * Checks that the options fit together.
   *
   * @param timeout that of {@code -W}
   * @param rest the options that leave nothing to expect, as given; null for none
   */
  void check(@Nullable Duration timeout, @Nullable String rest) {
    if (!isGiven()) {
      if (none || within != null) {
        throw new UsageException(
            "Error: " + (none ? "--none" : "--within") + " needs --expect EXPR.");
      }
      return;
    }
    if (within != null && timeout != null) {
      throw new UsageException("Error: --within and -W are the same time: give one of them.");
    }
    if (rest != null) {
      throw new UsageException("Error: --expect cannot be combined with " + rest + ".");
    }
  }

  /**
   * Returns the time that the job may take; null for no limit.
   *
   * @param timeout that of {@code -W}
   */
  @Nullable Duration timeout(@Nullable Duration timeout) {
    return within == null ? timeout : within;
  }

  /** Returns the sink that lets expected messages pass; null where none is expected. */
  @Nullable Expecting toSink(@Nullable Duration timeout, MessageSink sink) {
    Duration time = timeout(timeout);
    return isGiven()
        ? new Expecting(expectations, none, time == null ? "" : " within " + Times.text(time), sink)
        : null;
  }
}
