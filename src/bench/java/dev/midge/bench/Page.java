package dev.midge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A part of a Markdown file, line by line. */
final class Page {
  private final StringBuilder text = new StringBuilder();

  void title(String title) {
    line("");
    line("### " + title);
    line("");
  }

  void paragraph(String words) {
    line("");
    line(words);
  }

  /** Begins a table. */
  void head(String... cells) {
    row(cells);
    line("|" + "---|".repeat(cells.length));
  }

  void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  void row(List<String> cells) {
    row(cells.toArray(new String[0]));
  }

  void line(String line) {
    text.append(line).append('\n');
  }

  String text() {
    return text.toString();
  }

  /**
   * Puts the page into a file between the marks of that name, or makes the file.
   *
   * @param file null for standard output
   */
  void write(Path file, String name) throws IOException {
    if (file == null) {
      System.out.print(text);
      return;
    }
    String beginMark = "<!-- " + name + ": begin -->";
    String endMark = "<!-- " + name + ": end -->";
    String old = Files.exists(file) ? Files.readString(file) : beginMark + "\n" + endMark + "\n";
    int begin = old.indexOf(beginMark);
    int end = old.indexOf(endMark);
    if (begin < 0 || end < begin) {
      throw new IOException(file + " has no marks " + beginMark + " and " + endMark);
    }
    String head = old.substring(0, begin + beginMark.length());
    Files.writeString(file, head + "\n" + text + old.substring(end));
  }
}
