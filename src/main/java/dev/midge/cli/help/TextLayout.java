package dev.midge.cli.help;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lays text out for a terminal of 80 columns. */
public final class TextLayout {
  private static final int WIDTH = 80;
  private static final int INDENT = 2;

  /** A longer term has a line of its own. */
  private static final int LONGEST_TERM = 20;

  private final StringBuilder out = new StringBuilder();
  private final UnaryOperator<String> bold;

  /**
   * Makes an empty one.
   *
   * @param bold makes a word bold, or leaves it as it is
   */
  public TextLayout(UnaryOperator<String> bold) {
    this.bold = bold;
  }

  /** Adds paragraphs and lists. A list has a blank line before and behind it. */
  void add(List<Markup.Block> blocks) {
    for (int i = 0; i < blocks.size(); ) {
      blankLine();
      if (blocks.get(i).term() == null) {
        fill(0, blocks.get(i).text());
        i++;
        continue;
      }
      int end = i;
      while (end < blocks.size() && blocks.get(end).term() != null) {
        end++;
      }
      list(blocks.subList(i, end));
      i = end;
    }
  }

  private void blankLine() {
    if (out.length() > 0) {
      out.append('\n');
    }
  }

  private void list(List<Markup.Block> entries) {
    int width = 0;
    for (Markup.Block entry : entries) {
      int length = visible(String.valueOf(entry.term()));
      width = length > LONGEST_TERM ? width : Math.max(width, length);
    }
    int column = INDENT + width + INDENT;
    for (Markup.Block entry : entries) {
      line(" ".repeat(INDENT) + entry.term(), column, entry.text());
    }
  }

  /** Returns a text with the marks that have it made bold. */
  public static String bold(String text) {
    return Markup.BOLD + text + Markup.PLAIN;
  }

  /** Adds a heading, with a blank line before it unless it is the first line. */
  public void heading(String text) {
    blankLine();
    out.append(bold.apply(text)).append('\n');
  }

  /**
   * Adds words that begin at a column, as many lines as they take. A word that is longer than a
   * line is not cut.
   *
   * @param lead stands before the first line; on a line of its own where it is longer than that
   */
  public void line(String lead, int column, String text) {
    int length = visible(lead);
    out.append(painted(lead));
    if (length > 0 && length >= column) {
      out.append('\n');
      length = 0;
    }
    out.append(" ".repeat(column - length));
    fill(column, text);
  }

  /** Adds words from a column on, where each further line begins too. */
  private void fill(int indent, String text) {
    int at = indent;
    boolean begun = false;
    for (String word : words(text)) {
      if (begun && at + 1 + visible(word) > WIDTH) {
        out.append('\n').append(" ".repeat(indent));
        at = indent;
        begun = false;
      }
      out.append(begun ? " " : "").append(painted(word));
      at += (begun ? 1 : 0) + visible(word);
      begun = true;
    }
    out.append('\n');
  }

  /** Returns the words, each with marks of its own. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    boolean inBold = false;
    for (String word : text.split(" ")) {
      String marked = inBold ? Markup.BOLD + word : word;
      inBold = marked.lastIndexOf(Markup.BOLD) > marked.lastIndexOf(Markup.PLAIN);
      words.add(inBold ? marked + Markup.PLAIN : marked);
    }
    return words;
  }

  private static int visible(String marked) {
    return (int) marked.chars().filter(c -> c != Markup.BOLD && c != Markup.PLAIN).count();
  }

  private String painted(String marked) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (int begin; (begin = marked.indexOf(Markup.BOLD, at)) >= 0; ) {
      int end = marked.indexOf(Markup.PLAIN, begin);
      text.append(marked, at, begin).append(bold.apply(marked.substring(begin + 1, end)));
      at = end + 1;
    }
    return text.append(marked, at, marked.length()).toString();
  }

  /** Returns the text, which ends in a line end. */
  @Override
  public String toString() {
    return out.toString();
  }
}
