package dev.midge.cli.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The options of one command: the one definition that parsing, help, man pages and completions are
 * made of. A table is cheap; {@link PicocliModel} makes what picocli wants out of it.
 */
public final class OptionTable {
  private final String summary;
  private final List<Option> options = new ArrayList<>();
  private final List<Option> withVariables = new ArrayList<>();
  private final ArrayDeque<Later> later = new ArrayDeque<>();
  private String group = OptionGroup.OTHER;
  private boolean ownNames = true;
  private boolean variables;
  private @Nullable Consumer<String> operands;
  private boolean optionsFirst;

  /** A group of options that a table asks for when it needs them. */
  public interface Source {
    /** Adds its options. */
    void addTo(OptionTable table);
  }

  private record Later(Source source, boolean variables) {}

  /**
   * Makes an empty table.
   *
   * @param summary the sentence for the head of the help, which may have {@code %%} for a percent
   *     sign
   */
  public OptionTable(String summary) {
    this.summary = summary;
  }

  /**
   * Puts the options that are added from now on under a heading.
   *
   * @param heading one of {@link OptionGroup}
   */
  public OptionTable under(String heading) {
    group = heading;
    return this;
  }

  /** Adds an option, unless it has no name that the table takes. */
  public OptionTable add(Option option) {
    Option named = ownNames ? option : option.withoutOwnNames();
    if (named.names().length > 0) {
      Option added = named.under(group);
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
  public OptionTable later(Source source) {
    return later(source, variables);
  }

  /** Adds options in the same way that variables of the environment may give too. */
  public OptionTable laterWithVariables(Source source) {
    return later(source, true);
  }

  /**
   * Adds options in the same way.
   *
   * @param withVariables whether variables of the environment may give them too
   */
  public OptionTable later(Source source, boolean withVariables) {
    later.add(new Later(source, withVariables));
    return this;
  }

  /**
   * Takes words that are no options too, in their order; behind {@code --} all words are such.
   *
   * @param taker gets each
   */
  public OptionTable operands(Consumer<String> taker) {
    operands = taker;
    return this;
  }

  /** Takes all words from the first on that names no option as operands, as getopt in C does. */
  public OptionTable optionsFirst() {
    optionsFirst = true;
    return this;
  }

  boolean hasOptionsFirst() {
    return optionsFirst;
  }

  /** Returns who takes words that are no options; null where they are mistakes. */
  @Nullable Consumer<String> operands() {
    return operands;
  }

  private boolean addNext() {
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

  /** Drops the names that mosquitto does not have, and the options that have no others. */
  public OptionTable withoutOwnNames() {
    List<Option> all = List.copyOf(options);
    options.clear();
    ownNames = false;
    for (Option option : all) {
      under(option.group()).add(option);
    }
    group = OptionGroup.OTHER;
    return this;
  }

  /** Returns the options that the environment may give, by the names of their variables. */
  public Map<String, Option> byVariable() {
    Map<String, Option> byName = new LinkedHashMap<>();
    while (addNext()) {}
    for (Option option : withVariables) {
      byName.put(option.variable(), option);
    }
    return byName;
  }

  /** Returns those of these variables; the others' options are not made where that can be. */
  Map<String, Option> byVariable(Set<String> wanted) {
    Map<String, Option> byName = new LinkedHashMap<>();
    int looked = 0;
    do {
      for (; looked < withVariables.size(); looked++) {
        Option option = withVariables.get(looked);
        if (wanted.contains(option.variable())) {
          byName.put(option.variable(), option);
        }
      }
    } while (byName.size() < wanted.size() && addNext());
    return byName;
  }

  /** Returns the sentence for the head of the help. */
  public String summary() {
    return summary;
  }

  /** Returns all options in the order in which they were added. */
  public List<Option> options() {
    while (addNext()) {}
    return options;
  }

  /** Returns the option of that very name; null if there is none. */
  public @Nullable Option find(String name) {
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
    } while (addNext());
    return null;
  }
}
