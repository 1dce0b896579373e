package dev.midge.cli;

import java.util.Stack;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Walks words from left to right as mosquitto's clients do: each option is a word of its own, its
 * argument the next, and the first mistake ends it. The options are those of picocli's model; only
 * the walk is another. Option files are walked so in both manners.
 */
final class StrictLine {
  private final CommandSpec spec;
  private final BooleanSupplier enough;

  /**
   * @param enough asked after each option: whether the rest does not matter any more
   */
  StrictLine(CommandSpec spec, BooleanSupplier enough) {
    this.spec = spec;
    this.enough = enough;
  }

  /**
   * Takes the words.
   *
   * @throws UsageException for the first mistake
   */
  void walk(String... line) {
    Stack<String> words = new Stack<>();
    for (int i = line.length - 1; i >= 0; i--) {
      words.push(line[i]);
    }
    while (!words.isEmpty() && !enough.getAsBoolean()) {
      String word = words.pop();
      OptionSpec option = spec.findOption(word);
      // The model also finds options by their names without dashes.
      if (option == null || !spec.optionsMap().containsKey(word)) {
        throw new UsageException("Error: Unknown option '" + word + "'.");
      }
      take(option, words);
    }
  }

  private void take(OptionSpec option, Stack<String> words) {
    if (option.parameterConsumer() != null) {
      option.parameterConsumer().consumeParameters(words, option, spec);
      return;
    }
    try {
      option.setter().set(true);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // No setter of ours throws others.
    }
  }
}
