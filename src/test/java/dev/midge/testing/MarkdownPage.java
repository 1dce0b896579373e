package dev.midge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the documentation, with its fenced blocks. */
public final class MarkdownPage {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  private final String text;

  private MarkdownPage(String text) {
    this.text = text;
  }

  /** Returns the page of a file. */
  public static MarkdownPage of(Path file) {
    try {
      return new MarkdownPage(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the section below a heading, up to the next heading of whatever level. */
  public MarkdownPage section(String heading) {
    int from = text.indexOf("\n" + heading + "\n");
    if (from < 0) {
      throw new AssertionError("no heading " + heading);
    }
    int next = text.indexOf("\n#", from + heading.length());
    return new MarkdownPage(next < 0 ? text.substring(from) : text.substring(from, next));
  }

  /** Returns the contents of the blocks of a language, in order. */
  public List<String> blocks(String language) {
    return FENCE
        .matcher(text)
        .results()
        .filter(each -> each.group(1).equals(language))
        .map(each -> each.group(2))
        .toList();
  }

  /** Returns the whole text. */
  public String text() {
    return text;
  }

  /** Returns the text outside of blocks. */
  public String prose() {
    return FENCE.matcher(text).replaceAll("");
  }
}
