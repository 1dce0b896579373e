package dev.midge.cli.expect;

import dev.midge.cli.UsageException;
import dev.midge.format.JsonTree;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An operator and the value on its right, for values out of a JSON payload: maps, lists, strings,
 * numbers, booleans and null, as {@link JsonTree} reads them.
 *
 * @param value the value on the right; null is JSON's
 * @param pattern the regular expression of {@code ~}; null for other operators
 */
record Comparison(Operator operator, @Nullable Object value, @Nullable Pattern pattern) {

  /** The operators, each before those that it begins with. */
  enum Operator {
    EQUAL("=="),
    DIFFERENT("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    LESS("<"),
    MORE(">"),
    MATCHES("~");

    private final String word;

    Operator(String word) {
      this.word = word;
    }

    private boolean isOfOrder() {
      return this == AT_MOST || this == AT_LEAST || this == LESS || this == MORE;
    }

    private boolean holds(int order) {
      return switch (this) {
        case AT_MOST -> order <= 0;
        case AT_LEAST -> order >= 0;
        case LESS -> order < 0;
        default -> order > 0;
      };
    }
  }

  private static final Object NOTHING = new Object();

  /**
   * Reads an operator and a value.
   *
   * @param whole the argument of {@code --expect} that they end
   * @throws UsageException for other words
   */
  static Comparison parse(String words, String whole) {
    for (Operator operator : Operator.values()) {
      if (words.startsWith(operator.word)) {
        return parse(operator, words.substring(operator.word.length()).strip(), whole);
      }
    }
    throw wrong(whole, "behind the path stands one of ==, !=, <, <=, >, >=, ~ and a value");
  }

  private static Comparison parse(Operator operator, String right, String whole) {
    if (operator == Operator.MATCHES) {
      if (right.isEmpty()) {
        throw wrong(whole, "~ needs a regular expression");
      }
      return new Comparison(operator, null, SearchPattern.compile(right, whole));
    }
    Object value = value(right);
    if (value == NOTHING) {
      throw wrong(
          whole, operator.word + " needs a value of JSON: a number, \"text\", true, false or null");
    }
    if (operator.isOfOrder() && !(value instanceof Number) && !(value instanceof String)) {
      throw wrong(whole, operator.word + " compares numbers, or texts");
    }
    return new Comparison(operator, value, null);
  }

  /** Reads a value, whose text may stand in single quotes too. */
  private static @Nullable Object value(String right) {
    int last = right.length() - 1;
    return last > 0 && right.charAt(0) == '\'' && right.indexOf('\'', 1) == last
        ? right.substring(1, last)
        : JsonTree.value(right, NOTHING);
  }

  private static UsageException wrong(String whole, String why) {
    return new UsageException("Error: --expect '" + whole + "': " + why + ".");
  }

  /** Tells whether a value that was found compares so; values of different kinds have no order. */
  boolean holds(@Nullable Object found) {
    if (pattern != null) {
      return (found instanceof String || found instanceof Number || found instanceof Boolean)
          && SearchPattern.isFound(pattern, found.toString());
    }
    if (!operator.isOfOrder()) {
      return isEqual(found, value) == (operator == Operator.EQUAL);
    }
    if (found instanceof Number left && value instanceof Number right) {
      return operator.holds(order(left, right));
    }
    return found instanceof String left
        && value instanceof String right
        && operator.holds(left.compareTo(right));
  }

  private static boolean isEqual(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number first && right instanceof Number second) {
      return order(first, second) == 0;
    }
    if (left instanceof Map<?, ?> first && right instanceof Map<?, ?> second) {
      return first.keySet().equals(second.keySet())
          && first.entrySet().stream()
              .allMatch(entry -> isEqual(entry.getValue(), second.get(entry.getKey())));
    }
    if (left instanceof List<?> first && right instanceof List<?> second) {
      Iterator<?> others = second.iterator();
      return first.size() == second.size()
          && first.stream().allMatch(each -> isEqual(each, others.next()));
    }
    return left == null ? right == null : left.equals(right);
  }

  private static int order(Number left, Number right) {
    double first = left.doubleValue();
    double second = right.doubleValue();
    return Double.isFinite(first) && Double.isFinite(second)
        ? new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()))
        : Double.compare(first, second);
  }
}
