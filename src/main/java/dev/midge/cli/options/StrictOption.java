package dev.midge.cli.options;

import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;

/** {@code --strict}: what the broker denies decides the exit status. */
public final class StrictOption implements OptionTable.Source {
  private final String words;
  private boolean given;

  /**
   * @param words the help
   */
  public StrictOption(String words) {
    this.words = words;
  }

  @Override
  public void addTo(OptionTable table) {
    table.under(OptionGroup.END).add(Option.flag(words, () -> given = true, "--strict").own());
  }

  public boolean isGiven() {
    return given;
  }
}
