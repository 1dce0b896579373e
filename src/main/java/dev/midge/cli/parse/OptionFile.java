package dev.midge.cli.parse;

import dev.midge.cli.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
      line(bytes, start, end, lines);
      start = end + 1;
    }
    return lines;
  }

  private static void line(byte[] bytes, int start, int end, List<String[]> lines) {
    if (start < end && bytes[start] == '#') {
      return;
    }
    int from = start;
    int to = end;
    while (to > from && bytes[to - 1] == '\r') {
      to--;
    }
    while (from < to && bytes[from] == ' ') {
      from++;
    }
    if (from == to) {
      return;
    }
    int space = from;
    while (space < to && bytes[space] != ' ') {
      space++;
    }
    String option = RawArguments.decode(bytes, from, space);
    lines.add(
        space == to
            ? new String[] {option}
            : new String[] {option, RawArguments.decode(bytes, space + 1, to)});
  }
}
