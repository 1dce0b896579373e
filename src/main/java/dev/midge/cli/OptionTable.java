package dev.midge.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of one command: the one definition that parsing, help, man pages and completions are
 * made of. A table is cheap; {@link PicocliModel} makes what picocli wants out of it.
 */
final class OptionTable {
  private final String summary;
  private final List<Option> options = new ArrayList<>();
  private final Map<String, Option> twins = new LinkedHashMap<>();
  private String group = OptionGroup.OTHER;

  /**
   * @param summary what the command does, for the head of its help
   */
  OptionTable(String summary) {
    this.summary = summary;
  }

  /** Options that are added from now on stand under that heading of {@link OptionGroup}. */
  OptionTable under(String heading) {
    group = heading;
    return this;
  }

  OptionTable add(Option option) {
    options.add(option.under(group));
    return this;
  }

  /** Adds options that have their headings. */
  OptionTable addAll(OptionTable others) {
    options.addAll(others.options);
    return this;
  }

  /** Adds options that have their headings, and that the environment may give too. */
  OptionTable addWithTwins(OptionTable others) {
    for (Option option : others.options) {
      twins.put(Twins.name(option.names()), option);
    }
    return addAll(others);
  }

  /** The options that the environment may give, by the names of their variables. */
  Map<String, Option> twins() {
    return twins;
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
