package dev.midge.cli.parse;

import dev.midge.cli.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Stack;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the option tables. Each option hands its argument to the group that owns it, in the
 * order of the command line, so that later arguments win.
 *
 * @param names as they are typed, the short one first and those that mosquitto lacks last
 * @param ownNames the number of names at the end that mosquitto lacks
 * @param label the name of its argument in help; null for an option without one
 * @param description for help; a sentence or more
 * @param handler takes the option's own words from the top of those that follow it
 * @param arity how many of those it takes; {@link #VARIABLE_ARITY} if the words themselves tell
 * @param group the heading of {@link OptionGroup} that help shows it under
 */
public record Option(
    String[] names,
    int ownNames,
    @Nullable String label,
    String description,
    Handler handler,
    int arity,
    String group) {
  public static final int VARIABLE_ARITY = -1;

  /** The beginning of the variables of the environment that stand for options. */
  static final String VARIABLE_PREFIX = "MIDGE_";

  /** Makes one whose names are mosquitto's, for a table to put into its group. */
  public Option(
      String[] names, @Nullable String label, String description, Handler handler, int arity) {
    this(names, 0, label, description, handler, arity, OptionGroup.OTHER);
  }

  /** The effect of an option where it stands in the line. */
  public interface Handler {
    /**
     * Takes the option's words off the stack; that of a flag takes none.
     *
     * @throws UsageException for words that cannot be
     */
    void handle(Stack<String> following);
  }

  /** An option of {@link #VARIABLE_ARITY} that can tell how many words it takes. */
  public interface Counting extends Handler {
    /**
     * Returns how many it takes.
     *
     * @param following all words of the line behind its name; what is returned may be more
     */
    int count(List<String> following);
  }

  /**
   * Makes an option with one argument; the next word is it, whatever it looks like.
   *
   * @param missing what is not there when no word follows, in mosquitto's words
   */
  public static Option value(
      String label, String missing, String description, Consumer<String> setter, String... names) {
    return new Option(
        names, label, description, words -> setter.accept(argument(words, missing, names)), 1);
  }

  /**
   * Makes the same with a check that comes before the one for a missing word.
   *
   * @param first throws what it finds
   */
  public static Option value(
      String label,
      String missing,
      String description,
      Runnable first,
      Consumer<String> setter,
      String... names) {
    return new Option(
        names,
        label,
        description,
        words -> {
          first.run();
          setter.accept(argument(words, missing, names));
        },
        1);
  }

  /** Makes an option with one argument, in a group that keeps arguments by the options' names. */
  public static Option named(
      String label,
      String missing,
      String description,
      BiConsumer<String, String> setter,
      String name) {
    return new Option(
        new String[] {name},
        label,
        description,
        words -> setter.accept(name, argument(words, missing, name)),
        1);
  }

  /** Makes an option without an argument. */
  public static Option flag(String description, Runnable setter, String... names) {
    return new Option(names, null, description, words -> setter.run(), 0);
  }

  /** Returns the same option, of which mosquitto lacks the last name. */
  public Option lastNameOwn() {
    return own(1);
  }

  /** Returns the same option, which mosquitto lacks under any name. */
  public Option own() {
    return own(names.length);
  }

  private Option own(int count) {
    return new Option(names, count, label, description, handler, arity, group);
  }

  /** Returns the same option with mosquitto's names alone; it may have none. */
  Option withoutOwnNames() {
    return ownNames == 0
        ? this
        : new Option(
            Arrays.copyOf(names, names.length - ownNames),
            0,
            label,
            description,
            handler,
            arity,
            group);
  }

  /** Returns the same option under that heading. */
  Option under(String heading) {
    return new Option(names, ownNames, label, description, handler, arity, heading);
  }

  /** Tells whether it has no argument. */
  public boolean isFlag() {
    return label == null;
  }

  /**
   * Returns the name of the variable that stands for it: {@code MIDGE_} and the longest of its
   * names, in capitals, with {@code _} for {@code -}.
   */
  String variable() {
    String longest = "--";
    for (String name : names) {
      longest = name.startsWith("--") && name.length() > longest.length() ? name : longest;
    }
    return VARIABLE_PREFIX + longest.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static String argument(Stack<String> words, String missing, String... names) {
    if (!words.isEmpty()) {
      return words.pop();
    }
    if (missing.startsWith("Error: ")) {
      throw new UsageException(missing);
    }
    // mosquitto names the short form, but for the one option where it does not.
    String name = names[0].equals("-V") ? names[1] : names[0];
    throw new UsageException("Error: " + name + " argument given but " + missing + " specified.");
  }
}
