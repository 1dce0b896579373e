package dev.midge.cli.help;

/**
 * The text of {@code midge help COMMAND}. It is laid out when midge is built, for to do that takes
 * three times as long as all else that help does: a resource for each command, made of its option
 * table, as man pages and completions are.
 */
public final class HelpText {
  private static final char ESCAPE = '\u001b';

  private HelpText() {}

  /**
   * Returns the text.
   *
   * @param command its word
   * @param coloured whether names and headings are bold
   */
  public static String of(String command, boolean coloured) {
    String text = HelpSource.whole("commands/" + command + ".txt");
    return coloured ? text : plain(text);
  }

  /** Returns the text without its escape sequences, which all end in {@code m}. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int from = 0;
    for (int at = text.indexOf(ESCAPE); at >= 0; at = text.indexOf(ESCAPE, from)) {
      plain.append(text, from, at);
      from = text.indexOf('m', at) + 1;
    }
    return plain.append(text, from, text.length()).toString();
  }
}
