package dev.midge.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The options of one command: the one definition that parsing, help, man pages and completions are
 * made of. A table is cheap; {@link PicocliModel} makes what picocli wants out of it.
 */
final class OptionTable {
  private final String summary;
  private final List<Option> options = new ArrayList<>();

  /**
   * @param summary what the command does, for the head of its help
   */
  OptionTable(String summary) {
    this.summary = summary;
  }

  OptionTable add(Option option) {
    options.add(option);
    return this;
  }

  String summary() {
    return summary;
  }

  List<Option> options() {
    return options;
  }

  /** The option of that very name; null if there is none. */
  Option find(String name) {
    for (Option option : options) {
      for (String known : option.names()) {
        if (known.equals(name)) {
          return option;
        }
      }
    }
    return null;
  }
}
