package dev.midge.cli.options;

import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionSource;
import dev.midge.cli.parse.OptionTable;

/** {@code --strict}: what the broker denies decides the exit status. */
public final class StrictOption implements OptionSource {
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
    table.under(OptionGroup.END).add(Option.flag(words, () -> given = true, "--strict"));
  }

  public boolean isGiven() {
    return given;
  }
}
