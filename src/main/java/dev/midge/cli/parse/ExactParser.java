package dev.midge.cli.parse;

import dev.midge.cli.UsageException;
import java.util.Stack;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses words from left to right as mosquitto's clients do: each option is a word of its own, its
 * argument the next, and the first mistake ends it. It parses every option file, and lines of midge
 * that leave nothing to interpret.
 */
public final class ExactParser {
  private static final String END_OF_OPTIONS = "--";

  private final OptionTable table;
  private final BooleanSupplier enough;

  /**
   * Makes a parser.
   *
   * @param enough asked after each option: whether the rest does not matter any more
   */
  public ExactParser(OptionTable table, BooleanSupplier enough) {
    this.table = table;
    this.enough = enough;
  }

  /**
   * Tells whether each word is the exact name of an option or the argument of one. Then picocli
   * would come to the same end, but loading it takes longer than publishing a message.
   */
  public boolean understands(String... line) {
    for (int i = 0; i < line.length; i++) {
      if (table.operands() != null) {
        if (line[i].equals(END_OF_OPTIONS)) {
          return true;
        }
        if (isOperand(line[i])) {
          continue;
        }
      }
      Option option = named(line[i], table);
      if (option == null || option.arity() == Option.VARIABLE_ARITY) {
        return false;
      }
      i += option.arity();
      if (i >= line.length) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the option of that name; null for none. A table makes all its options to find out that
   * a word is no name, so it is not asked for what cannot be one.
   */
  static @Nullable Option named(String word, OptionTable table) {
    boolean mayBe = word.startsWith("--") ? word.indexOf('=') < 0 : word.length() == 2;
    return mayBe ? table.find(word) : null;
  }

  private static boolean isOperand(String word) {
    return !word.startsWith("-") || word.equals("-");
  }

  /**
   * Hands each option its words.
   *
   * @throws UsageException for the first mistake
   */
  public void parse(String... line) {
    Stack<String> words = new Stack<>();
    for (int i = line.length - 1; i >= 0; i--) {
      words.push(line[i]);
    }
    while (!words.isEmpty() && !enough.getAsBoolean()) {
      String word = words.pop();
      Consumer<String> operands = table.operands();
      if (operands != null && table.hasOptionsFirst() && table.find(word) == null) {
        operands.accept(word);
        while (!words.isEmpty()) {
          operands.accept(words.pop());
        }
        return;
      }
      if (operands != null && (word.equals(END_OF_OPTIONS) || isOperand(word))) {
        if (isOperand(word)) {
          operands.accept(word);
        } else {
          while (!words.isEmpty()) {
            operands.accept(words.pop());
          }
        }
        continue;
      }
      Option option = table.find(word);
      if (option == null) {
        throw UnknownOption.in(table, word);
      }
      option.handler().handle(words);
    }
  }
}
