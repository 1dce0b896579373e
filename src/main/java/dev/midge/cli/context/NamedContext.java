package dev.midge.cli.context;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One context as the file has it.
 *
 * @param number the number of the line of its name, from 1
 * @param end the number of its last line
 * @param lines its options; comments are not among them
 */
record NamedContext(String name, int number, int end, List<Line> lines) {

  /**
   * An option of a context.
   *
   * @param number of its line, from 1
   * @param argument null where the line has no more than the option
   */
  record Line(int number, String option, @Nullable String argument) {}
}
