package dev.midge.cli;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Makes the entries of the option tables. Each option hands its word to the group that owns it, in
 * the order of the command line, so that later words win.
 */
final class Option {
  private static final Runnable NOTHING = () -> {};

  private Option() {}

  /**
   * An option with one argument; the next word is it, whatever it looks like.
   *
   * @param missing what is not there when no word follows, in mosquitto's words
   */
  static OptionSpec value(
      String label, String missing, String description, Consumer<String> setter, String... names) {
    return value(label, missing, description, NOTHING, setter, names);
  }

  /**
   * The same with a check that comes before the one for a missing word.
   *
   * @param first throws what it finds
   */
  static OptionSpec value(
      String label,
      String missing,
      String description,
      Runnable first,
      Consumer<String> setter,
      String... names) {
    return OptionSpec.builder(names)
        .paramLabel(label)
        .description(description)
        .type(String.class)
        .arity("1")
        .hasInitialValue(false)
        .parameterConsumer(
            (words, option, command) -> {
              first.run();
              if (words.isEmpty()) {
                throw new UsageException(missing(missing, names));
              }
              setter.accept(words.pop());
            })
        .build();
  }

  /** An option with one argument, in a group that keeps the words by the options' names. */
  static OptionSpec named(
      String label,
      String missing,
      String description,
      BiConsumer<String, String> setter,
      String name) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .description(description)
        .type(String.class)
        .arity("1")
        .hasInitialValue(false)
        .parameterConsumer(
            (words, option, command) -> {
              if (words.isEmpty()) {
                throw new UsageException(missing(missing, name));
              }
              setter.accept(name, words.pop());
            })
        .build();
  }

  /** mosquitto names the short form, but for the one option where it does not. */
  private static String missing(String missing, String... names) {
    if (missing.startsWith("Error: ")) {
      return missing;
    }
    String name = names[0].equals("-V") ? names[1] : names[0];
    return "Error: " + name + " argument given but " + missing + " specified.";
  }

  /** An option without an argument. */
  static OptionSpec flag(String description, Runnable setter, String... names) {
    return OptionSpec.builder(names)
        .description(description)
        .type(boolean.class)
        .arity("0")
        .hasInitialValue(false)
        .setter(
            new picocli.CommandLine.Model.ISetter() {
              @Override
              public <T> T set(T value) {
                if (Boolean.TRUE.equals(value)) {
                  setter.run();
                }
                return value;
              }
            })
        .build();
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
