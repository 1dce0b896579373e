package dev.midge.cli.make;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.RawArguments;
import dev.midge.cli.parse.SpellingHint;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads templates. A brace with a letter behind it begins a word, which ends at the next closing
 * brace; two braces are one that stays. Every other brace stays as it is, so that JSON may be
 * written as JSON.
 */
final class TemplateParser {
  private static final int MOST_SHOWN = 40;
  private static final String STAYS = "write {{ for a brace that stays";

  private final String option;
  private final String text;
  private final WordFactory factory;
  private final List<Word> parts = new ArrayList<>();
  private final Set<TemplateWord> words = EnumSet.noneOf(TemplateWord.class);
  private final StringBuilder literal = new StringBuilder();

  private TemplateParser(String option, String text, Map<String, String> environment) {
    this.option = option;
    this.text = text;
    this.factory = new WordFactory(option, environment);
  }

  /**
   * Returns the template.
   *
   * @param option that the text is the argument of, for complaints
   * @param text as {@link RawArguments} says
   * @throws UsageException for a word that is none, or has wrong arguments
   */
  static Template parse(String option, String text, Map<String, String> environment) {
    return new TemplateParser(option, text, environment).parse();
  }

  private Template parse() {
    int i = 0;
    while (i < text.length()) {
      char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      if (text.charAt(i) != '{') {
        literal.append(text.charAt(i++));
      } else if (next == '{') {
        literal.append('{');
        i += 2;
      } else if (isLetter(next)) {
        i = word(i);
      } else {
        literal.append('{');
        i++;
      }
    }
    endLiteral();
    return new Template(List.copyOf(parts), words);
  }

  /** Reads the word that begins there; returns where the text goes on. */
  private int word(int start) {
    int end = text.indexOf('}', start);
    if (end < 0) {
      throw new UsageException(
          "Error: "
              + option
              + ": "
              + shown(text.substring(start))
              + " has no closing brace; "
              + STAYS
              + ".");
    }
    String inner = text.substring(start + 1, end);
    List<String> all = List.of(inner.strip().split("[ \t]+"));
    endLiteral();
    parts.add(word(all, text.substring(start, end + 1)));
    return end + 1;
  }

  private Word word(List<String> all, String whole) {
    TemplateWord word = TemplateWord.of(all.get(0));
    if (word == null) {
      throw unknown(all.get(0), whole);
    }
    words.add(word);
    List<String> arguments = all.subList(1, all.size());
    if (word == TemplateWord.JSON && !arguments.isEmpty()) {
      return new JsonWord(word(arguments, whole));
    }
    return factory.make(word, arguments, shown(whole));
  }

  private UsageException unknown(String name, String whole) {
    String hint = SpellingHint.hint(name, TemplateWord.names());
    String known =
        TemplateWord.names().stream()
            .map(each -> "{" + each + "}")
            .collect(Collectors.joining(" "));
    return new UsageException(
        "Error: "
            + option
            + " has no word "
            + shown(whole)
            + (hint.isEmpty() ? "; " + STAYS + ", or one of the words " + known + "." : hint));
  }

  private void endLiteral() {
    if (literal.length() > 0) {
      byte[] bytes = RawArguments.bytes(literal.toString());
      parts.add((facts, to) -> to.writeBytes(bytes));
      literal.setLength(0);
    }
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static String shown(String part) {
    return part.length() <= MOST_SHOWN ? part : part.substring(0, MOST_SHOWN) + "\u2026";
  }
}
