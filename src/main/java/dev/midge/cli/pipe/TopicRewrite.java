package dev.midge.cli.pipe;

import dev.midge.cli.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code --to-topic}: a substitution as sed's {@code s/REGEX/REPLACEMENT/}, with any delimiter and
 * Java's regular expressions. In the replacement {@code \1} and {@code $1} are groups, {@code &} is
 * the whole match, and a backslash takes the meaning from any other character. The flag {@code g}
 * replaces each match.
 */
final class TopicRewrite {
  private final String expression;
  private final Pattern regex;
  private final String replacement;
  private final boolean all;

  private TopicRewrite(String expression, Pattern regex, String replacement, boolean all) {
    this.expression = expression;
    this.regex = regex;
    this.replacement = replacement;
    this.all = all;
  }

  /**
   * Reads the expression.
   *
   * @throws UsageException for one that is none
   */
  static TopicRewrite parse(String expression) {
    if (expression.length() < 2 || expression.charAt(0) != 's' || isUnfit(expression.charAt(1))) {
      throw wrong(expression, "it has to be s/REGEX/REPLACEMENT/");
    }
    char delimiter = expression.charAt(1);
    int middle = end(expression, 2, delimiter);
    int last = middle < 0 ? -1 : end(expression, middle + 1, delimiter);
    if (last < 0) {
      throw wrong(
          expression,
          "it has to have three " + delimiter + ", as s/REGEX/REPLACEMENT/ has of its own");
    }
    String flags = expression.substring(last + 1);
    if (!flags.isEmpty() && !flags.equals("g")) {
      throw wrong(expression, "behind the last " + delimiter + " there is g or nothing");
    }
    String pattern = undelimited(expression.substring(2, middle), delimiter);
    try {
      Pattern regex = Pattern.compile(pattern);
      int groups = regex.matcher("").groupCount();
      String replacement =
          replacement(expression, expression.substring(middle + 1, last), delimiter, groups);
      return new TopicRewrite(expression, regex, replacement, flags.equals("g"));
    } catch (PatternSyntaxException e) {
      throw wrong(
          expression, "its regular expression is none: " + e.getDescription().replace(".", ""));
    }
  }

  private static boolean isUnfit(char delimiter) {
    return delimiter == '\\' || delimiter == '\n' || Character.isLetterOrDigit(delimiter);
  }

  /** Returns the index of the next delimiter without a backslash; -1 for none. */
  private static int end(String expression, int from, char delimiter) {
    for (int i = from; i < expression.length(); i++) {
      if (expression.charAt(i) == '\\') {
        i++;
      } else if (expression.charAt(i) == delimiter) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Takes the backslashes from delimiters. A delimiter that means something in regular expressions
   * is meant as itself, as in sed.
   */
  private static String undelimited(String pattern, char delimiter) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '\\' || i + 1 == pattern.length()) {
        plain.append(c);
        continue;
      }
      char escaped = pattern.charAt(++i);
      if (escaped != delimiter || "|.*+?()[]{}^$".indexOf(delimiter) >= 0) {
        plain.append(c);
      }
      plain.append(escaped);
    }
    return plain.toString();
  }

  /** Returns the replacement as {@link Matcher#appendReplacement} wants it. */
  private static String replacement(String expression, String words, char delimiter, int groups) {
    StringBuilder replacement = new StringBuilder();
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      boolean more = i + 1 < words.length();
      if (c == '&') {
        replacement.append("$0");
      } else if ((c == '\\' || c == '$') && more && isDigit(words.charAt(i + 1))) {
        int group = words.charAt(++i) - '0';
        if (group > groups) {
          throw wrong(
              expression, "group " + group + " is not there, it has " + groups + " in brackets");
        }
        // Only one digit is the group's.
        replacement
            .append("$")
            .append(group)
            .append(more(words, i) ? "\\" + words.charAt(++i) : "");
      } else {
        char literal = c == '\\' && more ? words.charAt(++i) : c;
        replacement.append('\\').append(literal);
      }
    }
    return replacement.toString();
  }

  private static boolean more(String words, int at) {
    return at + 1 < words.length() && isDigit(words.charAt(at + 1));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static UsageException wrong(String expression, String right) {
    return new UsageException(
        "Error: Invalid --to-topic argument '" + expression + "': " + right + ".");
  }

  /** Returns the topic in place of that one. */
  String apply(String topic) {
    Matcher matcher = regex.matcher(topic);
    return all ? matcher.replaceAll(replacement) : matcher.replaceFirst(replacement);
  }

  @Override
  public String toString() {
    return expression;
  }
}
