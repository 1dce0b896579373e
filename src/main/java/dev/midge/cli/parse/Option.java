package dev.midge.cli.parse;

import dev.midge.cli.Compatibility;
import dev.midge.cli.UsageException;
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
 * @param handler takes the option's own words from the top of those that follow it
 * @param arity how many of those it takes; {@link #VARIABLE_ARITY} if the words themselves tell
 * @param group the heading of {@link OptionGroup} that help shows it under
 */
public record Option(
    String[] names, String label, String description, Handler handler, int arity, String group) {
  public static final int VARIABLE_ARITY = -1;

  /** For a table to put into its group. */
  public Option(String[] names, String label, String description, Handler handler, int arity) {
    this(names, label, description, handler, arity, OptionGroup.OTHER);
  }

  /** What an option does where it stands in the line. */
  public interface Handler {
    /**
     * @throws UsageException for words that cannot be
     */
    void handle(Stack<String> following);
  }

  /**
   * An option with one argument; the next word is it, whatever it looks like.
   *
   * @param missing what is not there when no word follows, in mosquitto's words
   */
  public static Option value(
      String label, String missing, String description, Consumer<String> setter, String... names) {
    return new Option(
        names, label, description, words -> setter.accept(argument(words, missing, names)), 1);
  }

  /**
   * The same with a check that comes before the one for a missing word.
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

  /** An option with one argument, in a group that keeps the words by the options' names. */
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

  /** An option without an argument. */
  public static Option flag(String description, Runnable setter, String... names) {
    return new Option(names, null, description, words -> setter.run(), 0);
  }

  /** The same option by other names. */
  public Option by(String... others) {
    return new Option(others, label, description, handler, arity, group);
  }

  /** The same option under that heading. */
  public Option under(String heading) {
    return new Option(names, label, description, handler, arity, heading);
  }

  public boolean isFlag() {
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
  public static int number(String word, int least, int most, String problem) {
    return Compatibility.MIDGE.number(word, least, most, problem, "");
  }
}
