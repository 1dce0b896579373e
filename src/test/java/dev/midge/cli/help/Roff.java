package dev.midge.cli.help;

import java.util.ArrayList;
import java.util.List;

/**
 * Asciidoctor's roff as {@code man} and {@code mandoc} like it. What it writes is made for groff
 * alone, knows neither paragraphs nor lists but only space and indents, and has lines as long as
 * its paragraphs.
 */
final class Roff {
  private static final int WIDTH = 80;

  /** Terms up to that width stand beside their explanations, without space between them. */
  private static final int SHORT = 13;

  private final List<String> in;
  private final List<String> out = new ArrayList<>();

  private Roff(List<String> in) {
    this.in = in;
  }

  static String tidy(String page) {
    return new Roff(page.lines().toList()).tidied();
  }

  private String tidied() {
    int i = 0;
    while (!in.get(i).startsWith(".TH ")) {
      i++;
    }
    out.add(".\\\" Made from src/main/man and the option tables: do not edit.");
    out.add(in.get(i));
    // No hyphens and no stretched blanks, as Asciidoctor has it, nor two after a sentence.
    out.addAll(List.of(".ss 12 0", ".nh", ".ad l"));
    // The rest of its prelude draws links for groff. These pages have none, and mandoc complains.
    while (!in.get(i).startsWith(".SH ")) {
      i++;
    }
    while (i < in.size()) {
      i = isEntry(i) ? list(i) : isBlock(i) ? block(i) : line(i);
    }
    return String.join("\n", out) + "\n";
  }

  private int line(int i) {
    String line = in.get(i);
    // A list leaves its indent with the next paragraph; space alone would stay within it.
    if (line.equals(".sp")) {
      paragraph();
    } else if (line.startsWith(".SH ") || line.startsWith(".SS ") || line.equals(".br")) {
      out.add(line);
    } else if (line.startsWith(".")) {
      throw new IllegalStateException("Not known how man and mandoc like it: " + line);
    } else {
      text(line);
    }
    return i + 1;
  }

  /** A heading makes its own space. */
  private void paragraph() {
    if (!out.get(out.size() - 1).startsWith(".S")) {
      out.add(".PP");
    }
  }

  // --- lists: .sp, a term, .RS 4, its explanation, .RE ---

  private boolean isEntry(int i) {
    return i + 2 < in.size() && in.get(i).equals(".sp") && in.get(i + 2).equals(".RS 4");
  }

  private int list(int first) {
    int width = 0;
    int end = first;
    for (; isEntry(end); end = afterEntry(end)) {
      width = Math.max(width, visible(in.get(end + 1)).length());
    }
    boolean compact = width <= SHORT;
    for (int i = first; i < end; i = afterEntry(i)) {
      out.add(".TP " + (compact ? width + 2 : 4));
      out.add(portable(in.get(i + 1)));
      in.subList(i + 3, afterEntry(i) - 1).forEach(this::text);
      if (compact && i == first) {
        out.add(".PD 0");
      }
    }
    if (compact) {
      out.add(".PD");
    }
    return end;
  }

  private int afterEntry(int i) {
    return i + 3 + in.subList(i + 3, in.size()).indexOf(".RE") + 1;
  }

  private static String visible(String term) {
    return term.replaceAll("\\\\f[BIPR]|\\\\&", "").replaceAll("\\\\(\\(..|\\*\\(Aq|.)", "x");
  }

  // --- blocks of command lines: .sp, .if n .RS 4, .nf, ... .fi, .if n .RE ---

  private boolean isBlock(int i) {
    return i + 2 < in.size() && in.get(i).equals(".sp") && in.get(i + 1).equals(".if n .RS 4");
  }

  private int block(int first) {
    paragraph();
    out.addAll(List.of(".RS 4", ".nf"));
    int i = first + 3;
    for (; !in.get(i).equals(".fi"); i++) {
      // The typewriter's letters, which mandoc does not have.
      if (!in.get(i).startsWith(".fam")) {
        out.add(portable(in.get(i)));
      }
    }
    out.addAll(List.of(".fi", ".RE"));
    return i + 2;
  }

  /** A paragraph in short lines; roff fills them again. */
  private void text(String paragraph) {
    StringBuilder line = new StringBuilder();
    for (String word : portable(paragraph).split(" ")) {
      // A dot or an apostrophe would be a request at the beginning of a line.
      boolean request = word.startsWith(".") || word.startsWith("'");
      if (line.length() + 1 + word.length() > WIDTH && line.length() > 0) {
        out.add(line.toString());
        line.setLength(0);
        line.append(request ? "\\&" : "");
      }
      line.append(line.length() == 0 || line.toString().equals("\\&") ? "" : " ").append(word);
    }
    out.add(line.toString());
  }

  /** Without Asciidoctor's own string for an apostrophe, and in ASCII, as groff wants it. */
  private static String portable(String line) {
    StringBuilder text = new StringBuilder();
    line.replace("\\*(Aq", "\\(aq")
        .codePoints()
        .forEach(
            c -> {
              if (c < 0x80) {
                text.append((char) c);
              } else {
                text.append(String.format("\\[u%04X]", c));
              }
            });
    return text.toString();
  }
}
