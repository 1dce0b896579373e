package dev.midge.cli;

import java.util.Map;
import org.fusesource.jansi.Ansi;

/** Colour, or none: the only one who knows jansi, which is not loaded where no person reads. */
final class Terminal {
  /** What a colour means. */
  enum Shade {
    TITLE,
    GOOD,
    BAD,
    CAUTION,
    WILL,
    CALM,
    IN,
    OUT,
    FAINT,
    ODD
  }

  /** What the user wants. */
  enum Colours {
    AUTO,
    ALWAYS,
    NEVER
  }

  private final boolean colour;

  private Terminal(boolean colour) {
    this.colour = colour;
  }

  static Terminal ofOut(Surroundings surroundings) {
    return ofOut(surroundings, Colours.AUTO);
  }

  static Terminal ofErr(Surroundings surroundings) {
    return ofErr(surroundings, Colours.AUTO);
  }

  static Terminal ofOut(Surroundings surroundings, Colours colours) {
    return new Terminal(
        isColoured(surroundings.outIsTerminal(), colours, surroundings.environment()));
  }

  static Terminal ofErr(Surroundings surroundings, Colours colours) {
    return new Terminal(
        isColoured(surroundings.errIsTerminal(), colours, surroundings.environment()));
  }

  /**
   * The word of the user decides; else {@code NO_COLOR} set to anything but nothing forbids, {@code
   * CLICOLOR_FORCE} set to anything but nothing and 0 demands, and else there are colours on a
   * terminal that does not call itself dumb.
   */
  private static boolean isColoured(
      boolean terminal, Colours colours, Map<String, String> environment) {
    if (colours != Colours.AUTO) {
      return colours == Colours.ALWAYS;
    }
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    String force = environment.getOrDefault("CLICOLOR_FORCE", "");
    return !force.isEmpty() && !force.equals("0")
        || terminal && !"dumb".equals(environment.get("TERM"));
  }

  boolean isColoured() {
    return colour;
  }

  /** The text in its colour, or as it is. */
  String paint(Shade shade, String text) {
    return colour ? Paint.on(shade, text) : text;
  }

  /** Loaded only for colours, and jansi with it. */
  private static final class Paint {
    static String on(Shade shade, String text) {
      Ansi ansi = Ansi.ansi();
      switch (shade) {
        case TITLE -> ansi.bold();
        case GOOD -> ansi.fgGreen();
        case BAD -> ansi.bold().fgRed();
        case CAUTION -> ansi.fgYellow();
        case WILL -> ansi.bold().fgMagenta();
        case CALM -> ansi.fgCyan();
        case IN -> ansi.fgBlue();
        case OUT -> ansi.fgYellow();
        case FAINT -> ansi.a(Ansi.Attribute.INTENSITY_FAINT);
        case ODD -> ansi.fgMagenta();
      }
      return ansi.a(text).reset().toString();
    }
  }
}
