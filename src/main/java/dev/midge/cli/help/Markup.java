package dev.midge.cli.help;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads as much of AsciiDoc as {@link HelpSource} has. */
final class Markup {
  /** Stands before a bold text. */
  static final char BOLD = '\u0001';

  /** Stands behind a bold text. */
  static final char PLAIN = '\u0002';

  private static final Pattern ENTRY = Pattern.compile("(\\S.*?)::(?: +(.*))?");
  private static final String COMMENT = "//";

  /** An asterisk or a line that means itself, until the marks have been read. */
  private static final char STAR = '\uE000';

  private static final char LINE = '\uE001';

  /**
   * A paragraph, or an entry of a list.
   *
   * @param term what the entry explains; null for a paragraph
   */
  record Block(@Nullable String term, String text) {}

  private Markup() {}

  /** Returns the blocks of a text, each with its first line alone. */
  static List<Block> blocks(String source) {
    List<Block> blocks = new ArrayList<>();
    for (String part : source.split("\n\n+")) {
      if (part.startsWith(COMMENT)) {
        continue;
      }
      String[] lines = part.split("\n");
      Matcher entry = ENTRY.matcher(lines[0]);
      if (!entry.matches()) {
        blocks.add(new Block(null, marked(lines[0])));
        continue;
      }
      for (int i = 0; i < lines.length; i++) {
        entry = ENTRY.matcher(lines[i]);
        if (entry.matches()) {
          String text = entry.group(2) == null ? lines[i + 1].strip() : entry.group(2);
          blocks.add(new Block(marked(entry.group(1)), marked(text)));
        }
      }
    }
    return blocks;
  }

  /** Returns a line with {@link #BOLD} and {@link #PLAIN} in the place of its marks. */
  static String marked(String line) {
    String text =
        Pattern.compile("pass:c?\\[([^\\]]*)\\]")
            .matcher(line)
            .replaceAll(found -> Matcher.quoteReplacement(literal(found.group(1))));
    text =
        text.replaceAll("(?<!\\\\)\\\\\\*", String.valueOf(STAR))
            .replace("***", "*" + STAR + "*")
            .replaceAll("\\*\\*(.+?)\\*\\*", BOLD + "$1" + PLAIN)
            .replaceAll("(?<![\\w*])\\*(\\S(?:.*?\\S)??)\\*(?![\\w*])", BOLD + "$1" + PLAIN)
            .replaceAll("__(.+?)__", "$1")
            .replaceAll("(?<!\\w)_(\\S(?:.*?\\S)??)_(?!\\w)", "$1");
    return text.replace(STAR, '*').replace(LINE, '_');
  }

  private static String literal(String text) {
    return text.replace('*', STAR).replace('_', LINE);
  }
}
