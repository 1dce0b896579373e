package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.TopicArgument;
import dev.midge.client.job.Selection;
import java.util.ArrayList;
import java.util.List;

/** The options for the messages that {@code sub} takes, and for their number. */
public final class SelectionOptions implements OptionTable.Source {
  private final Compatibility compatibility;
  private final List<String> filterOut = new ArrayList<>();
  private int count;
  private boolean retainedOnly;
  private boolean removeRetained;

  /** Makes them, with all messages taken. */
  public SelectionOptions(Compatibility compatibility) {
    this.compatibility = compatibility;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.END)
        .add(
            Option.value(
                    "N",
                    "no count",
                    "End after N messages.",
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
                .lastNameOwn())
        .under(OptionGroup.TOPICS)
        .add(
            Option.value(
                "FILTER",
                "no topic filter",
                "Do not print messages of these topics; may be repeated.",
                word -> filterOut.add(TopicArgument.filter(word, "-T", "filter")),
                "-T",
                "--filter-out"))
        .under(OptionGroup.RETAINED)
        .add(
            Option.flag(
                "End at the first message that was not retained.",
                () -> retainedOnly = true,
                "--retained-only"))
        .add(
            Option.flag(
                "Clear each retained message that comes.",
                () -> removeRetained = true,
                "--remove-retained"));
  }

  /** Returns the number of messages to end after; 0 where there is no limit. */
  public int count() {
    return count;
  }

  /** Tells whether the first message that was not retained is the end. */
  public boolean isRetainedOnly() {
    return retainedOnly;
  }

  /** Returns the selection. */
  public Selection toSelection(boolean ignoreRetained) {
    return new Selection(count, retainedOnly, ignoreRetained, removeRetained, filterOut);
  }
}
