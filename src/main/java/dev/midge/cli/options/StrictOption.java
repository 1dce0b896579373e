package dev.midge.cli.options;

import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;

/** {@code --strict}: a denial of the broker decides the exit status. */
public final class StrictOption implements OptionTable.Source {
  private final String words;
  private boolean given;

  /**
   * Makes one.
   *
   * @param words the help
   */
  public StrictOption(String words) {
    this.words = words;
  }

  @Override
  public void addTo(OptionTable table) {
    table.under(OptionGroup.END).add(Option.flag(words, () -> given = true, "--strict").own());
  }

  /** Tells whether the option was given. */
  public boolean isGiven() {
    return given;
  }
}
