package dev.midge.cli.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The options of one command: the one definition that parsing, help, man pages and completions are
 * made of. A table is cheap; {@link PicocliModel} makes what picocli wants out of it.
 */
public final class OptionTable {
  private final String summary;
  private final List<Option> options = new ArrayList<>();
  private final List<Option> withVariables = new ArrayList<>();
  private final ArrayDeque<Later> later = new ArrayDeque<>();
  private UnaryOperator<String[]> names; // null while they stay as they are
  private String group = OptionGroup.OTHER;
  private boolean variables;

  private record Later(OptionSource source, boolean variables) {}

  /**
   * @param summary what the command does, for the head of its help
   */
  public OptionTable(String summary) {
    this.summary = summary;
  }

  /** Options that are added from now on stand under that heading of {@link OptionGroup}. */
  public OptionTable under(String heading) {
    group = heading;
    return this;
  }

  public OptionTable add(Option option) {
    String[] fitting = names == null ? option.names() : names.apply(option.names());
    if (fitting.length > 0) {
      Option added = option.by(fitting).under(group);
      options.add(added);
      if (variables) {
        withVariables.add(added);
      }
    }
    return this;
  }

  /**
   * Adds options when a word is none of those before: most lines name a few, and to make the others
   * is a good part of the time that a start takes.
   */
  public OptionTable later(OptionSource source) {
    later.add(new Later(source, variables));
    return this;
  }

  /** The same with options that the environment may give too. */
  public OptionTable laterWithVariables(OptionSource source) {
    later.add(new Later(source, true));
    return this;
  }

  private boolean open() {
    Later next = later.poll();
    if (next == null) {
      return false;
    }
    group = OptionGroup.OTHER;
    variables = next.variables;
    next.source.addTo(this);
    group = OptionGroup.OTHER;
    variables = false;
    return true;
  }

  /**
   * Gives all options other names.
   *
   * @param change takes the names of one; those that it leaves without any are no more
   */
  public OptionTable rename(UnaryOperator<String[]> change) {
    List<Option> there = List.copyOf(options);
    options.clear();
    names = change;
    for (Option option : there) {
      under(option.group()).add(option);
    }
    group = OptionGroup.OTHER;
    return this;
  }

  /** The options that the environment may give, by the names of their variables. */
  public Map<String, Option> byVariable() {
    Map<String, Option> variables = new LinkedHashMap<>();
    while (open()) {}
    for (Option option : withVariables) {
      variables.put(EnvironmentOptions.name(option.names()), option);
    }
    return variables;
  }

  public String summary() {
    return summary;
  }

  public List<Option> options() {
    while (open()) {}
    return options;
  }

  /** The option of that very name; null if there is none. */
  public Option find(String name) {
    int looked = 0;
    do {
      for (; looked < options.size(); looked++) {
        Option option = options.get(looked);
        for (String known : option.names()) {
          if (known.equals(name)) {
            return option;
          }
        }
      }
    } while (open());
    return null;
  }
}
