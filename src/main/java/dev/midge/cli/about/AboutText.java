package dev.midge.cli.about;

import dev.midge.cli.help.TextLayout;
import dev.midge.control.Facts;
import dev.midge.text.TerminalEscapes;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Facts in sections, as text for people. */
public final class AboutText {
  private static final String INDENT = "  ";

  private AboutText() {}

  /**
   * Returns the text, which ends in a line end.
   *
   * @param bold makes a heading bold, or leaves it as it is
   */
  public static String of(Facts facts, UnaryOperator<String> bold) {
    TextLayout layout = new TextLayout(bold);
    layout.heading("midge version " + facts.text("version"));
    for (String name : facts.names()) {
      Facts section = facts.facts(name);
      if (section != null) {
        layout.heading(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
        section(layout, section);
      }
    }
    return layout.toString();
  }

  private static void section(TextLayout layout, Facts section) {
    int width = 0;
    for (String name : section.names()) {
      width = Math.max(width, name.length());
    }
    for (String name : section.names()) {
      layout.line(
          INDENT + name.replace('_', ' '), 2 * INDENT.length() + width, value(section, name));
    }
  }

  private static String value(Facts section, String name) {
    List<String> words = section.words(name);
    Object value = section.value(name);
    if (words != null) {
      return words.isEmpty() ? "none" : TerminalEscapes.escaped(String.join(", ", words));
    }
    if (value instanceof Boolean yes) {
      return yes ? "yes" : "no";
    }
    return value == null || value.toString().isEmpty()
        ? "none"
        : TerminalEscapes.escaped(value.toString());
  }
}
