package dev.midge.cli.expect;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.options.ConnectTimeout;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.ConnectSpec;
import dev.midge.client.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code --retry} and its companions: how often a connection is tried again. */
public final class RetryOptions implements OptionTable.Source {
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);

  private final String usual;
  private @Nullable Long most;
  private @Nullable Duration delay;
  private @Nullable Duration longest;

  /**
   * Makes one.
   *
   * @param usual the help on what happens without the option
   */
  public RetryOptions(String usual) {
    this.usual = usual;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.CONNECTION)
        .add(
            Option.value(
                    "N|forever|never",
                    "no number",
                    "Try again when a connection cannot be made or is lost, N times in a row (default: "
                        + usual
                        + "). A wrong password, and what else would be refused again, is not tried again. --connect-timeout counts for each try.",
                    this::retry,
                    "--retry")
                .own())
        .add(
            Option.value(
                    "TIME",
                    "no time",
                    "With --retry: the pause before each try, such as 200ms (default: 1s).",
                    word -> delay = Times.parse(word, "--retry-delay"),
                    "--retry-delay")
                .own())
        .add(
            Option.value(
                    "TIME",
                    "no time",
                    "With --retry: double the pause before each further try, up to that time; chance shortens each pause by up to half.",
                    word -> longest = Times.parse(word, "--retry-max"),
                    "--retry-max")
                .own());
  }

  private void retry(String word) {
    long number =
        switch (word) {
          case "forever" -> RetryPolicy.FOREVER;
          case "never" -> 0;
          default -> MidgeCompatibility.INSTANCE.number(word, -1L);
        };
    if (number < 0) {
      throw new UsageException(
          "Error: Invalid number '" + word + "' for --retry: it is 0 or more, forever or never.");
    }
    most = number;
  }

  /**
   * Returns the connection with the tries that the user wants, if any.
   *
   * @param timeout is left to each try then
   * @throws UsageException for pauses that cannot be
   */
  public ConnectSpec toSpec(ConnectSpec spec, ConnectTimeout timeout) {
    Long tries = most;
    if (tries == null) {
      if (delay != null || longest != null) {
        throw new UsageException(
            "Error: " + (delay != null ? "--retry-delay" : "--retry-max") + " needs --retry.");
      }
      return spec;
    }
    Duration pause = delay == null ? USUAL_PAUSE : delay;
    Duration last = longest == null ? pause : longest;
    if (last.compareTo(pause) < 0) {
      throw new UsageException(
          "Error: --retry-max is at least the time of --retry-delay, " + Times.text(pause) + ".");
    }
    return spec.withRetry(new RetryPolicy(tries, pause, last, timeout.leaveToTries()));
  }
}
