package dev.midge.cli.drill;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import org.jspecify.annotations.Nullable;

/** The options for the forms and the places of the result. */
public final class DrillOutputOptions implements OptionTable.Source {
  private boolean json;
  private boolean tap;
  private boolean quiet;
  private @Nullable String junit;
  private @Nullable String report;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.OUTPUT)
        .add(Option.flag("Print the result as one JSON document.", () -> json = true, "--json"))
        .add(
            Option.flag(
                "Print the result in the Test Anything Protocol, version 13.",
                () -> tap = true,
                "--tap"))
        .add(
            Option.value(
                "FILE",
                "no file",
                "Also write the result as JUnit XML, for build servers.",
                word -> junit = word,
                "--junit"))
        .add(
            Option.value(
                "FILE",
                "no file",
                "Also write a Markdown report for the broker's developers: for each row that is not ok, the rule, what was seen, the packets, and the command that repeats it.",
                word -> report = word,
                "--report"))
        .add(Option.flag("Print no progress while it runs.", () -> quiet = true, "--quiet"));
  }

  /** Tells whether the result is one JSON document. */
  public boolean isJson() {
    return json;
  }

  boolean isTap() {
    return tap;
  }

  /** Tells whether progress and warnings are not printed. */
  public boolean isQuiet() {
    return quiet;
  }

  /** Returns the file for JUnit XML; null where none is wanted. */
  public @Nullable String junit() {
    return junit;
  }

  /** Returns the file for Markdown; null where none is wanted. */
  public @Nullable String report() {
    return report;
  }

  /**
   * Checks that the options fit together.
   *
   * @param list whether the rows are to be listed and not to be played
   * @param several whether brokers are compared
   * @throws UsageException when they contradict each other
   */
  public void check(boolean list, boolean several) {
    if (json && tap) {
      throw contradiction("--json and --tap", "standard output takes one of them");
    }
    if (list && (tap || junit != null || report != null || several)) {
      throw contradiction(
          "--list and --tap, --junit, --report or --against", "--list plays nothing");
    }
    if (several && tap) {
      throw contradiction("--against and --tap", "TAP has one plan; --junit takes several brokers");
    }
    if (junit != null && junit.equals(report)) {
      throw contradiction("--junit and --report with the same file", "each wants its own");
    }
  }

  /** Returns the complaint about options that exclude each other. */
  public static UsageException contradiction(String options, String why) {
    return new UsageException(
        UsageException.Kind.CONTRADICTION,
        "Error: " + options + " cannot be used together: " + why + ".",
        "");
  }
}
