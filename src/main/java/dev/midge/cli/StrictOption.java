package dev.midge.cli;

/** {@code --strict}: what the broker denies decides the exit status. */
final class StrictOption implements OptionSource {
  private final String words;
  private boolean given;

  /**
   * @param words the help
   */
  StrictOption(String words) {
    this.words = words;
  }

  @Override
  public void addTo(OptionTable table) {
    table.under(OptionGroup.END).add(Option.flag(words, () -> given = true, "--strict"));
  }

  boolean isGiven() {
    return given;
  }
}
