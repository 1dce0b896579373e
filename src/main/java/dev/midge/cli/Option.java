package dev.midge.cli;

import java.util.Stack;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * An entry of the option tables. Each option hands its word to the group that owns it, in the order
 * of the command line, so that later words win.
 *
 * @param names as they are typed, the short one first
 * @param label what its argument is called in help; null for an option without one
 * @param description for help; a sentence or more
 * @param taker takes the option's own words from the top of those that follow it
 * @param words how many of those it takes; {@link #DEPENDS} if the words themselves tell
 * @param group the heading of {@link OptionGroup} that help shows it under
 */
record Option(
    String[] names, String label, String description, Taker taker, int words, String group) {
  static final int DEPENDS = -1;

  /** For a table to put into its group. */
  Option(String[] names, String label, String description, Taker taker, int words) {
    this(names, label, description, taker, words, OptionGroup.OTHER);
  }

  /** What an option does where it stands in the line. */
  interface Taker {
    /**
     * @throws UsageException for words that cannot be
     */
    void take(Stack<String> following);
  }

  /**
   * An option with one argument; the next word is it, whatever it looks like.
   *
   * @param missing what is not there when no word follows, in mosquitto's words
   */
  static Option value(
      String label, String missing, String description, Consumer<String> setter, String... names) {
    return new Option(
        names, label, description, words -> setter.accept(argument(words, missing, names)), 1);
  }

  /**
   * The same with a check that comes before the one for a missing word.
   *
   * @param first throws what it finds
   */
  static Option value(
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

  /** An option with one argument, in a group that keeps the words by the options' names. */
  static Option named(
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

  /** An option without an argument. */
  static Option flag(String description, Runnable setter, String... names) {
    return new Option(names, null, description, words -> setter.run(), 0);
  }

  /** The same option by other names. */
  Option by(String... others) {
    return new Option(others, label, description, taker, words, group);
  }

  /** The same option under that heading. */
  Option under(String heading) {
    return new Option(names, label, description, taker, words, heading);
  }

  boolean isFlag() {
    return label == null;
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

  /**
   * A whole number in a range.
   *
   * @throws UsageException with the given text for anything else
   */
  static int number(String word, int least, int most, String problem) {
    return Manners.MIDGE.number(word, least, most, problem, "");
  }
}
