package dev.midge.cli;

import dev.midge.client.job.Selection;
import java.util.ArrayList;
import java.util.List;

/** Which messages {@code sub} takes, and how many. */
final class SelectionOptions implements OptionSource {
  private final Manners manners;
  private final List<String> filterOut = new ArrayList<>();
  private int count;
  private boolean retainedOnly;
  private boolean removeRetained;

  SelectionOptions(Manners manners) {
    this.manners = manners;
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
                        manners.number(
                            word, 1, Integer.MAX_VALUE, "Error: Invalid message count \"{}\".", ""),
                "-C",
                "--count"))
        .under(OptionGroup.TOPICS)
        .add(
            Option.value(
                "FILTER",
                "no topic filter",
                "Do not print messages of these topics; may be repeated.",
                word -> filterOut.add(TopicWords.filter(word, "-T", "filter")),
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

  int count() {
    return count;
  }

  boolean isRetainedOnly() {
    return retainedOnly;
  }

  Selection toSelection(boolean ignoreRetained) {
    return new Selection(count, retainedOnly, ignoreRetained, removeRetained, filterOut);
  }
}
