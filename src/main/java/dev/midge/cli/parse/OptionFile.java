package dev.midge.cli.parse;

import dev.midge.cli.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of options, one a line: the option, one space, and the rest of the line is its argument as
 * it stands. Read before the command line.
 */
public final class OptionFile {
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private OptionFile() {}

  /**
   * Returns the words of each line; no line when the file cannot be opened, which is no error. A
   * file that does not end is one.
   *
   * @param name with its true bytes, as {@link RawArguments} says
   */
  public static List<String[]> read(String name) {
    byte[] bytes;
    try {
      bytes = InputFile.read(name, MOST_BYTES);
    } catch (IOException e) {
      return List.of();
    }
    if (bytes == null) {
      throw new UsageException("Error: The options file " + name + " is longer than 16 MiB.");
    }
    List<String[]> lines = new ArrayList<>();
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      String[] words = words(RawArguments.decode(bytes, start, end));
      if (words != null) {
        lines.add(words);
      }
      start = end + 1;
    }
    return lines;
  }

  /**
   * Returns the words of a line, which are an option and perhaps its argument.
   *
   * @param line without its line end; a carriage return may stand behind it
   * @return null for a comment, and where there are only blanks
   */
  public static String @Nullable [] words(String line) {
    if (line.startsWith("#")) {
      return null;
    }
    int from = 0;
    int to = line.length();
    while (to > from && line.charAt(to - 1) == '\r') {
      to--;
    }
    while (from < to && line.charAt(from) == ' ') {
      from++;
    }
    if (from == to) {
      return null;
    }
    int space = line.indexOf(' ', from);
    return space < 0 || space >= to
        ? new String[] {line.substring(from, to)}
        : new String[] {line.substring(from, space), line.substring(space + 1, to)};
  }
}
