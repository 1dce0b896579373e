package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.TopicArgument;
import dev.midge.client.job.Selection;
import dev.midge.mqtt.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The options for the messages that {@code sub} takes, and for their number. */
public final class SelectionOptions implements OptionTable.Source {
  private final Compatibility compatibility;
  private final List<String> filterOut = new ArrayList<>();
  private int count;
  private boolean retainedOnly;
  private boolean removeRetained;
  private boolean dryRun;
  private @Nullable Pattern match;

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
        .add(
            Option.value(
                    "REGEX",
                    "no regular expression",
                    "Take only messages whose topic contains a match of this regular expression; ^ and $ are the ends of the topic.",
                    this::match,
                    "--match")
                .own())
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
                "--remove-retained"))
        .add(
            Option.flag(
                    "With --remove-retained: remove nothing, and print the messages that would be removed; in a pipe their topics, unless another form is wanted.",
                    () -> dryRun = true,
                    "--dry-run")
                .own());
  }

  private void match(String word) {
    try {
      match = Pattern.compile(word);
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "Error: Invalid regular expression for --match, '"
              + word
              + "': "
              + e.getDescription()
              + " at character "
              + (e.getIndex() + 1)
              + ".");
    }
  }

  /** Returns the number of messages to end after; 0 where there is no limit. */
  public int count() {
    return count;
  }

  /** Tells whether the first message that was not retained is the end. */
  public boolean isRetainedOnly() {
    return retainedOnly;
  }

  /** Checks that the options fit together. */
  public void check() {
    if (dryRun && !removeRetained) {
      throw new UsageException("Error: --dry-run is for --remove-retained.");
    }
  }

  /** Tells whether retained messages are shown that would be removed. */
  public boolean isDryRun() {
    return dryRun;
  }

  /** Returns the selection. */
  public Selection toSelection(boolean ignoreRetained) {
    boolean removes = removeRetained && !dryRun;
    return match == null && !dryRun
        ? new Selection(count, retainedOnly, ignoreRetained, removes, filterOut)
        : new Selection(count, retainedOnly, ignoreRetained, removes, filterOut, this::isSelected);
  }

  private boolean isSelected(Message message) {
    return (match == null || match.matcher(message.topic()).find())
        && (!dryRun || Selection.isRemovable(message));
  }
}
